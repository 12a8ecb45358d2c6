import { describe, expect, it } from "vitest";
import {
  decideCancellation,
  decideSessionChange,
  newSession,
  type SessionWish,
} from "../../server/domain/session-change.ts";
import type { EvidenceRow } from "../../server/protocol/evidence.ts";
import { type SlotId, slotIdSchema } from "../../server/protocol/ids.ts";

const slotId = (name: string): SlotId => slotIdSchema.parse(`slt_${name}`);
const first = { id: slotId("1"), startAt: 100, endAt: 200, jp: 1 };
const second = { id: slotId("2"), startAt: 300, endAt: 400, jp: 2 };
const fields = { unit: "KAI", title: "Pagi", mode: "hybrid", group: null, timeZone: "Asia/Jakarta" } as const;
const session = newSession({ ...fields, slots: [first, second] });
const wish = (change: Partial<SessionWish> = {}): SessionWish => ({
  ...fields,
  slots: [first, second],
  ...change,
});

const opened: EvidenceRow = { seq: 1, at: 110, type: "class.opened", by: "adm_a" };
const joined: EvidenceRow = { seq: 1, at: 90, type: "presence.mark" };
const marked: EvidenceRow = {
  seq: 2,
  at: 120,
  type: "attendance.marked",
  slotId: second.id,
  enrolmentId: "enr_a",
  status: "present",
  by: "stf_a",
};

const decide = (wanted: SessionWish, rows: readonly EvidenceRow[] = [], now = 150) =>
  decideSessionChange(session, wanted, { rows, now, newSlotId: () => slotId("new") });
/** The paths that a refusal names. */
const pathsOf = (result: ReturnType<typeof decide>) =>
  result.ok
    ? []
    : [result.code, ...(result.details as { errors: { path: string }[] }).errors.map(({ path }) => path)];

describe("changing a session", () => {
  it("SC1 before anything counted, all of it may change, into the past too", () => {
    const wanted = wish({
      unit: "EAI",
      title: "Siang",
      mode: "offline",
      group: "B",
      timeZone: "Asia/Makassar",
      slots: [
        { startAt: 50, endAt: 60, jp: 3 },
        { ...first, startAt: 10, endAt: 20 },
      ],
    });
    expect(decide(wanted, [joined], 500)).toEqual({
      ok: true,
      data: {
        ...wanted,
        slots: [
          { ...first, startAt: 10, endAt: 20 },
          { id: slotId("new"), startAt: 50, endAt: 60, jp: 3 },
        ],
        removedSlots: [second],
      },
    });
  });

  it.each<[string, SessionWish, readonly EvidenceRow[], readonly string[]]>([
    ["the title", wish({ title: "Siang" }), [opened], []],
    ["a slot to come", wish({ slots: [first, { ...second, startAt: 350 }] }), [opened], []],
    ["a slot to come, taken out", wish({ slots: [first] }), [opened], []],
    ["a new slot", wish({ slots: [first, second, { startAt: 150, endAt: 160, jp: 1 }] }), [opened], []],
    [
      "unit, mode, group and zone",
      wish({ unit: "EAI", mode: "online", group: "B", timeZone: "Asia/Jayapura" }),
      [opened],
      ["session-begun", "unit", "mode", "group", "timeZone"],
    ],
    [
      "the JP of a slot that began",
      wish({ slots: [{ ...first, jp: 2 }, second] }),
      [opened],
      ["session-begun", "slots.0"],
    ],
    ["a slot that began, taken out", wish({ slots: [second] }), [opened], ["session-begun", "slots"]],
    [
      "a marked slot",
      wish({ slots: [first, { ...second, endAt: 410 }] }),
      [marked],
      ["session-begun", "slots.1"],
    ],
    ["a marked slot, taken out", wish({ slots: [first] }), [marked], ["session-begun", "slots"]],
    [
      "a slot moved into the past",
      wish({ slots: [first, { ...second, startAt: 149 }] }),
      [opened],
      ["session-begun", "slots.1.startAt"],
    ],
    [
      "a new slot in the past",
      wish({ slots: [first, second, { startAt: 120, endAt: 140, jp: 1 }] }),
      [opened],
      ["session-begun", "slots.2.startAt"],
    ],
  ])("SC2 once it has begun: %s", (_what, wanted, rows, refused) => {
    expect(pathsOf(decide(wanted, rows))).toEqual(refused);
  });

  it("SC3 a moved slot keeps its id, and ids of others or twice are refused", () => {
    const moved = decide(wish({ slots: [{ ...first, startAt: 500, endAt: 600 }, second] }));
    expect(moved.ok && moved.data.slots.map(({ id }) => id)).toEqual([second.id, first.id]);
    const strange = wish({
      slots: [{ ...first, id: slotId("9") }, second, { ...second, startAt: 700, endAt: 800 }],
    });
    expect(pathsOf(decide(strange))).toEqual(["bad-request", "slots.0.id", "slots.2.id"]);
    const gone = { ...session, slots: [second], removedSlots: [first] };
    const again = decideSessionChange(gone, wish(), { rows: [], now: 0, newSlotId: () => slotId("new") });
    expect(pathsOf(again)).toEqual(["bad-request", "slots.0.id"]);
  });
});

describe("cancelling a session", () => {
  it.each([
    ["one that nobody held", session, [joined], "ok"],
    ["one whose class was opened", session, [opened], "session-begun"],
    ["one whose roll was called", session, [marked], "session-begun"],
    ["one that was cancelled", { ...session, cancellation: { reason: "Banjir" } }, [], "session-cancelled"],
  ])("SC4 %s", (_what, given, rows, outcome) => {
    const decided = decideCancellation(given, rows);
    expect(decided.ok ? "ok" : decided.code).toBe(outcome);
  });

  it("SC4 a cancelled session changes no more", () => {
    const cancelled = { ...session, cancellation: { reason: "Banjir" } };
    const decided = decideSessionChange(cancelled, wish(), {
      rows: [],
      now: 0,
      newSlotId: () => slotId("new"),
    });
    expect(decided).toMatchObject({ code: "session-cancelled" });
  });
});
