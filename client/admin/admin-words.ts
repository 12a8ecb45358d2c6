import { enAdmin } from "../i18n/en/admin.ts";
import { enAdminAccounts } from "../i18n/en/admin-accounts.ts";
import { enAdminAttendance } from "../i18n/en/admin-attendance.ts";
import { enAdminCertificates } from "../i18n/en/admin-certificates.ts";
import { enAdminChanges } from "../i18n/en/admin-changes.ts";
import { enAdminCompletion } from "../i18n/en/admin-completion.ts";
import { enAdminDisputes } from "../i18n/en/admin-disputes.ts";
import { enAdminEntry } from "../i18n/en/admin-entry.ts";
import { enAdminParticipants } from "../i18n/en/admin-participants.ts";
import { enAdminPeople } from "../i18n/en/admin-people.ts";
import { enAdminPolicy } from "../i18n/en/admin-policy.ts";
import { enAdminProgrammes } from "../i18n/en/admin-programmes.ts";
import { enAdminRecordings } from "../i18n/en/admin-recordings.ts";
import { enAdminRulings } from "../i18n/en/admin-rulings.ts";
import { enAdminSessions } from "../i18n/en/admin-sessions.ts";
import { enAdminSurveys } from "../i18n/en/admin-surveys.ts";
import { enAdminTrail } from "../i18n/en/admin-trail.ts";
import { enCommon } from "../i18n/en/common.ts";
import { idAdmin } from "../i18n/id/admin.ts";
import { idAdminAccounts } from "../i18n/id/admin-accounts.ts";
import { idAdminAttendance } from "../i18n/id/admin-attendance.ts";
import { idAdminCertificates } from "../i18n/id/admin-certificates.ts";
import { idAdminChanges } from "../i18n/id/admin-changes.ts";
import { idAdminCompletion } from "../i18n/id/admin-completion.ts";
import { idAdminDisputes } from "../i18n/id/admin-disputes.ts";
import { idAdminEntry } from "../i18n/id/admin-entry.ts";
import { idAdminParticipants } from "../i18n/id/admin-participants.ts";
import { idAdminPeople } from "../i18n/id/admin-people.ts";
import { idAdminPolicy } from "../i18n/id/admin-policy.ts";
import { idAdminProgrammes } from "../i18n/id/admin-programmes.ts";
import { idAdminRecordings } from "../i18n/id/admin-recordings.ts";
import { idAdminRulings } from "../i18n/id/admin-rulings.ts";
import { idAdminSessions } from "../i18n/id/admin-sessions.ts";
import { idAdminSurveys } from "../i18n/id/admin-surveys.ts";
import { idAdminTrail } from "../i18n/id/admin-trail.ts";
import { idCommon } from "../i18n/id/common.ts";
import { createTranslate } from "../i18n/translate.ts";

/** The words of the administration pages, which load apart from the class's. */
export const ADMIN_WORDS = {
  id: {
    ...idCommon,
    ...idAdmin,
    ...idAdminAccounts,
    ...idAdminProgrammes,
    ...idAdminPolicy,
    ...idAdminSessions,
    ...idAdminChanges,
    ...idAdminParticipants,
    ...idAdminPeople,
    ...idAdminEntry,
    ...idAdminAttendance,
    ...idAdminCompletion,
    ...idAdminSurveys,
    ...idAdminCertificates,
    ...idAdminRecordings,
    ...idAdminRulings,
    ...idAdminTrail,
    ...idAdminDisputes,
  },
  en: {
    ...enCommon,
    ...enAdmin,
    ...enAdminAccounts,
    ...enAdminProgrammes,
    ...enAdminPolicy,
    ...enAdminSessions,
    ...enAdminChanges,
    ...enAdminParticipants,
    ...enAdminPeople,
    ...enAdminEntry,
    ...enAdminAttendance,
    ...enAdminCompletion,
    ...enAdminSurveys,
    ...enAdminCertificates,
    ...enAdminRecordings,
    ...enAdminRulings,
    ...enAdminTrail,
    ...enAdminDisputes,
  },
} as const;

export const t = createTranslate(ADMIN_WORDS);
