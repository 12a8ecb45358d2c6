import type { Clock, Programme, Store } from "../ports.ts";
import type { ProgrammeId } from "../protocol/ids.ts";
import { type ProgrammeFacts, programmeFactsOf } from "./programme-facts.ts";

/** At the end of a class everybody asks at once: within this time one reading of the records answers all. */
const SHARED_FOR_MS = 10_000;

export interface ProgrammeFactsReader {
  /** At most ten seconds old; read anew where `isEnough` says that they are too old for what is asked. */
  read(programme: Programme, isEnough?: (facts: ProgrammeFacts) => boolean): Promise<ProgrammeFacts>;
}

interface Known {
  readonly at: number;
  readonly policyVersion: number;
  readonly facts: Promise<ProgrammeFacts>;
}

export function createProgrammeFactsReader({
  store,
  clock,
}: {
  readonly store: Store;
  readonly clock: Clock;
}): ProgrammeFactsReader {
  const known = new Map<ProgrammeId, Known>();

  function readAnew(programme: Programme): Promise<ProgrammeFacts> {
    const facts = programmeFactsOf(store, programme);
    known.set(programme.id, { at: clock.now(), policyVersion: programme.policyVersion, facts });
    facts.catch(() => known.delete(programme.id));
    return facts;
  }

  return {
    async read(programme, isEnough = () => true) {
      const now = clock.now();
      for (const [id, { at }] of known) if (now - at >= SHARED_FOR_MS) known.delete(id);
      const shared = known.get(programme.id);
      if (shared?.policyVersion !== programme.policyVersion) return await readAnew(programme);
      const facts = await shared.facts;
      if (isEnough(facts)) return facts;
      // Whoever finds them too old first reads anew for all who wait.
      const latest = known.get(programme.id);
      return await (latest && latest !== shared ? latest.facts : readAnew(programme));
    },
  };
}
