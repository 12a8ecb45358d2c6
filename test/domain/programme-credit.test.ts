import { describe, expect, it } from "vitest";
import { isSlotLengthUsual } from "../../server/domain/policy.ts";
import {
  type PersonSlot,
  programmeCreditFrom,
  requiredUnitJp,
} from "../../server/domain/programme-credit.ts";
import { closed, evidenceOf, joined, ledger, MINUTE, opened, slot } from "./ledger.ts";

const units = [
  { code: "KAI", jp: 6, selfStudyJp: 2 },
  { code: "ETK", jp: 2, selfStudyJp: 0 },
];
const person = (unit: string, slotId: string, startAt: number, endAt: number, jp: number): PersonSlot => {
  return { unit, slotId, startAt, endAt, jp };
};
const none = new Set<string>();

describe("programme credit", () => {
  it("AT11 a unit's JP is the sum over its sessions, a programme's over its units", () => {
    const slots = [
      person("KAI", "a", 0, 10, 1.5),
      person("KAI", "b", 10, 20, 0.75),
      person("ETK", "c", 20, 30, 2),
    ];
    const credit = programmeCreditFrom(units, slots, none);
    expect(credit.units.map(({ code, jp }) => [code, jp])).toEqual([
      ["KAI", 2.25],
      ["ETK", 2],
    ]);
    expect(credit.jp).toBe(4.25);
  });

  it("AT11 self-study counts where its result is accepted", () => {
    const slots = [person("KAI", "a", 0, 10, 1)];
    expect(programmeCreditFrom(units, slots, new Set(["KAI", "ETK"])).units).toEqual([
      { code: "KAI", jp: 3, slotJp: 1, selfStudyJp: 2, slotIds: ["a"] },
      { code: "ETK", jp: 0, slotJp: 0, selfStudyJp: 0, slotIds: [] },
    ]);
  });

  it("AT11 a unit gives at most its JP, self-study included", () => {
    const slots = [person("KAI", "a", 0, 10, 5), person("ETK", "b", 10, 20, 3)];
    expect(programmeCreditFrom(units, slots, new Set(["KAI"])).jp).toBe(8);
  });

  it.each([
    [
      "AT11 of overlapping slots the one with more credit counts",
      [
        ["a", 0, 10, 1],
        ["b", 9, 20, 2],
      ],
      ["b"],
    ],
    [
      "AT11 at equal credit the one with the earlier id counts",
      [
        ["b", 0, 10, 1],
        ["a", 9, 20, 1],
      ],
      ["a"],
    ],
    [
      "AT11 slots that touch do not overlap",
      [
        ["a", 0, 10, 1],
        ["b", 10, 20, 2],
      ],
      ["a", "b"],
    ],
    [
      "AT11 a slot that does not count crowds out nobody",
      [
        ["a", 0, 10, 3],
        ["b", 9, 20, 2],
        ["c", 19, 30, 1],
      ],
      ["a", "c"],
    ],
    [
      "AT11 one within another overlaps it",
      [
        ["a", 0, 100, 1],
        ["b", 40, 50, 2],
      ],
      ["b"],
    ],
  ] as [string, [string, number, number, number][], string[]][])("%s", (_title, slots, expected) => {
    const credit = programmeCreditFrom(
      units,
      slots.map((args) => person("KAI", ...args)),
      none,
    );
    expect(credit.units[0]?.slotIds).toEqual(expected);
  });

  it("AT11 overlap counts across units and sessions", () => {
    const slots = [person("KAI", "a", 0, 10, 1), person("ETK", "b", 5, 15, 2)];
    expect(programmeCreditFrom(units, slots, none).units.map(({ jp }) => jp)).toEqual([0, 2]);
  });

  it("AT11 a slot of a unit the programme does not have counts for nothing and crowds out nobody", () => {
    const slots = [person("KAI", "a", 0, 10, 1), person("???", "b", 0, 10, 2)];
    expect(programmeCreditFrom(units, slots, none).jp).toBe(1);
  });

  it("AT11 a session's own total counts overlapping slots once; each slot keeps its JP", () => {
    const rows = ledger(opened(0), joined(0, "c", "ana"), closed(90 * MINUTE));
    const slots = [slot(0, 60 * MINUTE, 1, "a"), slot(30 * MINUTE, 90 * MINUTE, 2, "b")];
    const attendance = evidenceOf({ rows, slots }).people[0]?.attendance;
    expect(attendance?.slots.map(({ jp }) => jp)).toEqual([1, 2]);
    expect(attendance?.jp).toBe(2);
  });
});

describe("required JP", () => {
  it.each([
    ["AT11 required is minShare of the unit's JP where more was held", [4, 4], 8000, 4.8],
    ["AT11 required is minShare of what was held plus self-study where that is less", [1, 2], 8000, 4],
    ["AT11 required is rounded up to a hundredth", [0.33], 5000, 1.17],
    ["AT11 required is nothing at no share", [4], 0, 0],
    ["AT11 a unit with no held slot cannot be met", [], 8000, null],
  ] as [string, number[], number, number | null][])("%s", (_title, held, minShare, expected) => {
    expect(requiredUnitJp({ jp: 6, selfStudyJp: 2 }, held, minShare)).toBe(expected);
  });

  it("AT11 minutesPerJp only says whether a slot's length is usual", () => {
    expect(isSlotLengthUsual(slot(0, 90 * MINUTE, 2), { minutesPerJp: 45 })).toBe(true);
    expect(isSlotLengthUsual(slot(0, 90 * MINUTE, 2), { minutesPerJp: 60 })).toBe(false);
    expect(isSlotLengthUsual(slot(0, 33.75 * MINUTE, 0.75), { minutesPerJp: 45 })).toBe(true);
  });
});
