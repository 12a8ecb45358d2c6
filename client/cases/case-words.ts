import { enCases } from "../i18n/en/cases.ts";
import { enGroupPlans } from "../i18n/en/group-plans.ts";
import { idCases } from "../i18n/id/cases.ts";
import { idGroupPlans } from "../i18n/id/group-plans.ts";
import { createTranslate } from "../i18n/translate.ts";

/** The words of the pages where cases and groups are prepared. */
export const CASE_WORDS = {
  id: { ...idCases, ...idGroupPlans },
  en: { ...enCases, ...enGroupPlans },
} as const;

export const caseText = createTranslate(CASE_WORDS);
