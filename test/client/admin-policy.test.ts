import { afterEach, describe, expect, it } from "vitest";
import {
  policyDraftFrom,
  policyEffectsFrom,
  policyErrorsFrom,
  policyFrom,
  policyWarningsFrom,
  requirementDraft,
} from "../../client/admin/programmes/policy-draft.ts";
import { changeLanguage } from "../../client/i18n/language.ts";
import { DEFAULT_POLICY, type Policy } from "../../server/protocol/evidence.ts";

afterEach(() => changeLanguage("id"));

const POLICY: Policy = {
  ...DEFAULT_POLICY,
  minSlotShare: 8050,
  bridgeGapMs: 90_000,
  requirements: [
    { code: "attendance.total", minShare: 8000 },
    { code: "attendance.unit:KAI", minShare: 6667 },
    { code: "pre-test" },
    { code: "post-test", minScore: 69.5 },
    { code: "assignment:A1" },
    { code: "survey" },
    { code: "eligibility" },
  ],
};
const units = [
  { code: "KAI", title: "Konsep AI", jp: 6, selfStudyJp: 0 },
  { code: "EAI", title: "Etika AI", jp: 2.25, selfStudyJp: 0 },
];
const draft = policyDraftFrom(POLICY);

describe("the policy's form", () => {
  it("AM52 gives back the policy that it was given", () => {
    expect(draft).toMatchObject({ minSlotShare: "80,5", bridgeMinutes: "1,5", outageMinutes: "5" });
    expect(policyErrorsFrom(draft).size).toBe(0);
    expect(policyFrom(draft)).toEqual(POLICY);
  });

  it.each([
    [{ minutesPerJp: "45,5" }, ["minutesPerJp"]],
    [{ minSlotShare: "101" }, ["minSlotShare"]],
    [{ minHeldShare: "" }, ["minHeldShare"]],
    [{ bridgeMinutes: "-1" }, ["bridgeMinutes"]],
    [{ requirements: [requirementDraft(0, "attendance.unit")] }, ["requirements.0.code"]],
    [{ requirements: [{ ...requirementDraft(0, "assignment"), code: "dua kata" }] }, ["requirements.0.code"]],
    [{ requirements: [{ ...requirementDraft(0, "post-test"), score: "x" }] }, ["requirements.0.score"]],
    [
      { requirements: [requirementDraft(0, "survey"), requirementDraft(1, "survey")] },
      ["requirements.1.kind"],
    ],
  ])("AM52 says where %j is wrong", (change, paths) => {
    expect([...policyErrorsFrom({ ...draft, ...change }).keys()]).toEqual(paths);
  });

  it("AM53 says what it means in the programme's own numbers", () => {
    expect(policyEffectsFrom(POLICY, units)).toEqual([
      "Pada slot 45 menit, peserta harus hadir sedikitnya 36,23 menit.",
      "Bila semua slot terlaksana, kehadiran keseluruhan membutuhkan 6,6 dari 8,25 JP.",
      "Konsep AI membutuhkan 4,01 dari 6 JP.",
    ]);
  });

  it.each([
    [POLICY, 0],
    [{ ...POLICY, requirements: [] }, 1],
    [{ ...POLICY, minSlotShare: 4000 }, 1],
    [{ ...POLICY, minSlotShare: 4000, slotCredit: "proportional" as const }, 0],
    [{ ...POLICY, minSlotShare: 10_000, minHeldShare: 9500, bridgeGapMs: 1_200_000 }, 3],
    [{ ...POLICY, minutesPerJp: 60, outageRejoinMs: 7_200_000, minHeldShare: 0 }, 3],
    [{ ...POLICY, requirements: [{ code: "post-test" }] }, 2],
    [{ ...POLICY, requirements: [{ code: "attendance.total", minShare: 100 }] }, 1],
    [
      { ...POLICY, requirements: [...POLICY.requirements.slice(0, 2), { code: "pre-test", minScore: 700 }] },
      1,
    ],
  ])("AM53 warns of what is hardly meant: %#", (policy, count) => {
    expect(policyWarningsFrom(policy).length).toBe(count);
  });
});
