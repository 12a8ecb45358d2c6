import { enRecordingRights } from "../i18n/en/recording-rights.ts";
import { idRecordingRights } from "../i18n/id/recording-rights.ts";
import { createTranslate } from "../i18n/translate.ts";

/** Words for who was recorded, and for guests. */
export const t = createTranslate({ id: idRecordingRights, en: enRecordingRights });
