import { enVerify } from "../i18n/en/verify.ts";
import { idVerify } from "../i18n/id/verify.ts";
import { createTranslate } from "../i18n/translate.ts";

export const t = createTranslate({ id: idVerify, en: enVerify });
