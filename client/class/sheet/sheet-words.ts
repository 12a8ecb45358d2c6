import { enSheet } from "../../i18n/en/sheet.ts";
import { idSheet } from "../../i18n/id/sheet.ts";
import { createTranslate } from "../../i18n/translate.ts";

/** The words of answer sheets, loaded with them. */
export const SHEET_WORDS = { id: idSheet, en: enSheet } as const;
export const ts = createTranslate(SHEET_WORDS);
