import { enDisputes } from "../i18n/en/disputes.ts";
import { idDisputes } from "../i18n/id/disputes.ts";
import { createTranslate } from "../i18n/translate.ts";

/** The words of one's own times and objections. */
export const disputeText = createTranslate({ id: idDisputes, en: enDisputes });
