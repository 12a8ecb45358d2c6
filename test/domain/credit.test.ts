import { describe, expect, it } from "vitest";
import { floorOfProduct, isProductAtLeast } from "../../server/domain/jp.ts";
import {
  adjusted,
  closed,
  evidenceOf,
  firstSlot,
  joined,
  ledger,
  left,
  MINUTE,
  marked,
  opened,
  slot,
} from "./ledger.ts";

const M = MINUTE;
/** Held for `heldMs` from 0; Ana there for the first `presentMs`. */
const present = (presentMs: number, heldMs = 100 * M) =>
  ledger(opened(0), joined(0, "c", "ana"), left(presentMs, "c"), closed(heldMs));

describe("slots held", () => {
  it.each([
    ["AT6 at exactly minHeldShare", 50 * M, "met"],
    ["AT6 below minHeldShare by a millisecond", 50 * M - 1, "not-held"],
    ["AT6 not at all", 0, "not-held"],
  ])("%s", (_title, heldMs, because) => {
    const found = firstSlot({ rows: present(heldMs, heldMs) });
    expect(found).toMatchObject({ heldMs, because, jp: because === "met" ? 1 : 0 });
  });

  it("AT6 a slot not held still shows what was measured", () => {
    expect(firstSlot({ rows: present(10 * M, 20 * M) })).toEqual({
      slotId: "s1",
      heldMs: 20 * M,
      observedMs: 10 * M,
      bridgedMs: 0,
      outageMs: 0,
      share: 5000,
      jp: 0,
      computedJp: 0,
      because: "not-held",
    });
  });

  it("AT6 an offline slot is held without anybody connected", () => {
    const rows = ledger(marked("ana", "present"));
    expect(firstSlot({ rows, mode: "offline" })).toMatchObject({
      heldMs: 0,
      share: 0,
      jp: 1,
      because: "marked",
    });
  });

  it("AT6 a hybrid slot with any mark, of anybody, is held too", () => {
    const few = present(20 * M, 20 * M);
    expect(firstSlot({ rows: few, mode: "hybrid" })).toMatchObject({ jp: 0, because: "not-held" });
    const rows = ledger(...few, marked("budi", "absent"));
    expect(firstSlot({ rows, mode: "hybrid" })).toMatchObject({ share: 10_000, jp: 1, because: "met" });
    const other = ledger(...few, marked("budi", "present", { slotId: "s2" }));
    expect(firstSlot({ rows: other, mode: "hybrid" })).toMatchObject({ because: "not-held" });
  });

  it("AT6 a mark does not make an online slot held", () => {
    const rows = ledger(...present(20 * M, 20 * M), marked("ana", "present"));
    expect(firstSlot({ rows })).toMatchObject({ jp: 0, because: "not-held" });
  });
});

describe("share and credit", () => {
  it("AT7 is of the slot's held time, not of its length", () => {
    expect(firstSlot({ rows: present(30 * M, 60 * M) })).toMatchObject({ heldMs: 60 * M, share: 5000 });
  });

  it("AT7 counts observed, bridged and outage time of the slot alone", () => {
    const rows = ledger(
      opened(0),
      joined(0, "c", "ana"),
      left(49 * M, "c"),
      joined(51 * M, "d", "ana"),
      closed(100 * M),
    );
    const given = { rows, slots: [slot(0, 50 * M, 1, "s1"), slot(50 * M, 100 * M, 2, "s2")] };
    const person = evidenceOf(given).people[0]?.attendance;
    expect(person?.slots.map(({ observedMs, bridgedMs, share }) => [observedMs, bridgedMs, share])).toEqual([
      [49 * M, M, 10_000],
      [49 * M, M, 10_000],
    ]);
    expect(person?.jp).toBe(3);
  });

  it("AT8 threshold: the slot's JP at exactly minSlotShare, 0 a millisecond below", () => {
    expect(firstSlot({ rows: present(80 * M) })).toMatchObject({ share: 8000, jp: 1, because: "met" });
    expect(firstSlot({ rows: present(80 * M - 1) })).toMatchObject({ share: 7999, jp: 0, because: "below" });
  });

  it("AT8 compares exactly where the shown share is floored", () => {
    // 2/3 of the time: shown as 66.66 %, and above a threshold of 66.66 %.
    const rows = present(2, 3);
    const given = { rows, slots: [slot(0, 3)] };
    expect(firstSlot({ ...given, policy: { minSlotShare: 6666 } })).toMatchObject({
      share: 6666,
      because: "met",
    });
    expect(firstSlot({ ...given, policy: { minSlotShare: 6667 } })).toMatchObject({
      share: 6666,
      because: "below",
    });
  });

  it.each([
    ["AT8 proportional floors to hundredths", 2, 3, 1, 0.66],
    ["AT8 proportional gives all for all", 3, 3, 1.15, 1.15],
    ["AT8 proportional gives nothing for nothing", 0, 3, 1, 0],
    ["AT8 proportional of odd JP", 1, 2, 0.29, 0.14],
  ])("%s", (_title, presentMs, heldMs, jp, expected) => {
    const given = { rows: present(presentMs, heldMs), slots: [slot(0, heldMs, jp)] };
    expect(firstSlot({ ...given, policy: { slotCredit: "proportional" } })).toMatchObject({
      jp: expected,
      computedJp: expected,
      because: "proportional",
    });
  });

  it("AT8 where nothing was held the share is 0, below any threshold but 0", () => {
    const given = { rows: ledger(opened(0), closed(0)), policy: { minHeldShare: 0 } };
    expect(firstSlot(given)).toMatchObject({ share: 0, jp: 0, because: "below" });
    const proportional = { ...given.policy, slotCredit: "proportional" as const };
    expect(firstSlot({ ...given, policy: proportional })).toMatchObject({ share: 0, jp: 0 });
    expect(firstSlot({ ...given, policy: { ...given.policy, minSlotShare: 0 } })).toMatchObject({ jp: 1 });
  });

  it("AT8 sums JP without binary dust", () => {
    const slots = [0, 1, 2].map((i) => slot(i * M, (i + 1) * M, 0.1, `s${i}`));
    expect(evidenceOf({ rows: present(3 * M, 3 * M), slots }).people[0]?.attendance.jp).toBe(0.3);
  });

  it("AT8 products are exact beyond 2^53", () => {
    const big = Number.MAX_SAFE_INTEGER;
    expect(floorOfProduct(10_000, big, big)).toBe(10_000);
    expect(floorOfProduct(10_000, big - 1, big)).toBe(9999);
    expect(isProductAtLeast(10_000, big - 1, 10_000, big)).toBe(false);
    expect(isProductAtLeast(10_000, big, 10_000, big)).toBe(true);
  });
});

describe("adjustments", () => {
  const below = present(10 * M);
  const cases: [string, Parameters<typeof ledger>, number, string][] = [
    ["AT9 replaces the credit", [adjusted("ana", 0.75)], 0.75, "adjusted"],
    ["AT9 the last one wins", [adjusted("ana", 0.75), adjusted("ana", 0)], 0, "adjusted"],
    ["AT9 is void without an approver", [adjusted("ana", 1, { approvedBy: "" })], 0, "below"],
    [
      "AT9 is void when approved by who proposed it",
      [adjusted("ana", 1, { approvedBy: "adm_a" })],
      0,
      "below",
    ],
    ["AT9 is void below 0", [adjusted("ana", -0.01)], 0, "below"],
    ["AT9 is void above the slot's JP", [adjusted("ana", 1.01)], 0, "below"],
    ["AT9 is void with more than two decimals", [adjusted("ana", 0.505)], 0, "below"],
    ["AT9 may give exactly the slot's JP", [adjusted("ana", 1)], 1, "adjusted"],
    [
      "AT9 a void one after a valid one changes nothing",
      [adjusted("ana", 0.5), adjusted("ana", 2)],
      0.5,
      "adjusted",
    ],
    [
      "AT9 of another slot or person changes nothing",
      [adjusted("budi", 1), adjusted("ana", 1, { slotId: "s2" })],
      0,
      "below",
    ],
    [
      "AT9 a proposal or a rejection alone changes nothing",
      [
        {
          at: 0,
          type: "adjustment.proposed",
          adjustmentId: "a",
          slotId: "s1",
          enrolmentId: "ana",
          jp: 1,
          reason: "r",
          by: "b",
        },
        adjusted("ana", 0.5),
        { at: 0, type: "adjustment.rejected", adjustmentId: "adj_1", by: "c" },
      ],
      0.5,
      "adjusted",
    ],
  ];
  it.each(cases)("%s", (_title, rows, jp, because) => {
    expect(firstSlot({ rows: ledger(...below, ...rows) })).toMatchObject({ jp, computedJp: 0, because });
  });

  it("AT9 replaces the credit of a slot not held, and of any mode, and keeps the computed value", () => {
    expect(firstSlot({ rows: ledger(adjusted("ana", 1)) })).toMatchObject({
      jp: 1,
      computedJp: 0,
      because: "adjusted",
    });
    const rows = ledger(marked("ana", "present"), adjusted("ana", 0.25));
    for (const mode of ["offline", "hybrid"] as const) {
      expect(firstSlot({ rows, mode })).toMatchObject({ jp: 0.25, computedJp: 1, because: "adjusted" });
    }
  });
});

describe("marks", () => {
  const qr = { by: "check-in" };
  const cases: [string, Parameters<typeof ledger>, number, string][] = [
    ["AT10 present gives the slot's JP", [marked("ana", "present")], 1, "marked"],
    ["AT10 excused gives 0", [marked("ana", "excused")], 0, "marked"],
    ["AT10 sick gives 0", [marked("ana", "sick")], 0, "marked"],
    ["AT10 absent gives 0", [marked("ana", "absent")], 0, "marked"],
    ["AT10 no mark gives 0", [marked("budi", "present")], 0, "unmarked"],
    ["AT10 the last mark decides", [marked("ana", "absent"), marked("ana", "present")], 1, "marked"],
    ["AT10 a check-in is a mark", [marked("ana", "present", qr)], 1, "marked"],
    [
      "AT10 a later check-in does not override staff",
      [marked("ana", "absent"), marked("ana", "present", qr)],
      0,
      "marked",
    ],
    [
      "AT10 staff override an earlier check-in",
      [marked("ana", "present", qr), marked("ana", "sick")],
      0,
      "marked",
    ],
    [
      "AT10 the last check-in decides where staff marked nothing",
      [marked("ana", "absent", qr), marked("ana", "present", qr)],
      1,
      "marked",
    ],
  ];
  it.each(cases)("%s", (_title, rows, jp, because) => {
    expect(firstSlot({ rows: ledger(...rows), mode: "offline" })).toMatchObject({ jp, because });
  });

  it("AT10 time online gives nothing in an offline session", () => {
    expect(firstSlot({ rows: present(100 * M), mode: "offline" })).toMatchObject({
      share: 10_000,
      jp: 0,
      because: "unmarked",
    });
  });

  it("AT10 a mark gives nothing in an online session", () => {
    const rows = ledger(...present(10 * M), marked("ana", "present"));
    expect(firstSlot({ rows })).toMatchObject({ jp: 0, because: "below" });
  });

  it.each([
    ["AT10 hybrid: the mark where it gives more", 10 * M, "present", 1, "marked"],
    ["AT10 hybrid: the time where it gives more", 90 * M, "absent", 1, "met"],
    ["AT10 hybrid: the time where both give the same", 90 * M, "present", 1, "met"],
    ["AT10 hybrid: the time where neither gives anything", 10 * M, "sick", 0, "below"],
  ] as const)("%s", (_title, presentMs, status, jp, because) => {
    const rows = ledger(...present(presentMs), marked("ana", status));
    expect(firstSlot({ rows, mode: "hybrid" })).toMatchObject({ jp, because });
  });

  it("AT10 hybrid: the mark gives the whole slot where time gives a part", () => {
    const rows = ledger(...present(40 * M), marked("ana", "present"));
    const policy = { slotCredit: "proportional" } as const;
    expect(firstSlot({ rows, mode: "hybrid", policy })).toMatchObject({ jp: 1, because: "marked" });
    expect(firstSlot({ rows: present(40 * M), mode: "hybrid", policy })).toMatchObject({
      jp: 0.4,
      because: "proportional",
    });
  });
});

describe("rosters", () => {
  it("AT3 everybody of the roster has an entry, in its order, and nobody else", () => {
    const rows = ledger(opened(0), joined(0, "c", "ana"), joined(0, "d", "stranger"), closed(100 * M));
    const { people } = evidenceOf({ rows, roster: ["budi", "ana"] });
    expect(people.map(({ attendance }) => [attendance.enrolmentId, attendance.jp])).toEqual([
      ["budi", 0],
      ["ana", 1],
    ]);
  });
});
