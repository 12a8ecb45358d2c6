import type { ProgrammeJson } from "../../../server/protocol/api-records.ts";
import type { Policy } from "../../../server/protocol/evidence.ts";
import { formatNumber } from "../../i18n/format.ts";
import { t } from "../admin-words.ts";
import { decimalFrom } from "../form/decimal.ts";

export const REQUIREMENT_KINDS = [
  "attendance.total",
  "attendance.unit",
  "pre-test",
  "post-test",
  "assignment",
  "survey",
  "eligibility",
] as const;
export type RequirementKind = (typeof REQUIREMENT_KINDS)[number];

export interface RequirementDraft {
  /** For the page: rows keep their fields when one above them goes. */
  readonly key: number;
  readonly kind: RequirementKind;
  /** Of a unit or an assignment. */
  readonly code: string;
  /** Percent, of attendance. */
  readonly share: string;
  /** Of a test; empty where taking it is enough. */
  readonly score: string;
}

/** A policy as it is typed: shares in percent, times in minutes. */
export interface PolicyDraft {
  readonly minutesPerJp: string;
  readonly slotCredit: Policy["slotCredit"];
  readonly minSlotShare: string;
  readonly minHeldShare: string;
  readonly bridgeMinutes: string;
  readonly outageMinutes: string;
  readonly requirements: readonly RequirementDraft[];
}

const percentText = (share: number) => String(share / 100).replace(".", ",");
const minutesText = (ms: number) => String(Math.round(ms / 600) / 100).replace(".", ",");

export function policyDraftFrom(policy: Policy): PolicyDraft {
  return {
    minutesPerJp: String(policy.minutesPerJp),
    slotCredit: policy.slotCredit,
    minSlotShare: percentText(policy.minSlotShare),
    minHeldShare: percentText(policy.minHeldShare),
    bridgeMinutes: minutesText(policy.bridgeGapMs),
    outageMinutes: minutesText(policy.outageRejoinMs),
    requirements: policy.requirements.map(({ code, minShare, minScore }, key) => {
      const [kind = "", ofCode = ""] = code.split(/:(.*)/);
      return {
        key,
        kind: REQUIREMENT_KINDS.find((known) => known === kind) ?? "survey",
        code: ofCode,
        share: percentText(minShare ?? 10_000),
        score: minScore === undefined ? "" : String(minScore).replace(".", ","),
      };
    }),
  };
}

export function requirementDraft(key: number, kind: RequirementKind): RequirementDraft {
  return { key, kind, code: "", share: "80", score: "" };
}

const isAttendance = (kind: RequirementKind) => kind.startsWith("attendance.");
export const hasCode = (kind: RequirementKind) => kind === "attendance.unit" || kind === "assignment";
export const hasScore = (kind: RequirementKind) => kind === "pre-test" || kind === "post-test";
export const hasShare = isAttendance;

function codeOf({ kind, code }: RequirementDraft): string {
  return hasCode(kind) ? `${kind}:${code.trim()}` : kind;
}

function numberIn(text: string, least: number, most: number): number | null {
  const value = decimalFrom(text);
  return value !== null && value >= least && value <= most ? value : null;
}

type Errors = ReadonlyMap<string, string>;

/** What can be told before asking the server, by field. */
export function policyErrorsFrom(draft: PolicyDraft): Errors {
  const errors = new Map<string, string>();
  const check = (path: string, text: string, least: number, most: number) => {
    if (numberIn(text, least, most) === null) errors.set(path, t("policyForm.range", { least, most }));
  };
  check("minutesPerJp", draft.minutesPerJp, 1, 600);
  if (!/^\d+$/.test(draft.minutesPerJp.trim())) errors.set("minutesPerJp", t("policyForm.whole"));
  check("minSlotShare", draft.minSlotShare, 0, 100);
  check("minHeldShare", draft.minHeldShare, 0, 100);
  check("bridgeMinutes", draft.bridgeMinutes, 0, 60);
  check("outageMinutes", draft.outageMinutes, 0, 1440);
  const codes = draft.requirements.map(codeOf);
  draft.requirements.forEach((row, index) => {
    const at = `requirements.${index}`;
    if (hasShare(row.kind)) check(`${at}.share`, row.share, 0, 100);
    if (hasScore(row.kind) && row.score.trim() !== "") check(`${at}.score`, row.score, 0, 10_000);
    if (hasCode(row.kind) && !/^[0-9A-Za-z][0-9A-Za-z.-]{0,31}$/.test(row.code.trim())) {
      errors.set(`${at}.code`, t(row.kind === "assignment" ? "field.code" : "field.required"));
    } else if (codes.indexOf(codes[index] ?? "") < index) {
      errors.set(`${at}.${hasCode(row.kind) ? "code" : "kind"}`, t("policyForm.twice"));
    }
  });
  return errors;
}

/** The policy that a draft without errors says. */
export function policyFrom(draft: PolicyDraft): Policy {
  const basisPoints = (text: string) => Math.round((decimalFrom(text) ?? 0) * 100);
  const ms = (text: string) => Math.round((decimalFrom(text) ?? 0) * 60_000);
  return {
    minutesPerJp: decimalFrom(draft.minutesPerJp) ?? 45,
    slotCredit: draft.slotCredit,
    minSlotShare: basisPoints(draft.minSlotShare),
    minHeldShare: basisPoints(draft.minHeldShare),
    bridgeGapMs: ms(draft.bridgeMinutes),
    outageRejoinMs: ms(draft.outageMinutes),
    requirements: draft.requirements.map((row) => {
      const score = hasScore(row.kind) ? decimalFrom(row.score) : null;
      return {
        code: codeOf(row),
        ...(hasShare(row.kind) ? { minShare: basisPoints(row.share) } : {}),
        ...(score === null ? {} : { minScore: score }),
      };
    }),
  };
}

/** What is allowed, but hardly meant. */
export function policyWarningsFrom(policy: Policy): readonly string[] {
  const { minutesPerJp, slotCredit, minSlotShare, minHeldShare, bridgeGapMs, outageRejoinMs } = policy;
  const isThreshold = slotCredit === "threshold";
  const attendance = policy.requirements.filter(({ code }) => code.startsWith("attendance."));
  const warnings: readonly (readonly [boolean, string])[] = [
    [minutesPerJp !== 45, t("policyForm.warn.jp")],
    [isThreshold && minSlotShare < 5000, t("policyForm.warn.lowSlot")],
    [isThreshold && minSlotShare > 9500, t("policyForm.warn.highSlot")],
    [minHeldShare < 1000, t("policyForm.warn.lowHeld")],
    [minHeldShare > 9000, t("policyForm.warn.highHeld")],
    [bridgeGapMs > 600_000, t("policyForm.warn.bridge")],
    [outageRejoinMs > 1_800_000, t("policyForm.warn.outage")],
    [policy.requirements.length === 0, t("policyForm.warn.none")],
    [policy.requirements.length > 0 && attendance.length === 0, t("policyForm.warn.noAttendance")],
    [attendance.some(({ minShare = 10_000 }) => minShare < 5000), t("policyForm.warn.lowShare")],
    [
      policy.requirements.some(({ code, minScore }) => code === "post-test" && minScore === undefined),
      t("policyForm.warn.noScore"),
    ],
    [policy.requirements.some(({ minScore = 0 }) => minScore > 100), t("policyForm.warn.highScore")],
  ];
  return warnings.flatMap(([isSo, text]) => (isSo ? [text] : []));
}

/** What the policy means in this programme's own minutes and JP. */
export function policyEffectsFrom(policy: Policy, units: ProgrammeJson["units"]): readonly string[] {
  const { minutesPerJp, slotCredit, minSlotShare, requirements } = policy;
  const slot = (minutesPerJp * minSlotShare) / 10_000;
  const hundredths = (jp: number) => Math.round(jp * 100);
  const all = units.reduce((sum, { jp }) => sum + hundredths(jp), 0);
  const shared = (jp: number, minShare: number) => formatNumber(Math.ceil((jp * minShare) / 10_000) / 100);
  return [
    ...(slotCredit === "threshold"
      ? [t("policyForm.effect.slot", { minutes: minutesPerJp, least: formatNumber(slot) })]
      : []),
    ...requirements.flatMap(({ code, minShare = 10_000 }) => {
      const unit = units.find((known) => code === `attendance.unit:${known.code}`);
      if (code === "attendance.total") {
        return [t("policyForm.effect.total", { all: formatNumber(all / 100), least: shared(all, minShare) })];
      }
      if (!unit) return [];
      const least = shared(hundredths(unit.jp), minShare);
      return [t("policyForm.effect.unit", { unit: unit.title, all: formatNumber(unit.jp), least })];
    }),
  ];
}
