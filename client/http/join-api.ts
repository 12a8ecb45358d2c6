import type { JoinView, OwnAttendance, OwnIntervals } from "../../server/protocol/api.ts";
import type { CheckInScreenJson, MarkJson, RollCallJson } from "../../server/protocol/api-rulings.ts";
import type { OwnCertificate } from "../../server/protocol/certificates.ts";
import type { OwnCompletion } from "../../server/protocol/completion.ts";
import type { DisputeBody, OwnDispute, OwnDisputes } from "../../server/protocol/disputes.ts";
import type { OwnConsent, SharedRecording, Withdrawn } from "../../server/protocol/recording-office.ts";
import type { ConsentAnswer } from "../../server/protocol/recordings.ts";
import type { OwnSurveys, SurveyContent, SurveyKey } from "../../server/protocol/surveys.ts";
import type { WatchableRecording } from "../../server/protocol/watchable-recordings.ts";
import { requestJson } from "./request-json.ts";

const pathOf = (linkId: string) => `/api/v1/join/${encodeURIComponent(linkId)}`;

/** Exchanges a link's token for its cookie. Refuses `link-unknown`, `link-expired` or `link-revoked`. */
export function exchangeToken(token: string) {
  return requestJson<{ readonly linkId: string }>("/api/v1/join", { method: "POST", body: { token } });
}

/** The same for a link to one recording; refuses `recording-deleted` too. */
export function exchangeShareToken(token: string) {
  return requestJson<SharedRecording>("/api/v1/shared", { method: "POST", body: { token } });
}

/** Whose link this is, and which class it opens. */
export function fetchJoinView(linkId: string) {
  return requestJson<JoinView>(pathOf(linkId));
}

/** Says whether one may be recorded; the last answer counts. */
export function answerConsent(linkId: string, answer: ConsentAnswer) {
  return requestJson<{ readonly isGiven: boolean }>(`${pathOf(linkId)}/consent`, {
    method: "POST",
    body: answer,
  });
}

/** The recordings of the class that can be watched. */
export function fetchRecordings(linkId: string) {
  return requestJson<{ readonly items: readonly WatchableRecording[] }>(`${pathOf(linkId)}/recordings`);
}

/** What one answered to being recorded, and which recordings are kept. */
export function fetchOwnConsent(linkId: string) {
  return requestJson<OwnConsent>(`${pathOf(linkId)}/consent`);
}
/** Takes one's consent back, for recordings that were made too. */
export function withdrawConsent(linkId: string) {
  return requestJson<Withdrawn>(`${pathOf(linkId)}/consent/withdrawal`, { method: "POST", body: {} });
}

/** One's own attendance, with what the rules need to be said in words; shares are basis points. */
export function fetchOwnAttendance(linkId: string) {
  return requestJson<OwnAttendance>(`${pathOf(linkId)}/attendance`);
}

/** One's own requirements of the programme and how far they are met. */
export function fetchOwnCompletion(linkId: string) {
  return requestJson<OwnCompletion>(`${pathOf(linkId)}/completion`);
}

/** Where everything held about oneself is downloaded. */
export function ownDataFile(linkId: string): string {
  return `${pathOf(linkId)}/data`;
}

/** Where the session's times are downloaded, for a calendar. */
export function ownCalendarFile(linkId: string): string {
  return `${pathOf(linkId)}/calendar.ics`;
}

/** The times behind one's own attendance. */
export function fetchOwnIntervals(linkId: string) {
  return requestJson<OwnIntervals>(`${pathOf(linkId)}/attendance/intervals`);
}

/** What one disputed of the session, and what became of it. */
export function fetchOwnDisputes(linkId: string) {
  return requestJson<OwnDisputes>(`${pathOf(linkId)}/disputes`);
}

/** Disputes a slot; sent twice it is one dispute. */
export function fileDispute(linkId: string, body: Omit<DisputeBody, "slotId"> & { readonly slotId: string }) {
  return requestJson<OwnDispute>(`${pathOf(linkId)}/disputes`, { method: "POST", body });
}

/** Where the file of one's own dispute is downloaded. */
export function ownDisputeFile(linkId: string, disputeId: string): string {
  return `${pathOf(linkId)}/disputes/${encodeURIComponent(disputeId)}/file`;
}

/** What the session's staff need for a roll call. */
export function fetchRollCall(linkId: string) {
  return requestJson<RollCallJson>(`${pathOf(linkId)}/roll-call`);
}

/** Marks people; all are written, or none. */
export function sendMarks(
  linkId: string,
  marks: readonly Pick<MarkJson, "slotId" | "enrolmentId" | "status">[],
) {
  return requestJson<{ readonly items: readonly MarkJson[] }>(`${pathOf(linkId)}/marks`, {
    method: "POST",
    body: marks,
  });
}

/** What the hall's screen shows now. */
export function fetchCheckInScreen(linkId: string) {
  return requestJson<CheckInScreenJson>(`${pathOf(linkId)}/check-in`);
}

/** One's own certificate, once it is issued. */
export function fetchOwnCertificate(linkId: string) {
  return requestJson<OwnCertificate>(`${pathOf(linkId)}/certificate`);
}

export function ownCertificateFile(linkId: string): string {
  return `${pathOf(linkId)}/certificate/pdf`;
}

/** The surveys one is asked to fill in, with their questions. */
export function fetchOwnSurveys(linkId: string) {
  return requestJson<OwnSurveys>(`${pathOf(linkId)}/surveys`);
}

/** Sends one's answer to a survey. Refuses `survey-answered`, `survey-not-open` and `bad-request`. */
export function sendSurvey(linkId: string, answer: SurveyContent & { readonly survey: SurveyKey }) {
  return requestJson<{ readonly survey: SurveyKey }>(`${pathOf(linkId)}/surveys`, {
    method: "POST",
    body: answer,
  });
}
