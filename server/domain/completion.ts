import type { CompletionDecision, RequirementDecision, ResultStatus } from "../protocol/completion.ts";
import type { Policy } from "../protocol/evidence.ts";
import type { EntryProblem } from "./entry-problems.ts";
import { hundredthsFromJp, jpFromHundredths } from "./jp.ts";
import {
  type CreditedUnit,
  type PersonSlot,
  type ProgrammeCredit,
  programmeCreditFrom,
  requiredTotalJp,
  requiredUnitJp,
} from "./programme-credit.ts";
import { bestScore, isAccepted, latestStatus } from "./results.ts";
import { countingSlots } from "./slot-overlap.ts";
import { type OwedSurveys, surveyDecision } from "./survey-requirement.ts";

/** A slot of a session that one person belongs to, with what they got for it. */
export interface CompletionSlot extends PersonSlot {
  /** What the slot gives to who was there, JP. */
  readonly slotJp: number;
  /** AT6's answer. */
  readonly isHeld: boolean;
  /** Whether it is asked of the person: their group's session, or one without a group. */
  readonly isExpected: boolean;
}

/** A result of one person. */
export interface CountedResult {
  readonly requirement: string;
  readonly score: number | null;
  readonly status: ResultStatus | null;
  /** Epoch ms. */
  readonly takenAt: number;
}

export interface CompletionInput {
  readonly units: readonly CreditedUnit[];
  readonly requirements: Policy["requirements"];
  /** When the programme's last slot ends (epoch ms); null where none is planned. */
  readonly endsAt: number | null;
  readonly now: number;
  readonly slots: readonly CompletionSlot[];
  /** In order of their recording. */
  readonly results: readonly CountedResult[];
  /** What the programme's conditions of entry say of the person; null where it has none. */
  readonly entry: EntryCheck | null;
  /** What the programme's own surveys ask of the person; null where it has none. */
  readonly surveys: OwedSurveys | null;
}

export interface EntryCheck {
  /** Of the conditions. */
  readonly version: number;
  readonly problems: readonly EntryProblem[];
}

/** `minShare` of a requirement of attendance that does not say one: all of it. */
const WHOLE_SHARE = 10_000;

/**
 * CO1 to CO9 and CO12 for one person: every requirement of the policy with what was required, what was found, whether
 * it is met and why. What the policy does not list is not required.
 */
export function completionFrom(input: CompletionInput): CompletionDecision {
  const accepted = input.units.filter(({ code }) => isAccepted(ofRequirement(input, `self-study:${code}`)));
  const credit = programmeCreditFrom(input.units, input.slots, new Set(accepted.map(({ code }) => code)));
  const requirements = input.requirements.map((requirement) => decisionOf(requirement, input, credit));
  const isOver = input.endsAt !== null && input.now >= input.endsAt;
  const isMet = requirements.every(({ met }) => met);
  return {
    status: isOver ? (isMet ? "complete" : "incomplete") : "pending",
    jp: credit.jp,
    units: credit.units.map(({ code, jp }) => ({ code, jp })),
    requirements,
  };
}

type Requirement = Policy["requirements"][number];

function decisionOf(
  requirement: Requirement,
  input: CompletionInput,
  credit: ProgrammeCredit,
): RequirementDecision {
  const { code, minShare = WHOLE_SHARE } = requirement;
  if (code === "attendance.total") {
    const units = input.units.map((unit) => ({ ...unit, heldSlotJps: heldSlotJps(input, unit.code) }));
    return attendanceDecision(code, requiredTotalJp(units, minShare), credit.jp);
  }
  const unitCode = /^attendance\.unit:(.*)$/.exec(code)?.[1];
  if (unitCode !== undefined) {
    const unit = input.units.find((known) => known.code === unitCode);
    const required = unit ? requiredUnitJp(unit, heldSlotJps(input, unitCode), minShare) : null;
    return attendanceDecision(code, required, credit.units.find((known) => known.code === unitCode)?.jp ?? 0);
  }
  const results = ofRequirement(input, code);
  if (code === "eligibility" && results.length === 0 && input.entry) return entryDecision(input.entry);
  // An imported result meets it all the same: CO8.
  if (code === "survey" && input.surveys && results.length === 0) {
    return surveyDecision(code, minShare, input.surveys);
  }
  return resultDecision(requirement, results);
}

/** CO12: who meets the conditions of entry is eligible, unless an officer recorded something else. */
function entryDecision({ version, problems }: EntryCheck): RequirementDecision {
  const met = problems.length === 0;
  return {
    code: "eligibility",
    required: "accepted",
    found: met ? "accepted" : null,
    met,
    why: met ? "entry-met" : "entry-unmet",
    entry: { version, problems: problems.map(({ message: _message, ...problem }) => problem) },
  };
}

function attendanceDecision(code: string, required: number | null, found: number): RequirementDecision {
  if (required === null) return { code, required, found, met: false, why: "no-slot-held" };
  const met = hundredthsFromJp(found) >= hundredthsFromJp(required);
  return { code, required, found, met, why: met ? "enough-jp" : "too-few-jp" };
}

function ofRequirement({ results }: CompletionInput, requirement: string): readonly CountedResult[] {
  return results.filter((result) => result.requirement === requirement);
}

/** The JP of the held slots asked of the person; of a unit's slots that overlap only the greater can be had. */
function heldSlotJps({ slots }: CompletionInput, unit: string): number[] {
  const held = slots.filter((slot) => slot.unit === unit && slot.isHeld && slot.isExpected);
  const counting = countingSlots(held.map((slot) => ({ ...slot, credit: hundredthsFromJp(slot.slotJp) })));
  return counting.map((slot) => jpFromHundredths(slot.credit));
}

function resultDecision(
  { code, minScore }: Requirement,
  results: readonly CountedResult[],
): RequirementDecision {
  if (code === "pre-test" || code === "post-test") return testDecision(code, minScore, results);
  if (code === "survey") {
    const met = results.length > 0;
    return { code, required: "taken", found: met ? "taken" : null, met, why: met ? "taken" : "not-taken" };
  }
  const found = latestStatus(results);
  const met = isAccepted(results);
  const why = met ? "accepted" : results.length > 0 ? "not-accepted" : "no-result";
  return { code, required: "accepted", found, met, why };
}

/** Scores are compared as they were given: both are the same decimal notation's nearest numbers. */
function testDecision(
  code: string,
  minScore: number | undefined,
  results: readonly CountedResult[],
): RequirementDecision {
  const score = bestScore(results);
  const isTaken = results.length > 0;
  if (minScore === undefined) {
    const found = isTaken ? (score ?? "taken") : null;
    return { code, required: "taken", found, met: isTaken, why: isTaken ? "taken" : "not-taken" };
  }
  if (score === null) return { code, required: minScore, found: null, met: false, why: "not-taken" };
  const met = score >= minScore;
  return { code, required: minScore, found: score, met, why: met ? "score-reached" : "score-below" };
}
