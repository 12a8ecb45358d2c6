import { computed, signal } from "@preact/signals";
import type { z } from "zod";
import type {
  AccountBody,
  AccountChangeBody,
  AccountJson,
  AccountView,
  accountCreatedSchema,
  accountLinkSchema,
  invitationAcceptedSchema,
  invitedSchema,
  mySessionsSchema,
  recoveryCodesSchema,
  SignInBody,
  secondFactorProposalSchema,
  signInListSchema,
} from "../../server/protocol/accounts.ts";
import type {
  AttendanceReportJson,
  apiKeyBodySchema,
  apiKeyCreatedSchema,
  apiKeySchema,
  linkRevocationBodySchema,
  linkRevocationsSchema,
  linkSchema,
  linksBodySchema,
  linksCreatedSchema,
} from "../../server/protocol/api.ts";
import type {
  enrolmentResultsSchema,
  enrolmentSchema,
  ProgrammeChange,
  ProgrammeJson,
  programmeBodySchema,
  SessionDetail,
  SessionJson,
  sessionBodySchema,
  sessionChangeSchema,
  sessionSchema,
  staffBodySchema,
  staffSchema,
  Warning,
} from "../../server/protocol/api-records.ts";
import type {
  AdjustmentJson,
  CheckInScreenJson,
  MarkJson,
  RollCallJson,
} from "../../server/protocol/api-rulings.ts";
import type { CaptionTrack, captionListSchema } from "../../server/protocol/captions.ts";
import type { CertificateNumbering } from "../../server/protocol/certificate-number.ts";
import type { CertificateJson, CertificatesIssued } from "../../server/protocol/certificates.ts";
import type { CompletionReport, ResultReport } from "../../server/protocol/completion.ts";
import type { CorrectionQueue, DisputeJson } from "../../server/protocol/disputes.ts";
import type { EntryJson } from "../../server/protocol/entry.ts";
import type { ErasedJson, ErasureReason } from "../../server/protocol/erasure.ts";
import type { Policy } from "../../server/protocol/evidence.ts";
import type { IssuerJson, issuerBodySchema } from "../../server/protocol/issuer.ts";
import type {
  ProgrammeKeeping,
  RecordingJson,
  RecordingLinkJson,
  RecordingPage,
  RecordingSettings,
  RecordingSpace,
  recordingListSchema,
} from "../../server/protocol/recording-office.ts";
import type { ProgrammeSurveys, SurveyReport, SurveySettings } from "../../server/protocol/surveys.ts";
import type { TrailPage } from "../../server/protocol/trail.ts";
import { type Answer, requestJson } from "../http/request-json.ts";

export type Enrolment = z.infer<typeof enrolmentSchema>;
export type EnrolmentResults = z.infer<typeof enrolmentResultsSchema>;
/** A roster as a CSV text or a workbook's bytes. */
export interface RosterFile {
  readonly type: string;
  readonly content: string | Blob;
}
export type Staff = z.infer<typeof staffSchema>;
export type ApiKey = z.infer<typeof apiKeySchema>;
export type Link = z.infer<typeof linkSchema>;
type LinkRevocationBody = z.input<typeof linkRevocationBodySchema>;
type LinkRevocations = z.infer<typeof linkRevocationsSchema>;
export type LinksCreated = z.infer<typeof linksCreatedSchema>;
export type ProgrammeBody = z.input<typeof programmeBodySchema>;
export type SessionBody = z.input<typeof sessionBodySchema>;
export type IssuerBody = z.input<typeof issuerBodySchema>;
export type SessionChangeBody = z.input<typeof sessionChangeSchema>;
/** A planned session, and what is odd about its plan. */
type SavedSession = z.infer<typeof sessionSchema> & { readonly warnings: readonly Warning[] };
type MarkBody = Pick<MarkJson, "slotId" | "enrolmentId" | "status">;
export type StaffBody = z.input<typeof staffBodySchema>;

/** Who is signed in; null while nobody is, undefined until the server has said. */
export const signedIn = signal<AccountView | null | undefined>(undefined);

/** Whether what is shown may be changed: not by who only reads. */
export const canChange = computed(() => signedIn.value?.access === "admin");

type Request = Parameters<typeof requestJson>[1];

/** Asks as the administrator; an answer that nobody is signed in shows the sign-in page. */
async function ask<Data>(path: string, request?: Request): Promise<Answer<Data>> {
  const answer = await requestJson<Data>(`/api/v1${path}`, request);
  if (!answer.ok && answer.code === "unauthenticated") signedIn.value = null;
  return answer;
}

const of = encodeURIComponent;
const post = (body?: unknown): Request => ({ method: "POST", ...(body === undefined ? {} : { body }) });

/** All pages of a list, one after the other. */
async function askAll<Item>(path: string): Promise<Answer<readonly Item[]>> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const after: string = cursor === null ? "" : `&cursor=${of(cursor)}`;
    const answer: Answer<{ items: Item[]; nextCursor: string | null }> = await ask(
      `${path}?limit=1000${after}`,
    );
    if (!answer.ok) return answer;
    items.push(...answer.data.items);
    cursor = answer.data.nextCursor;
  } while (cursor !== null);
  return { ok: true, data: items };
}

export const adminApi = {
  signIn: (token: string) => requestJson<AccountView>("/api/v1/admin/sign-in", post({ token })),
  signInByPassword: (body: SignInBody) => requestJson<AccountView>("/api/v1/account/sign-in", post(body)),
  invited: (token: string) =>
    requestJson<z.infer<typeof invitedSchema>>("/api/v1/account/invitation", post({ token })),
  acceptInvitation: (token: string, password: string) =>
    requestJson<z.infer<typeof invitationAcceptedSchema>>(
      "/api/v1/account/invitation/accept",
      post({ token, password }),
    ),
  changePassword: (body: { current?: string; password: string }) =>
    ask<undefined>("/account/password", { method: "PUT", body }),
  proposeSecondFactor: () =>
    ask<z.infer<typeof secondFactorProposalSchema>>("/account/second-factor", post()),
  confirmSecondFactor: (code: string) =>
    ask<z.infer<typeof recoveryCodesSchema>>("/account/second-factor/confirm", post({ code })),
  removeSecondFactor: (code: string) => ask<undefined>("/account/second-factor/remove", post({ code })),
  signIns: () => ask<z.infer<typeof signInListSchema>>("/account/sign-ins"),
  endSignIn: (id: string) => ask<undefined>(`/account/sign-ins/${of(id)}`, { method: "DELETE" }),

  accounts: () => askAll<AccountJson>("/accounts"),
  createAccount: (body: AccountBody) => ask<z.infer<typeof accountCreatedSchema>>("/accounts", post(body)),
  changeAccount: (id: string, body: AccountChangeBody) =>
    ask<unknown>(`/accounts/${of(id)}`, { method: "PUT", body }),
  passwordLink: (id: string) =>
    ask<z.infer<typeof accountLinkSchema>>(`/accounts/${of(id)}/password-link`, post()),
  resetSecondFactor: (id: string) => ask<unknown>(`/accounts/${of(id)}/second-factor/reset`, post()),
  signOutAccount: (id: string) => ask<unknown>(`/accounts/${of(id)}/sign-out`, post()),
  apiKeys: () => askAll<ApiKey>("/api-keys"),
  createApiKey: (body: z.input<typeof apiKeyBodySchema>) =>
    ask<z.infer<typeof apiKeyCreatedSchema>>("/api-keys", post(body)),
  revokeApiKey: (id: string) => ask<ApiKey>(`/api-keys/${of(id)}`, { method: "DELETE" }),
  mySessions: () => ask<z.infer<typeof mySessionsSchema>>("/my/sessions"),
  enterClass: (sessionId: string) => ask<{ linkId: string }>(`/my/sessions/${of(sessionId)}/enter`, post()),

  signOut: () => ask<undefined>("/account/sign-out", post()),
  me: () => ask<AccountView>("/account"),

  programmes: () => askAll<ProgrammeJson>("/programmes"),
  programme: (code: string) => ask<ProgrammeJson>(`/programmes/${of(code)}`),
  createProgramme: (body: ProgrammeBody) => ask<{ id: string }>("/programmes", post(body)),
  changeProgramme: (code: string, body: ProgrammeChange) =>
    ask<ProgrammeJson>(`/programmes/${of(code)}`, { method: "PUT", body }),
  changePolicy: (code: string, policy: Policy) =>
    ask<ProgrammeJson>(`/programmes/${of(code)}/policy`, { method: "PUT", body: policy }),
  staff: (code: string) => askAll<Staff>(`/programmes/${of(code)}/staff`),
  addStaff: (code: string, body: StaffBody) => ask<Staff>(`/programmes/${of(code)}/staff`, post(body)),

  changeStaff: (id: string, body: StaffBody) => ask<Staff>(`/staff/${of(id)}`, { method: "PUT", body }),
  removeStaff: (id: string) => ask<Staff>(`/staff/${of(id)}`, { method: "DELETE" }),

  enrolments: (code: string) => askAll<Enrolment>(`/programmes/${of(code)}/enrolments`),
  enrol: (code: string, row: Readonly<Record<string, string>>) =>
    ask<EnrolmentResults>(`/programmes/${of(code)}/enrolments`, post([row])),
  changePerson: (id: string, body: Readonly<Record<string, string>>) =>
    ask<Enrolment & { readonly warnings: readonly Warning[] }>(`/enrolments/${of(id)}`, {
      method: "PUT",
      body,
    }),
  removePerson: (id: string) => ask<Enrolment>(`/enrolments/${of(id)}`, { method: "DELETE" }),
  linksOfEnrolment: (id: string) => ask<{ readonly items: readonly Link[] }>(`/enrolments/${of(id)}/links`),
  importEnrolments: (code: string, file: RosterFile) =>
    ask<EnrolmentResults>(`/programmes/${of(code)}/enrolments`, { method: "POST", raw: file }),
  previewEnrolments: (code: string, file: RosterFile) =>
    ask<EnrolmentResults>(`/programmes/${of(code)}/enrolments/preview`, { method: "POST", raw: file }),
  entry: (code: string) => ask<EntryJson>(`/programmes/${of(code)}/entry`),
  changeEntry: (code: string, conditions: EntryJson["conditions"]) =>
    ask<EntryJson>(`/programmes/${of(code)}/entry`, { method: "PUT", body: { conditions } }),

  sessions: (code: string) => askAll<SessionJson>(`/programmes/${of(code)}/sessions`),
  session: (id: string) => ask<SessionDetail>(`/sessions/${of(id)}`),
  createSession: (code: string, body: SessionBody) =>
    ask<SavedSession>(`/programmes/${of(code)}/sessions`, post(body)),
  changeSession: (id: string, body: SessionChangeBody) =>
    ask<SavedSession>(`/sessions/${of(id)}`, { method: "PUT", body }),
  cancelSession: (id: string, reason: string) =>
    ask<SessionJson>(`/sessions/${of(id)}/cancellation`, post({ reason })),
  openClass: (id: string) => ask<SessionDetail>(`/sessions/${of(id)}/open`, post()),
  closeClass: (id: string) => ask<SessionDetail>(`/sessions/${of(id)}/close`, post()),

  links: (sessionId: string) => askAll<Link>(`/sessions/${of(sessionId)}/links`),
  createLinks: (sessionId: string, whom: z.input<typeof linksBodySchema>) =>
    ask<LinksCreated>(`/sessions/${of(sessionId)}/links/batch`, post(whom)),
  revokeLinks: (which: LinkRevocationBody) => ask<LinkRevocations>("/links/revocation", post(which)),

  completion: (code: string) => ask<CompletionReport>(`/programmes/${of(code)}/completion`),
  completionFile: (code: string, format: "csv" | "xlsx") =>
    `/api/v1/programmes/${of(code)}/completion?format=${format}`,
  surveys: (code: string) => ask<ProgrammeSurveys>(`/programmes/${of(code)}/surveys`),
  surveysFile: (code: string, format: "csv" | "xlsx") =>
    `/api/v1/programmes/${of(code)}/surveys?format=${format}`,
  sessionSurvey: (id: string) => ask<SurveyReport>(`/sessions/${of(id)}/surveys`),
  sessionSurveyFile: (id: string, format: "csv" | "xlsx") =>
    `/api/v1/sessions/${of(id)}/surveys?format=${format}`,
  surveySettings: (code: string) => ask<SurveySettings>(`/programmes/${of(code)}/survey-settings`),
  changeSurveySettings: (code: string, body: Omit<SurveySettings, "version">) =>
    ask<SurveySettings>(`/programmes/${of(code)}/survey-settings`, { method: "PUT", body }),
  importResults: (code: string, csv: string) =>
    ask<ResultReport>(`/programmes/${of(code)}/results`, {
      method: "POST",
      raw: { type: "text/csv", content: csv },
    }),

  certificates: (code: string) => askAll<CertificateJson>(`/programmes/${of(code)}/certificates`),
  issueCertificates: (code: string, enrolmentIds: readonly string[]) =>
    ask<CertificatesIssued>(`/programmes/${of(code)}/certificates`, post({ enrolmentIds })),
  revokeCertificate: (id: string, reason: string) =>
    ask<CertificateJson>(`/certificates/${of(id)}/revoke`, post({ reason })),
  certificateFile: (id: string) => `/api/v1/certificates/${of(id)}/pdf`,
  certificatesFile: (code: string) => `/api/v1/programmes/${of(code)}/certificates.pdf`,
  numbering: (code: string) => ask<CertificateNumbering>(`/programmes/${of(code)}/certificates/numbering`),
  changeNumbering: (code: string, template: string) =>
    ask<CertificateNumbering>(`/programmes/${of(code)}/certificates/numbering`, {
      method: "PUT",
      body: { template },
    }),
  issuer: () => ask<IssuerJson>("/issuer"),
  changeIssuer: (body: IssuerBody) => ask<IssuerJson>("/issuer", { method: "PUT", body }),
  changeLogo: (logo: File) =>
    ask<IssuerJson>("/issuer/logo", { method: "PUT", raw: { type: logo.type, content: logo } }),
  removeLogo: () => ask<IssuerJson>("/issuer/logo", { method: "DELETE" }),
  logoFile: () => "/api/v1/issuer/logo",
  certificateSample: () => "/api/v1/issuer/sample",

  attendance: (sessionId: string) => ask<AttendanceReportJson>(`/sessions/${of(sessionId)}/attendance`),
  sessionCalendar: (sessionId: string) => `/api/v1/sessions/${of(sessionId)}/calendar.ics`,
  programmeCalendar: (code: string) => `/api/v1/programmes/${of(code)}/calendar.ics`,
  attendanceFile: (sessionId: string, format: "csv" | "json" | "pdf" | "xlsx") =>
    `/api/v1/sessions/${of(sessionId)}/attendance?format=${format}`,
  groupWorkFile: (sessionId: string, format: "csv" | "json" | "xlsx") =>
    `/api/v1/sessions/${of(sessionId)}/group-work?format=${format}`,
  programmeAttendanceFile: (code: string, format: "csv" | "xlsx") =>
    `/api/v1/programmes/${of(code)}/attendance?format=${format}`,
  rollCall: (sessionId: string) => ask<RollCallJson>(`/sessions/${of(sessionId)}/roll-call`),
  mark: (sessionId: string, marks: readonly MarkBody[]) =>
    ask<{ items: readonly MarkJson[] }>(`/sessions/${of(sessionId)}/marks`, post(marks)),
  checkInScreen: (sessionId: string) => ask<CheckInScreenJson>(`/sessions/${of(sessionId)}/check-in`),
  adjustments: (sessionId: string) =>
    ask<{ items: readonly AdjustmentJson[] }>(`/sessions/${of(sessionId)}/adjustments`),
  proposeAdjustment: (sessionId: string, body: Omit<MarkBody, "status"> & { jp: number; reason: string }) =>
    ask<{ adjustmentId: string }>(`/sessions/${of(sessionId)}/adjustments`, post(body)),
  disputes: (sessionId: string) =>
    ask<{ items: readonly DisputeJson[] }>(`/sessions/${of(sessionId)}/disputes`),
  disputeFile: (sessionId: string, disputeId: string) =>
    `/api/v1/sessions/${of(sessionId)}/disputes/${of(disputeId)}/file`,
  proposeFromDispute: (sessionId: string, disputeId: string, body: { jp: number; reason: string }) =>
    ask<DisputeJson>(`/sessions/${of(sessionId)}/disputes/${of(disputeId)}/propose`, post(body)),
  rejectDispute: (sessionId: string, disputeId: string, reason: string) =>
    ask<DisputeJson>(`/sessions/${of(sessionId)}/disputes/${of(disputeId)}/reject`, post({ reason })),
  correctionQueue: (code: string) => ask<CorrectionQueue>(`/programmes/${of(code)}/corrections`),
  decideAdjustment: (sessionId: string, adjustmentId: string, ruling: "approve" | "reject") =>
    ask<AdjustmentJson>(`/sessions/${of(sessionId)}/adjustments/${of(adjustmentId)}/${ruling}`, post()),
  evidenceFile: (sessionId: string) => `/api/v1/sessions/${of(sessionId)}/evidence`,

  sessionRecordings: (sessionId: string) =>
    ask<z.infer<typeof recordingListSchema>>(`/sessions/${of(sessionId)}/recordings`),
  captions: (recordingId: string) =>
    ask<z.infer<typeof captionListSchema>>(`/recordings/${of(recordingId)}/captions`),
  writeCaptions: (recordingId: string, language: string, content: string) =>
    ask<CaptionTrack>(`/recordings/${of(recordingId)}/captions/${of(language)}`, {
      method: "PUT",
      body: { content },
    }),
  removeCaptions: (recordingId: string, language: string) =>
    ask<undefined>(`/recordings/${of(recordingId)}/captions/${of(language)}`, { method: "DELETE" }),
  recordings: (filter: string, cursor: string | null) =>
    ask<RecordingPage>(`/recordings?${filter}${cursor === null ? "" : `&cursor=${of(cursor)}`}`),
  prolongRecording: (id: string, body: { keptUntil: number; reason: string }) =>
    ask<RecordingJson>(`/recordings/${of(id)}/prolongation`, post(body)),
  deleteRecording: (id: string, reason: string) =>
    ask<RecordingJson>(`/recordings/${of(id)}/deletion`, post({ reason })),
  recordingLinks: (id: string) => ask<{ items: readonly RecordingLinkJson[] }>(`/recordings/${of(id)}/links`),
  shareRecording: (id: string, body: { label: string; expiresAt: number }) =>
    ask<RecordingLinkJson & { readonly url: string }>(`/recordings/${of(id)}/links`, post(body)),
  revokeRecordingLink: (id: string) =>
    ask<RecordingLinkJson>(`/recording-links/${of(id)}`, { method: "DELETE" }),
  recordingSpace: () => ask<RecordingSpace>("/recording-space"),
  recordingSettings: () => ask<RecordingSettings>("/recording-settings"),
  changeRecordingSettings: (body: RecordingSettings) =>
    ask<RecordingSettings>("/recording-settings", { method: "PUT", body }),
  programmeKeeping: (code: string) => ask<ProgrammeKeeping>(`/programmes/${of(code)}/recording-settings`),
  changeProgrammeKeeping: (code: string, body: ProgrammeKeeping) =>
    ask<ProgrammeKeeping>(`/programmes/${of(code)}/recording-settings`, { method: "PUT", body }),

  trail: (filter: string, cursor: string | null) =>
    ask<TrailPage>(`/trail?${filter}${cursor === null ? "" : `&cursor=${of(cursor)}`}`),
  trailFile: (filter: string) => `/api/v1/trail?${filter}&format=csv`,
  personDataFile: (enrolmentId: string) => `/api/v1/enrolments/${of(enrolmentId)}/data`,
  erasePerson: (enrolmentId: string, reason: ErasureReason) =>
    ask<ErasedJson>(`/enrolments/${of(enrolmentId)}/erasure`, post({ reason })),
} as const;
