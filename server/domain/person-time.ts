import type { Policy } from "../protocol/evidence.ts";
import { isRejoinedInTime } from "./held-time.ts";
import {
  differenceOf,
  gapsOf,
  type Interval,
  intersectionOf,
  msWithin,
  type TimeSet,
  unionOf,
} from "./intervals.ts";
import type { PersonPresence } from "./presence.ts";

/** A person's credited time by kind: three sets that never overlap, all within held time. */
export interface PersonTime {
  /** AT3: the union over connections, devices and rooms. */
  readonly observed: TimeSet;
  /** AT4, before the cap, which is a matter of each slot. */
  readonly bridged: TimeSet;
  /** AT5. */
  readonly outage: TimeSet;
}

const NOBODY: PersonTime = { observed: [], bridged: [], outage: [] };

/** AT2 to AT5 for one person; `undefined` is somebody who never joined. */
export function personTimeFrom(
  presence: PersonPresence | undefined,
  held: TimeSet,
  policy: Pick<Policy, "bridgeGapMs" | "outageRejoinMs">,
): PersonTime {
  if (!presence) return NOBODY;
  const connected = presence.connections.map(({ startAt, endAt }) => ({
    startAt,
    endAt: endAt ?? Number.POSITIVE_INFINITY,
  }));
  const observed = intersectionOf(unionOf(connected), held);
  const outage = differenceOf(
    intersectionOf(unionOf(outageSpans(presence, policy.outageRejoinMs)), held),
    observed,
  );
  const gaps = gapsOf(unionOf([...observed, ...outage])).filter(
    (gap) => gap.endAt - gap.startAt <= policy.bridgeGapMs,
  );
  return { observed, outage, bridged: intersectionOf(gaps, held) };
}

function outageSpans(presence: PersonPresence, outageRejoinMs: number): Interval[] {
  return presence.interruptions.flatMap(({ outage, rejoinedAt }) =>
    isRejoinedInTime(rejoinedAt, outage, outageRejoinMs)
      ? [{ startAt: outage.startAt, endAt: rejoinedAt }]
      : [],
  );
}

/** What of a person's time counts within one slot, ms; all of it lies in the slot's held time. */
export interface SlotTime {
  readonly observedMs: number;
  readonly bridgedMs: number;
  readonly outageMs: number;
}

/** AT4's cap: nobody earns a slot by a second every two minutes. */
export function slotTimeFrom(time: PersonTime, slot: Interval): SlotTime {
  const observedMs = msWithin(time.observed, slot);
  return {
    observedMs,
    bridgedMs: Math.min(msWithin(time.bridged, slot), observedMs),
    outageMs: msWithin(time.outage, slot),
  };
}
