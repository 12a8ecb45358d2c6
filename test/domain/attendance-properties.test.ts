import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AttendanceInput, sessionEvidenceFrom } from "../../server/domain/attendance.ts";
import { gapsOf, totalMs, unionOf } from "../../server/domain/intervals.ts";
import type { PersonTime } from "../../server/domain/person-time.ts";
import type { EvidenceBody, EvidenceRow } from "../../server/protocol/evidence.ts";
import { oracleOf } from "./attendance-oracle.ts";

const PEOPLE = ["ana", "budi", "cici"];
const KINDS = [
  "joined",
  "joined",
  "joined",
  "left",
  "left",
  "opened",
  "closed",
  "recovered",
  "mark",
  "moved",
] as const;

interface Step {
  readonly kind: (typeof KINDS)[number];
  readonly afterMs: number;
  readonly connection: number;
}

const steps = fc.array(
  fc.record({
    kind: fc.constantFrom(...KINDS),
    afterMs: fc.integer({ min: 0, max: 7 }),
    connection: fc.integer({ min: 0, max: 5 }),
  }),
  { minLength: 4, maxLength: 24 },
);

/** Five connections of three people and a sixth of staff; most histories open the class at some time. */
function bodyOf({ kind, connection }: Step, lastAt: number): EvidenceBody {
  const connectionId = `con_${connection}`;
  const who = connection === 5 ? { staffId: "stf_ibu" } : { enrolmentId: PEOPLE[connection % 3] };
  switch (kind) {
    case "joined":
      return { type: "presence.joined", connectionId, ...who, device: "d", room: "main" };
    case "left":
      return { type: "presence.left", connectionId, reason: "lost" };
    case "moved":
      return { type: "room.moved", connectionId, room: "rom_1" };
    case "recovered":
      return { type: "server.recovered", lastAliveAt: lastAt };
    case "mark":
      return { type: "presence.mark" };
    default:
      return { type: `class.${kind}`, by: "stf_ibu" };
  }
}

function historyFrom(list: readonly Step[]): EvidenceRow[] {
  let at = 0;
  return list.map((step, i) => {
    const body = bodyOf(step, at);
    at += step.afterMs;
    return { ...body, seq: i + 1, at };
  });
}

const slots = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 3 }).map((lengths) =>
  lengths.map((length, i) => {
    const startAt = lengths.slice(0, i).reduce((sum, one) => sum + one, 0);
    return { id: `s${i}`, startAt, endAt: startAt + length, jp: 0.5 + i };
  }),
);

const input: fc.Arbitrary<AttendanceInput> = fc.record({
  session: fc.record({ mode: fc.constant("online" as const), slots }),
  policy: fc.record({
    slotCredit: fc.constantFrom("threshold" as const, "proportional" as const),
    minSlotShare: fc.constantFrom(0, 5000, 8000, 10_000),
    minHeldShare: fc.constantFrom(0, 5000, 10_000),
    bridgeGapMs: fc.integer({ min: 0, max: 8 }),
    outageRejoinMs: fc.integer({ min: 0, max: 8 }),
  }),
  roster: fc.constant(PEOPLE.map((enrolmentId) => ({ enrolmentId }))),
  events: fc.oneof(
    {
      weight: 3,
      arbitrary: steps.map((list) => historyFrom([{ kind: "opened", afterMs: 1, connection: 0 }, ...list])),
    },
    { weight: 1, arbitrary: steps.map(historyFrom) },
  ),
});

function expectDisjoint({ observed, bridged, outage }: PersonTime): void {
  for (const set of [observed, bridged, outage]) {
    for (const gap of gapsOf(set)) expect(gap.startAt).toBeLessThan(gap.endAt);
  }
  const all = [...observed, ...bridged, ...outage];
  expect(totalMs(unionOf(all))).toBe(totalMs(all));
}

describe("random histories", () => {
  it("AT1 to AT8 agree with walking through every moment; intervals never overlap, credit never exceeds time", () => {
    fc.assert(
      fc.property(input, (given) => {
        const evidence = sessionEvidenceFrom(given);
        const expected = oracleOf(given, (given.events.at(-1)?.at ?? 0) + 1);
        for (const [i, person] of evidence.people.entries()) {
          expectDisjoint(person.time);
          for (const [j, slot] of person.attendance.slots.entries()) {
            const { slotId, jp, computedJp, because, ...measured } = slot;
            const { isHeld, hundredths, ...walked } = expected[i]?.[j] ?? {};
            expect(measured).toEqual(walked);
            expect(Math.round(jp * 100)).toBe(hundredths);
            expect(because !== "not-held").toBe(isHeld);
            const facts = given.session.slots[j];
            if (!facts) throw new Error(slotId);
            expect(slot.observedMs + slot.bridgedMs + slot.outageMs).toBeLessThanOrEqual(slot.heldMs);
            expect(slot.heldMs).toBeLessThanOrEqual(facts.endAt - facts.startAt);
            expect(slot.bridgedMs).toBeLessThanOrEqual(slot.observedMs);
            expect(jp).toBeLessThanOrEqual(facts.jp);
            expect(computedJp).toBe(jp);
          }
        }
      }),
      { numRuns: 10_000 },
    );
    // Ten thousand histories take seconds; a machine with other work takes many times that.
  }, 240_000);

  it("AT3 room rows change no time of anybody", () => {
    fc.assert(
      fc.property(input, (given) => {
        // The end of a class that nobody closed may hang on a room row: both get the same last row.
        const end = { type: "presence.mark" as const, at: (given.events.at(-1)?.at ?? 0) + 1, seq: 1_000 };
        const moving = sessionEvidenceFrom({ ...given, events: [...given.events, end] });
        const staying = given.events.filter((row) => row.type !== "room.moved");
        const still = sessionEvidenceFrom({ ...given, events: [...staying, end] });
        expect(still.people.map(({ attendance }) => attendance)).toEqual(
          moving.people.map(({ attendance }) => attendance),
        );
      }),
      { numRuns: 1_000 },
    );
  });
});
