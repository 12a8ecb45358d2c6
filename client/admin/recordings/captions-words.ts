import { enCaptions } from "../../i18n/en/admin-captions.ts";
import { idCaptions } from "../../i18n/id/admin-captions.ts";
import { createTranslate } from "../../i18n/translate.ts";

/** The words of the office's page about captions. */
export const captionsText = createTranslate({ id: idCaptions, en: enCaptions });

/** Those that classes in Indonesia are held in or interpreted into; the API takes any. */
export const CAPTION_LANGUAGES = ["id", "en", "jv", "su", "ms", "ar", "zh"] as const;
