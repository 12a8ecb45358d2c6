import { describe, expect, it } from "vitest";
import { decideProgrammeChange } from "../../server/domain/programme-change.ts";

const KAI = { code: "KAI", title: "Konsep", jp: 6, selfStudyJp: 1 };
const ETI = { code: "ETI", title: "Etika", jp: 2, selfStudyJp: 0 };
const NEW = { code: "NEW", title: "Baru", jp: 3, selfStudyJp: 0 };
const session = (jp: number, group: string | null = null, cancellation: object | null = null) => ({
  unit: "KAI",
  group,
  slots: [{ jp: 1 }, { jp: jp - 1 }],
  cancellation,
});
const needsEti = { requirements: [{ code: "attendance.unit:ETI" }] };
const noRules = { requirements: [] };

describe("changing a programme", () => {
  it.each([
    [
      "PC1 names may change after the first class",
      [{ ...KAI, title: "Lain" }, ETI],
      [session(4)],
      true,
      noRules,
      [],
    ],
    [
      "PC2 a unit that nothing needs goes, also after the first class",
      [KAI, NEW],
      [session(4)],
      true,
      noRules,
      [],
    ],
    ["PC2 a unit with sessions stays", [ETI], [session(4)], false, noRules, ["units"]],
    ["PC2 a unit with a cancelled session stays", [ETI], [session(4, null, {})], false, noRules, ["units"]],
    [
      "PC2 another code is another unit",
      [{ ...KAI, code: "KA" }, ETI],
      [session(4)],
      false,
      noRules,
      ["units"],
    ],
    ["PC2 a unit that a rule asks for stays", [KAI], [], false, needsEti, ["units"]],
    [
      "PC3 before the first class JP may change freely",
      [{ ...KAI, jp: 1 }, ETI],
      [session(4)],
      false,
      noRules,
      [],
    ],
    [
      "PC3 after it JP may fall to what is planned",
      [{ ...KAI, jp: 4 }, ETI],
      [session(4)],
      true,
      noRules,
      [],
    ],
    ["PC3 but not below", [ETI, { ...KAI, jp: 3.99 }], [session(4)], true, noRules, ["units.1.jp"]],
    [
      "PC3 cancelled sessions need nothing",
      [{ ...KAI, jp: 1 }, ETI],
      [session(4, null, {})],
      true,
      noRules,
      [],
    ],
    [
      "PC3 groups do not add up",
      [{ ...KAI, jp: 5 }, ETI],
      [session(2), session(3, "A"), session(3, "B")],
      true,
      noRules,
      [],
    ],
    [
      "PC3 a group's sessions add to everybody's",
      [{ ...KAI, jp: 4.5 }, ETI],
      [session(2), session(3, "A"), session(3, "B")],
      true,
      noRules,
      ["units.0.jp"],
    ],
    ["PC3 JP below the plan may stay as they are", [KAI, ETI], [session(9)], true, noRules, []],
    [
      "PC3 self-study stays after it",
      [{ ...KAI, selfStudyJp: 2 }, ETI],
      [],
      true,
      noRules,
      ["units.0.selfStudyJp"],
    ],
    ["PC3 and changes before", [{ ...KAI, selfStudyJp: 2 }, ETI], [], false, noRules, []],
  ] as const)("%s", (_title, units, sessions, isFrozen, policy, paths) => {
    const programme = { units: [KAI, ETI], policy, policyFrozenAt: isFrozen ? 1 : null };
    const decided = decideProgrammeChange(programme, units, sessions);
    const errors = decided.ok ? [] : (decided.details as { errors: { path: string }[] }).errors;
    expect(errors.map(({ path }) => path)).toEqual(paths);
    expect(decided.ok || decided.code).toBe(paths.length === 0 || "conflict");
  });
});
