import type { EntryProblemJson, RequirementDecision } from "../../server/protocol/completion.ts";
import { enCompletion } from "../i18n/en/completion.ts";
import { formatNumber } from "../i18n/format.ts";
import { idCompletion } from "../i18n/id/completion.ts";
import { createTranslate } from "../i18n/translate.ts";

/** The words of decisions, which the administration and the participant's own page share. */
export const COMPLETION_WORDS = { id: idCompletion, en: enCompletion } as const;

export const completionText = createTranslate(COMPLETION_WORDS);

/** A requirement's name, such as `Kehadiran KAI`. */
export function requirementTitle(requirement: string): string {
  const [kind, code = ""] = requirement.split(/:(.*)/);
  switch (kind) {
    case "attendance.total":
    case "pre-test":
    case "post-test":
    case "survey":
    case "eligibility":
      return completionText(`need.${kind}`);
    case "attendance.unit":
    case "assignment":
      return completionText(`need.${kind}`, { code });
    default:
      return requirement;
  }
}

/** Why a requirement is met or not: `4,25 JP, disyaratkan 4,8 JP; kurang 0,55 JP`. */
export function whyText(decision: RequirementDecision): string {
  const { why, found, required, entry, missingSurveys = [] } = decision;
  const [had, needed] = [numberOf(found), numberOf(required)];
  switch (why) {
    case "enough-jp":
    case "score-reached":
    case "score-below":
      return completionText(`why.${why}`, { found: formatNumber(had), required: formatNumber(needed) });
    case "too-few-jp":
      return completionText(`why.${why}`, {
        found: formatNumber(had),
        required: formatNumber(needed),
        missing: formatNumber((Math.round(needed * 100) - Math.round(had * 100)) / 100),
      });
    case "surveys-answered":
      return completionText(`why.${why}`, { found: had, required: needed });
    case "surveys-missing":
      return missingText(had, needed, missingSurveys);
    case "not-accepted":
      return completionText(`why.${why}`, { found: statusText(found) });
    case "entry-met":
      return completionText(`why.${why}`, { version: entry?.version ?? 1 });
    case "entry-unmet":
      return completionText(`why.${why}`, { reasons: entry?.problems.map(entryText).join("; ") ?? "" });
    default:
      return completionText(`why.${why}`);
  }
}

/** One condition of entry that is not met: `usia 54 tahun pada awal program, batas 53`. */
function entryText({ rule, field, found, needed }: EntryProblemJson): string {
  const words = { found: String(found ?? ""), needed: String(needed ?? "") };
  switch (rule) {
    case "required":
      return completionText("entry.required", { field: completionText(`entry.field.${field}`) });
    case "oneOf":
      return completionText("entry.oneOf", { field: completionText(`entry.field.${field}`), ...words });
    default:
      return completionText(`entry.${rule}`, words);
  }
}

/** `1 dari 3 survei diisi. Anda belum mengisi: Sesi pagi, akhir program` */
function missingText(
  found: number,
  required: number,
  missing: NonNullable<RequirementDecision["missingSurveys"]>,
): string {
  const count = completionText("why.surveys-missing", { found, required });
  const forms = missing.map(({ title }) => title ?? completionText("survey.end")).join(", ");
  const rest = forms === "" ? completionText("survey.later") : completionText("survey.missing", { forms });
  return `${count} ${rest}`;
}

function numberOf(value: RequirementDecision["found"]): number {
  return typeof value === "number" ? value : 0;
}

function statusText(found: RequirementDecision["found"]): string {
  if (found === "rejected" || found === "submitted" || found === "completed") {
    return completionText(`found.${found}`);
  }
  return completionText("found.none");
}
