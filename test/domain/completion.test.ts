import { describe, expect, it } from "vitest";
import {
  type CompletionInput,
  type CompletionSlot,
  type CountedResult,
  completionFrom,
} from "../../server/domain/completion.ts";

const units = [
  { code: "KAI", jp: 6, selfStudyJp: 2 },
  { code: "ETK", jp: 2, selfStudyJp: 0 },
];
const END = 1_000;

let nextSlot = 0;
function slot(
  unit: string,
  slotJp: number,
  jp: number,
  change: Partial<CompletionSlot> = {},
): CompletionSlot {
  nextSlot += 1;
  const startAt = change.startAt ?? nextSlot * 10;
  return {
    unit,
    slotId: `slt_${String(nextSlot).padStart(3, "0")}`,
    startAt,
    endAt: startAt + 10,
    slotJp,
    jp,
    isHeld: true,
    isExpected: true,
    ...change,
  };
}

function result(requirement: string, change: Partial<CountedResult> = {}): CountedResult {
  return { requirement, score: null, status: null, takenAt: 100, ...change };
}

function decide(change: Partial<CompletionInput>) {
  return completionFrom({
    units,
    requirements: [],
    endsAt: END,
    now: END,
    slots: [],
    results: [],
    entry: null,
    surveys: null,
    ...change,
  });
}

/** The one requirement's decision. */
function decideOne(
  requirement: CompletionInput["requirements"][number],
  change: Partial<CompletionInput> = {},
) {
  const [decision] = decide({ requirements: [requirement], ...change }).requirements;
  return decision;
}

describe("completion", () => {
  it.each([
    ["before the last slot's end", END - 1, END, "pending"],
    ["from the last slot's end on", END, END, "complete"],
    ["where no session is planned", END, null, "pending"],
  ] as const)("CO1 %s", (_name, now, endsAt, status) => {
    expect(decide({ now, endsAt }).status).toBe(status);
  });

  it("CO1 is incomplete when one requirement is not met, and pending all the same before the end", () => {
    const change = { requirements: [{ code: "survey" }, { code: "pre-test" }], results: [result("survey")] };
    expect(decide(change).status).toBe("incomplete");
    expect(decide({ ...change, now: 0 }).status).toBe("pending");
  });

  it("CO2 lists every requirement of the policy in its order, and nothing else", () => {
    const requirements = ["survey", "attendance.total", "assignment:A1"].map((code) => ({ code }));
    const decision = decide({ requirements, results: [result("pre-test")] });
    expect(decision.requirements.map(({ code }) => code)).toEqual(requirements.map(({ code }) => code));
    expect(decide({})).toEqual({
      status: "complete",
      jp: 0,
      units: [
        { code: "KAI", jp: 0 },
        { code: "ETK", jp: 0 },
      ],
      requirements: [],
    });
  });

  const two = [slot("KAI", 2, 2), slot("KAI", 2, 1)];
  it.each([
    ["exactly enough", 10_000, [slot("ETK", 2, 2)], "ETK", { required: 2, found: 2, why: "enough-jp" }],
    ["one hundredth too few", 7500, [slot("ETK", 2, 1.49)], "ETK", { required: 1.5, why: "too-few-jp" }],
    // min(6, 4 + 2) × 80 % = 4.8.
    ["held slots and self-study are the base", 8000, two, "KAI", { required: 4.8, found: 3 }],
    ["at most the unit's JP", 8000, [slot("ETK", 3, 3)], "ETK", { required: 1.6, found: 2 }],
    // min(2, 0.25) × 33.33 % = 0.083325, which 0.08 does not reach.
    ["rounded up to a hundredth", 3333, [slot("ETK", 0.25, 0.08)], "ETK", { required: 0.09, met: false }],
    [
      "a slot that was not held is asked of nobody",
      10_000,
      [slot("ETK", 1, 1), slot("ETK", 1, 0, { isHeld: false })],
      "ETK",
      { required: 1, found: 1, met: true },
    ],
    [
      "of overlapping slots of a unit only the greater can be asked",
      10_000,
      [slot("ETK", 1, 0, { startAt: 500 }), slot("ETK", 2, 2, { startAt: 505 })],
      "ETK",
      { required: 2, found: 2, met: true },
    ],
  ])("CO3 a unit: %s", (_name, minShare, slots, unit, expected) => {
    expect(decideOne({ code: `attendance.unit:${unit}`, minShare }, { slots })).toMatchObject(expected);
  });

  it.each([
    ["no slots at all", []],
    ["none that was held", [slot("ETK", 2, 2, { isHeld: false })]],
    ["none that is asked of the person", [slot("ETK", 2, 0, { isExpected: false })]],
  ])("CO3 a unit with %s is unmet, whatever was credited", (_name, slots) => {
    expect(decideOne({ code: "attendance.unit:ETK", minShare: 0 }, { slots })).toMatchObject({
      required: null,
      met: false,
      why: "no-slot-held",
    });
  });

  it("CO3 without minShare all of it is required", () => {
    const slots = [slot("ETK", 2, 1.99)];
    expect(decideOne({ code: "attendance.unit:ETK" }, { slots })).toMatchObject({ required: 2, met: false });
  });

  it("CO3 accepted self-study counts, as far as the unit may count it", () => {
    const slots = [slot("KAI", 4, 3)];
    const requirement = { code: "attendance.unit:KAI", minShare: 8000 };
    const accepted = [result("self-study:KAI", { status: "accepted" })];
    expect(decideOne(requirement, { slots })).toMatchObject({ required: 4.8, found: 3, met: false });
    expect(decideOne(requirement, { slots, results: accepted })).toMatchObject({ found: 5, met: true });
  });

  it.each([
    // (min(6, 4 + 2) + min(2, 2)) × 80 % = 6.4.
    ["the sum over the units", [slot("KAI", 4, 4), slot("ETK", 2, 2)], { required: 6.4, found: 6 }],
    // min(6, 0 + 2) + min(2, 1) = 3, of which 80 % is 2.4.
    ["self-study of a unit with no held slot is asked too", [slot("ETK", 1, 1)], { required: 2.4 }],
    ["nothing held at all", [slot("ETK", 1, 1, { isHeld: false })], { required: null, met: false }],
  ])("CO4 the total: %s", (_name, slots, expected) => {
    expect(decideOne({ code: "attendance.total", minShare: 8000 }, { slots })).toMatchObject(expected);
  });

  const scores = [result("post-test", { score: 60 }), result("post-test", { score: 70.1, takenAt: 50 })];
  it.each([
    [
      "the best score counts, not the latest",
      { minScore: 70.1 },
      scores,
      { found: 70.1, why: "score-reached" },
    ],
    ["below the score", { minScore: 70.2 }, scores, { required: 70.2, met: false, why: "score-below" }],
    ["not taken", { minScore: 70 }, [], { found: null, met: false, why: "not-taken" }],
    ["a result without a score reaches none", { minScore: 0 }, [result("post-test")], { met: false }],
    ["without minScore taking it is enough", {}, scores, { required: "taken", found: 70.1, met: true }],
  ])("CO5 a test: %s", (_name, requirement, results, expected) => {
    expect(decideOne({ code: "post-test", ...requirement }, { results })).toMatchObject(expected);
  });

  it("CO5 a pre-test is met by taking it", () => {
    expect(decideOne({ code: "pre-test" }, { results: [result("pre-test")] })).toEqual({
      code: "pre-test",
      required: "taken",
      found: "taken",
      met: true,
      why: "taken",
    });
  });

  const [accepted, rejected] = [{ status: "accepted" }, { status: "rejected" }] as const;
  it.each([
    ["accepted", [accepted], { found: "accepted", met: true, why: "accepted" }],
    ["submitted only", [{ status: "submitted" }], { found: "submitted", met: false, why: "not-accepted" }],
    ["rejected, then accepted", [rejected, { ...accepted, takenAt: 200 }], { met: true }],
    ["accepted, then rejected", [accepted, { ...rejected, takenAt: 200 }], { found: "rejected", met: false }],
    ["told in another order", [{ ...accepted, takenAt: 200 }, rejected], { met: true }],
    ["two at one time: the one recorded later", [rejected, accepted], { met: true }],
    ["nothing", [], { found: null, met: false, why: "no-result" }],
  ] as const)("CO6 the latest status: %s", (_name, changes, expected) => {
    for (const code of ["assignment:A1", "eligibility"]) {
      const results = changes.map((change) => result(code, change));
      expect(decideOne({ code }, { results })).toMatchObject({ required: "accepted", ...expected });
    }
  });

  it("CO6 an assignment is not another one", () => {
    const results = [result("assignment:A2", accepted)];
    expect(decideOne({ code: "assignment:A1" }, { results })).toMatchObject({ why: "no-result" });
  });

  it("CO7 what was earned in a session of another group counts, but it is not asked for", () => {
    const slots = [slot("ETK", 1, 0), slot("ETK", 1, 1, { isExpected: false })];
    const requirement = { code: "attendance.unit:ETK" };
    expect(decideOne(requirement, { slots })).toMatchObject({ required: 1, found: 1, met: true });
  });

  it("CO8 an imported result meets a survey that the programme asks itself, too", () => {
    const surveys = { asked: [], answered: new Set<never>(), hasEndForm: true };
    expect(decideOne({ code: "survey" }, { surveys })).toMatchObject({ met: false, why: "surveys-missing" });
    const results = [result("survey")];
    expect(decideOne({ code: "survey" }, { surveys, results })).toMatchObject({ met: true, why: "taken" });
  });

  it.each([
    ["any result will do", [result("survey")], { found: "taken", met: true, why: "taken" }],
    ["none", [], { found: null, met: false, why: "not-taken" }],
  ])("CO8 a survey: %s", (_name, results, expected) => {
    expect(decideOne({ code: "survey" }, { results })).toMatchObject({ required: "taken", ...expected });
  });

  const old = { field: "birthDate", rule: "maxAgeAtStart", found: 54, needed: 53, message: "is 54" } as const;
  const { message: _message, ...told } = old;
  it.each([
    ["who meets the conditions is eligible", [], [], { met: true, found: "accepted", why: "entry-met" }],
    [
      "who does not is told why",
      [old],
      [],
      { met: false, found: null, why: "entry-unmet", entry: { version: 3, problems: [told] } },
    ],
    ["an officer's result overrides what is not met", [old], [accepted], { met: true, why: "accepted" }],
    ["and what is met", [], [rejected], { met: false, found: "rejected", why: "not-accepted" }],
  ] as const)("CO12 %s", (_name, problems, changes, expected) => {
    const results = changes.map((change) => result("eligibility", change));
    const decided = decideOne({ code: "eligibility" }, { results, entry: { version: 3, problems } });
    expect(decided).toMatchObject({ required: "accepted", ...expected });
  });

  it("CO12 asks for no other requirement, and for a result where there are no conditions", () => {
    const entry = { version: 3, problems: [] };
    expect(decideOne({ code: "assignment:A1" }, { entry })).toMatchObject({ why: "no-result" });
    expect(decideOne({ code: "eligibility" })).toMatchObject({ why: "no-result", met: false });
  });
});
