import { enCases } from "../i18n/en/cases.ts";
import { enGroupPlans } from "../i18n/en/group-plans.ts";
import { enGroupWork } from "../i18n/en/group-work.ts";
import { idCases } from "../i18n/id/cases.ts";
import { idGroupPlans } from "../i18n/id/group-plans.ts";
import { idGroupWork } from "../i18n/id/group-work.ts";
import { createTranslate } from "../i18n/translate.ts";

/** The words of the pages where cases and groups are prepared, and the groups' work is scored. */
export const CASE_WORDS = {
  id: { ...idCases, ...idGroupPlans, ...idGroupWork },
  en: { ...enCases, ...enGroupPlans, ...enGroupWork },
} as const;

export const caseText = createTranslate(CASE_WORDS);
