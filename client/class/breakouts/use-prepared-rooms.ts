import { useEffect, useState } from "preact/hooks";
import type { SavedCase, SavedGroupPlan } from "../../../server/protocol/case-work.ts";
import { caseApi, type LastGroups } from "../../cases/case-api.ts";

export interface PreparedRooms {
  readonly cases: readonly SavedCase[];
  readonly plans: readonly SavedGroupPlan[];
  readonly last: LastGroups | null;
}

const NOTHING: PreparedRooms = { cases: [], plans: [], last: null };

/** What was made ready for breakout rooms; nothing until it is known, and nothing of what cannot be had. */
export function usePreparedRooms(linkId: string): PreparedRooms {
  const [prepared, setPrepared] = useState(NOTHING);
  useEffect(() => {
    let isGone = false;
    const api = caseApi(linkId);
    const load = async () => {
      const [cases, plans, last] = await Promise.all([api.cases(), api.plans(), api.lastGroups()]);
      if (isGone) return;
      setPrepared({
        cases: cases.ok ? cases.data.items : [],
        plans: plans.ok ? plans.data.items : [],
        last: last.ok && last.data.from ? last.data : null,
      });
    };
    void load();
    // They may have been written in another tab meanwhile.
    const handleFocus = () => void load();
    addEventListener("focus", handleFocus);
    return () => {
      isGone = true;
      removeEventListener("focus", handleFocus);
    };
  }, [linkId]);
  return prepared;
}
