import { describe, expect, it } from "vitest";
import { educationLevelFrom } from "../../server/domain/education-level.ts";
import { type EntryFields, entryProblemsFrom } from "../../server/domain/entry-problems.ts";
import { type EntryCondition, entryBodySchema } from "../../server/protocol/entry.ts";

const START = "2026-08-03";
const GOOD: EntryFields = {
  email: null,
  institution: "Pemkot Bandung",
  group: null,
  birthDate: "1987-05-12",
  education: "S1",
  assignmentLetter: "ST-12/2026",
};
const AGE: EntryCondition = { rule: "maxAgeAtStart", field: "birthDate", years: 53 };
const DIPLOMA: EntryCondition = { rule: "minEducation", field: "education", level: "D3" };
const LETTER: EntryCondition = { rule: "required", field: "assignmentLetter" };
const fieldsOf = (change: Partial<EntryFields>, conditions: readonly EntryCondition[], start = START) =>
  entryProblemsFrom({ ...GOOD, ...change }, conditions, start).map(({ field }) => field);

describe("conditions of entry", () => {
  it("EC1 a programme without conditions takes everybody", () => {
    const nothing = { birthDate: null, education: null, assignmentLetter: null };
    expect(fieldsOf(nothing, [])).toEqual([]);
  });

  it.each([
    ["fifty-three until the day before the birthday", "1972-08-04", START, []],
    ["fifty-four on the birthday", "1972-08-03", START, ["birthDate"]],
    ["fifty-three on the birthday", "1973-08-03", START, []],
    ["born on 29 February, on 28 February", "1972-02-29", "2026-02-28", []],
    ["born on 29 February, on 1 March", "1972-02-29", "2026-03-01", ["birthDate"]],
    ["no date", null, START, ["birthDate"]],
  ])("EC2 counts full years at the start: %s", (_name, birthDate, start, fields) => {
    expect(fieldsOf({ birthDate }, [AGE], start)).toEqual(fields);
  });

  it.each([
    ["D3", []],
    ["D-III Akuntansi", []],
    ["D IV", []],
    ["Sarjana (S1)", []],
    ["Doktor", []],
    ["D2", ["education"]],
    ["D II", ["education"]],
    ["Diploma I", ["education"]],
    ["SMK", ["education"]],
    ["kursus", ["education"]],
    [null, ["education"]],
  ])("EC3 compares education by level: %s", (education, fields) => {
    expect(fieldsOf({ education }, [DIPLOMA])).toEqual(fields);
  });

  it.each([
    ["SD", "SD"],
    ["SLTP", "SMP"],
    ["SMA/SMK", "SMA"],
    ["MA", "SMA"],
    ["Magister", "S2"],
    ["D1", "D1"],
    ["DI", "D1"],
    ["DII", "D2"],
    ["DIII", "D3"],
    ["DIV", "S1"],
    ["S.1", "S1"],
    ["Strata 2", "S2"],
    ["Strata III", "S3"],
    ["", null],
    ["lulus", null],
  ])("EC3 reads %j as %s", (text, level) => {
    expect(educationLevelFrom(text)).toBe(level);
  });

  it("EC4 wants a field, or one of some values, and says so once a field", () => {
    const group: EntryCondition = { rule: "oneOf", field: "group", values: ["A", "B"] };
    expect(fieldsOf({ assignmentLetter: null }, [LETTER])).toEqual(["assignmentLetter"]);
    expect(fieldsOf({ group: "a" }, [group])).toEqual([]);
    expect(fieldsOf({ group: "C" }, [group, { rule: "required", field: "group" }])).toEqual(["group"]);
    expect(fieldsOf({ group: null }, [group, { rule: "required", field: "group" }])).toEqual(["group"]);
  });

  it("EC5 refuses conditions that are unknown, out of range or doubled", () => {
    const isGood = (conditions: unknown) => entryBodySchema.safeParse({ conditions }).success;
    expect(isGood([AGE, DIPLOMA, LETTER])).toBe(true);
    expect(isGood([LETTER, LETTER])).toBe(false);
    expect(isGood([{ ...AGE, years: 0 }])).toBe(false);
    expect(isGood([{ ...AGE, field: "education" }])).toBe(false);
    expect(isGood([{ ...DIPLOMA, level: "D5" }])).toBe(false);
    expect(isGood([{ rule: "required", field: "shoeSize" }])).toBe(false);
    expect(isGood([{ ...LETTER, more: 1 }])).toBe(false);
  });
});
