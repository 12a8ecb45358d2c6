import type { AttendanceInput } from "../../server/domain/attendance.ts";
import type { EvidenceRow } from "../../server/protocol/evidence.ts";

/**
 * AT1 to AT8 (online) once more, by walking through every single moment of a small history and asking of
 * each whether it counts. Slow and simple on purpose, and nothing of server/domain is used.
 */
export interface OracleSlot {
  readonly heldMs: number;
  readonly observedMs: number;
  readonly bridgedMs: number;
  readonly outageMs: number;
  readonly share: number;
  readonly hundredths: number;
  readonly isHeld: boolean;
}

type Moments = readonly boolean[];

/** For each person of the roster their slots; `end` is a moment after everything in the history. */
export function oracleOf(input: AttendanceInput, end: number): OracleSlot[][] {
  const { events, policy, roster, session } = input;
  const all = Array.from({ length: end }, (_, t) => t);
  const outages = outagesOf(events);
  const held = all.map(
    (t) => isOpen(events, t) && !outages.some((one) => isDeserted(one, t, policy.outageRejoinMs)),
  );
  return roster.map(({ enrolmentId }) => {
    const joins = joinsOf(events).filter((join) => join.enrolmentId === enrolmentId);
    const observed = all.map((t) => !!held[t] && joins.some((join) => join.at <= t && t < join.endAt));
    const outage = all.map(
      (t) =>
        !!held[t] && !observed[t] && outages.some((one) => isMadeGood(one, joins, t, policy.outageRejoinMs)),
    );
    const known = all.map((t) => !!observed[t] || !!outage[t]);
    const bridged = all.map((t) => !!held[t] && !known[t] && isShortGap(known, t, policy.bridgeGapMs));
    return session.slots.map((slot) => slotOf(slot, { held, observed, outage, bridged }, policy));
  });
}

function slotOf(
  slot: AttendanceInput["session"]["slots"][number],
  by: Record<"held" | "observed" | "outage" | "bridged", Moments>,
  policy: AttendanceInput["policy"],
): OracleSlot {
  const count = (moments: Moments) => moments.slice(slot.startAt, slot.endAt).filter(Boolean).length;
  const heldMs = count(by.held);
  const observedMs = count(by.observed);
  const bridgedMs = Math.min(observedMs, count(by.bridged));
  const outageMs = count(by.outage);
  const ms = observedMs + bridgedMs + outageMs;
  const isHeld = heldMs / (slot.endAt - slot.startAt) >= policy.minHeldShare / 10_000;
  const share = heldMs === 0 ? 0 : ms / heldMs;
  const whole = Math.round(slot.jp * 100);
  const threshold = share >= policy.minSlotShare / 10_000 ? whole : 0;
  const proportional = heldMs === 0 ? 0 : Math.floor((whole * ms) / heldMs);
  const earned = policy.slotCredit === "threshold" ? threshold : proportional;
  const hundredths = isHeld ? earned : 0;
  const floored = heldMs === 0 ? 0 : Math.floor((10_000 * ms) / heldMs);
  return { heldMs, observedMs, bridgedMs, outageMs, share: floored, hundredths, isHeld };
}

/** Open at a moment: the last class row up to then opened, and something still came after. */
function isOpen(events: readonly EvidenceRow[], t: number): boolean {
  const last = events.findLast((row) => row.type.startsWith("class.") && row.at <= t);
  const goesOn = events.some((row) => /^(class|presence|room)\./.test(row.type) && row.at > t);
  return last?.type === "class.opened" && goesOn;
}

interface Join {
  readonly index: number;
  readonly at: number;
  readonly enrolmentId: string | undefined;
  /** Which row ended it, and when it counts as ended. */
  readonly endIndex: number;
  readonly endAt: number;
}

/** The joined rows that opened something, each looked up by itself. */
function joinsOf(events: readonly EvidenceRow[]): Join[] {
  const joins: Join[] = [];
  for (const [index, row] of events.entries()) {
    if (row.type !== "presence.joined") continue;
    const isOpenAlready = joins.some((join) => join.index < index && join.endIndex > index && sameAs(join));
    function sameAs(join: Join): boolean {
      const other = events[join.index];
      return (
        other?.type === "presence.joined" &&
        row?.type === "presence.joined" &&
        other.connectionId === row.connectionId
      );
    }
    if (isOpenAlready) continue;
    const endIndex = events.findIndex(
      (later, i) =>
        i > index &&
        (later.type === "server.recovered" ||
          (later.type === "presence.left" && later.connectionId === row.connectionId)),
    );
    const end = events[endIndex];
    const endAt = end?.type === "server.recovered" ? end.lastAliveAt : end?.at;
    joins.push({
      index,
      at: row.at,
      enrolmentId: row.staffId ? undefined : row.enrolmentId,
      endIndex: end ? endIndex : Number.POSITIVE_INFINITY,
      endAt: endAt ?? Number.POSITIVE_INFINITY,
    });
  }
  return joins;
}

interface OutageOnce {
  readonly index: number;
  readonly startAt: number;
  readonly endAt: number;
  readonly nextJoinedAt: number;
}

/** The history cut at its joined rows: what lies between two of them and holds a recovery is one outage. */
function outagesOf(events: readonly EvidenceRow[]): OutageOnce[] {
  const found: OutageOnce[] = [];
  const cuts = events.flatMap((row, i) => (row.type === "presence.joined" ? [i] : []));
  for (const [n, from] of [-1, ...cuts].entries()) {
    const to = cuts[n] ?? events.length;
    const recoveries = events.flatMap((row, i) =>
      row.type === "server.recovered" && i > from && i < to ? [{ row, i }] : [],
    );
    const first = recoveries[0];
    const last = recoveries.at(-1);
    if (!first || !last) continue;
    found.push({
      index: first.i,
      startAt: first.row.lastAliveAt,
      endAt: last.row.at,
      nextJoinedAt: events[to]?.at ?? Number.POSITIVE_INFINITY,
    });
  }
  return found;
}

function isDeserted(outage: OutageOnce, t: number, rejoinMs: number): boolean {
  return outage.nextJoinedAt - outage.endAt > rejoinMs && outage.startAt <= t && t < outage.nextJoinedAt;
}

function isMadeGood(outage: OutageOnce, joins: readonly Join[], t: number, rejoinMs: number): boolean {
  const wasThere = joins.some((join) => join.index < outage.index && join.endIndex >= outage.index);
  const back = joins.find((join) => join.index > outage.index);
  if (!wasThere || !back || back.at - outage.endAt > rejoinMs) return false;
  return outage.startAt <= t && t < back.at;
}

function isShortGap(known: Moments, t: number, bridgeGapMs: number): boolean {
  const before = known.lastIndexOf(true, t);
  const after = known.indexOf(true, t);
  return before >= 0 && after >= 0 && after - before - 1 <= bridgeGapMs;
}
