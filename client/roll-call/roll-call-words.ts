import { enStaffRollCall } from "../i18n/en/staff-roll-call.ts";
import { idStaffRollCall } from "../i18n/id/staff-roll-call.ts";
import { createTranslate } from "../i18n/translate.ts";

/** The words of the staff's roll call. */
export const rollCallText = createTranslate({ id: idStaffRollCall, en: enStaffRollCall });
