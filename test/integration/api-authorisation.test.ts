import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import type { Account, Dispute, DisputeFile } from "../../server/ports.ts";
import type { ClassEvent } from "../../server/protocol/events.ts";
import type { AccountId, ConnectionId, DisputeId, RecordingId } from "../../server/protocol/ids.ts";
import type { PlaybackTimeline } from "../../server/protocol/playback.ts";
import { ACCESS, type Access } from "../../server/transport/route.ts";
import { type ApiServer, type Call, serveApi } from "../support/api-server.ts";
import { plannedFor } from "../support/breakouts-story.ts";
import { ONE_PIXEL_PNG } from "../support/one-pixel-png.ts";
import { recordedLine, writeManifest } from "../support/recorded-story.ts";
import { sampleCase } from "../support/sample-case.ts";
import { codeFor } from "../support/totp-code.ts";
import {
  cookieIn,
  createTrainingCentre,
  givePassword,
  openAccount,
  PASSWORD,
  signedIn,
  type TrainingCentre,
  tokenIn,
} from "../support/training-centre.ts";

type Asked = Call & { readonly path?: string };

interface Row {
  /** Who may; everybody else is refused. */
  readonly may: readonly Access[];
  /** A request that would be carried out: `:linkId` is the sender's own link, or the participant's. */
  readonly request?: (access: Access) => Asked | Promise<Asked>;
}

let server: ApiServer;
let centre: TrainingCentre;
let passwordAccountId: AccountId;
const deckId = newId("dck");
const certificateId = newId("crt");
const disputeId = newId("dsp");
const caseId = newId("cas");
const attachmentId = newId("att");
const workedRoomId = newId("rom");
const recordingId = newId("rec");
const { caseId: _case, attachments: _files, ...caseBody } = sampleCase;
const PLAN = { title: "Rata", count: 2, assign: "even" } as const;
const endedSlotId = newId("slt");
const code = "00000-00000-00000-00000-000000";

const READ: readonly Access[] = ["admin", "auditor", "read-key"];
const ACCOUNTS: readonly Access[] = ["admin", "auditor", "staff-account", "unready-admin"];
/** Who teaches reads the recordings of their own programmes (RO7). */
const RECORDING_READERS: readonly Access[] = [...READ, "staff-account"];
const WRITE: readonly Access[] = ["admin", "write-key"];
/** Instructors share the recordings of their own programmes (RO8). */
const SHARES: readonly Access[] = [...WRITE, "staff-account"];
const STAFF: readonly Access[] = ["instructor", "facilitator"];
const CLASS: readonly Access[] = ["participant", ...STAFF];
const VIEWERS: readonly Access[] = ["guest", ...CLASS, "admin", "auditor", "staff-account"];
const EXPORTERS: readonly Access[] = [...STAFF, "admin", "staff-account"];
const EXPORT_READERS: readonly Access[] = [...EXPORTERS, "auditor"];
const OF_RECORDINGS = [VIEWERS, EXPORTERS, EXPORT_READERS, RECORDING_READERS, SHARES];
const HOUR_MS = 3_600_000;
const SESSION_SCALES = [
  "instructor.mastery@",
  "instructor.clarity@",
  "material.relevance",
  "material.quality",
  "delivery.time",
  "delivery.platform",
  "delivery.venue",
];

/** The authorisation table: every route of the API has a row here. */
const TABLE: Record<string, Row> = {
  "post /api/v1/programmes": {
    may: WRITE,
    request: () => ({
      json: { code: newId("prg").slice(4), title: "P", units: [{ code: "U", title: "U", jp: 1 }] },
    }),
  },
  "get /api/v1/programmes": { may: READ },
  "get /api/v1/programmes/:programme": { may: READ },
  "put /api/v1/programmes/:programme": {
    may: WRITE,
    request: () => ({ json: { title: centre.programme.title, units: centre.programme.units } }),
  },
  "put /api/v1/programmes/:programme/policy": { may: WRITE, request: () => ({ json: {} }) },
  "post /api/v1/programmes/:programme/enrolments": {
    may: WRITE,
    request: () => ({ json: [{ externalId: "1", name: "Citra" }] }),
  },
  "get /api/v1/programmes/:programme/enrolments": { may: READ },
  "post /api/v1/programmes/:programme/enrolments/preview": {
    may: WRITE,
    request: () => ({ json: [{ externalId: "1", name: "Citra" }] }),
  },
  "get /api/v1/programmes/:programme/entry": { may: READ },
  "put /api/v1/programmes/:programme/entry": { may: WRITE, request: () => ({ json: { conditions: [] } }) },
  "get /api/v1/enrolments/:enrolmentId": { may: READ },
  "post /api/v1/programmes/:programme/results": {
    may: WRITE,
    request: () => ({
      json: { externalId: "1", requirement: "survey", takenAt: server.clock.now(), source: "LMS" },
    }),
  },
  "get /api/v1/programmes/:programme/results": { may: READ },
  "get /api/v1/enrolments/:enrolmentId/results": { may: READ },
  "get /api/v1/programmes/:programme/completion": { may: READ },
  "get /api/v1/join/:linkId/surveys": { may: ["participant"] },
  "post /api/v1/join/:linkId/surveys": {
    may: ["participant"],
    request: () => ({
      json: {
        survey: centre.otherSession.id,
        ratings: SESSION_SCALES.map((question) => ({
          question: question.replace("@", `@${centre.instructor.id}`),
          rating: 4,
        })),
        texts: [],
      },
    }),
  },
  "get /api/v1/programmes/:programme/surveys": { may: READ },
  "get /api/v1/sessions/:sessionId/surveys": { may: READ },
  "get /api/v1/programmes/:programme/survey-settings": { may: READ },
  "put /api/v1/programmes/:programme/survey-settings": {
    may: WRITE,
    request: () => ({ json: { sessionForm: true, endForm: true } }),
  },
  "post /api/v1/programmes/:programme/staff": {
    may: WRITE,
    request: () => ({ json: { name: "S", email: `${newId("stf")}@contoh.go.id`, role: "instructor" } }),
  },
  "get /api/v1/programmes/:programme/staff": { may: READ },
  "get /api/v1/staff/:staffId": { may: READ },
  "post /api/v1/programmes/:programme/sessions": {
    may: WRITE,
    request: () => ({
      json: {
        unit: "KAI",
        title: "S",
        mode: "online",
        timeZone: "Asia/Jakarta",
        slots: [{ startAt: server.clock.now(), endAt: server.clock.now() + HOUR_MS, jp: 1 }],
      },
    }),
  },
  "get /api/v1/programmes/:programme/sessions": { may: READ },
  "get /api/v1/sessions/:sessionId": { may: READ },
  "put /api/v1/sessions/:sessionId": {
    may: WRITE,
    request: () => {
      const { unit, title, mode, group, timeZone, slots } = centre.session;
      return { json: { unit, title, mode, group, timeZone, slots } };
    },
  },
  "post /api/v1/sessions/:sessionId/cancellation": {
    may: WRITE,
    request: async () => {
      const planned = { ...centre.session, id: newId("ses") };
      await server.store.sessions.create(planned);
      return { path: `/api/v1/sessions/${planned.id}/cancellation`, json: { reason: "Banjir" } };
    },
  },
  "get /api/v1/sessions/:sessionId/calendar.ics": { may: READ },
  "get /api/v1/programmes/:programme/calendar.ics": { may: READ },
  "post /api/v1/sessions/:sessionId/open": { may: WRITE },
  "post /api/v1/sessions/:sessionId/close": { may: WRITE },
  "post /api/v1/sessions/:sessionId/links": {
    may: WRITE,
    request: () => ({ json: { enrolmentId: centre.ayu.id } }),
  },
  "post /api/v1/sessions/:sessionId/links/batch": {
    may: WRITE,
    request: () => ({ json: { enrolmentIds: [centre.ayu.id] } }),
  },
  "get /api/v1/sessions/:sessionId/links": { may: READ },
  "get /api/v1/links/:linkId": { may: READ },
  "delete /api/v1/links/:linkId": {
    may: WRITE,
    request: async () => ({ path: `/api/v1/links/${(await centre.linkFor(centre.budi)).linkId}` }),
  },
  "post /api/v1/links/revocation": {
    may: WRITE,
    request: async () => ({ json: { linkIds: [(await centre.linkFor(centre.budi)).linkId] } }),
  },
  "get /api/v1/enrolments/:enrolmentId/links": { may: READ },
  "get /api/v1/staff/:staffId/links": { may: READ },
  "put /api/v1/enrolments/:enrolmentId": {
    may: WRITE,
    request: () => ({ json: { externalId: centre.ayu.externalId, name: centre.ayu.name } }),
  },
  "delete /api/v1/enrolments/:enrolmentId": {
    may: WRITE,
    request: async () => {
      const row = { ...centre.ayu, newId: newId("enr"), externalId: newId("enr") };
      const [put] = await server.store.enrolments.put(centre.programme.id, [row], 1);
      return { path: `/api/v1/enrolments/${put?.id}` };
    },
  },
  "put /api/v1/staff/:staffId": {
    may: WRITE,
    request: () => {
      const { name, email, role } = centre.instructor;
      return { json: { name, email, role } };
    },
  },
  "delete /api/v1/staff/:staffId": {
    may: WRITE,
    request: async () => {
      const id = newId("stf");
      await server.store.staff.create({ ...centre.instructor, id, email: `${id}@contoh.go.id` });
      return { path: `/api/v1/staff/${id}` };
    },
  },
  "get /api/v1/sessions/:sessionId/attendance": { may: READ },
  "get /api/v1/programmes/:programme/attendance": { may: READ },
  "get /api/v1/sessions/:sessionId/evidence": { may: READ },
  "post /api/v1/sessions/:sessionId/marks": { may: WRITE, request: () => ({ json: mark() }) },
  "get /api/v1/sessions/:sessionId/marks": { may: READ },
  "get /api/v1/sessions/:sessionId/roll-call": { may: READ },
  "get /api/v1/sessions/:sessionId/check-in": { may: WRITE },
  "post /api/v1/sessions/:sessionId/check-in": {
    may: ["participant"],
    request: () => ({ json: { code: server.auth.checkInCode(centre.session.id).code } }),
  },
  "post /api/v1/join/:linkId/marks": { may: STAFF, request: () => ({ json: mark() }) },
  "get /api/v1/join/:linkId/check-in": { may: STAFF },
  "get /api/v1/join/:linkId/roll-call": { may: STAFF },
  "post /api/v1/sessions/:sessionId/adjustments": {
    may: WRITE,
    request: () => ({
      json: { slotId: mark().slotId, enrolmentId: centre.ayu.id, jp: 0.5, reason: "Salah catat" },
    }),
  },
  "get /api/v1/sessions/:sessionId/adjustments": { may: READ },
  "post /api/v1/sessions/:sessionId/adjustments/:adjustmentId/approve": {
    may: WRITE,
    request: async () => ({ path: `${await proposed()}/approve` }),
  },
  "post /api/v1/sessions/:sessionId/adjustments/:adjustmentId/reject": {
    may: WRITE,
    request: async () => ({ path: `${await proposed()}/reject` }),
  },
  "get /api/v1/join/:linkId/disputes": { may: ["participant"] },
  "post /api/v1/join/:linkId/disputes": {
    may: ["participant"],
    request: () => ({ json: { slotId: endedSlotId, reason: "Saya hadir sejak awal" } }),
  },
  "get /api/v1/join/:linkId/disputes/:disputeId/file": { may: ["participant"] },
  "get /api/v1/sessions/:sessionId/disputes": { may: READ },
  "get /api/v1/sessions/:sessionId/disputes/:disputeId/file": { may: READ },
  "post /api/v1/sessions/:sessionId/disputes/:disputeId/propose": {
    may: WRITE,
    request: async () => ({
      path: `${await disputed()}/propose`,
      json: { jp: 0.5, reason: "Bukti cocok" },
    }),
  },
  "post /api/v1/sessions/:sessionId/disputes/:disputeId/reject": {
    may: WRITE,
    request: async () => ({ path: `${await disputed()}/reject`, json: { reason: "Tidak ada bukti" } }),
  },
  "get /api/v1/programmes/:programme/corrections": { may: READ },
  "post /api/v1/join": { may: ACCESS, request: () => ({ json: { token: centre.links.participant.token } }) },
  "get /api/v1/join/:linkId": { may: CLASS },
  "post /api/v1/home": {
    may: ACCESS,
    request: async () => {
      const exchanged = await server.auth.exchangeLinkToken(centre.links.participant.token);
      if (!exchanged.ok) throw new Error(exchanged.code);
      return { json: { ticket: server.auth.ticketOf(exchanged.data.link) } };
    },
  },
  "post /api/v1/join/:linkId/consent": {
    may: CLASS,
    request: () => ({ json: { isGiven: true, textVersion: 1, language: "id" } }),
  },
  "get /api/v1/join/:linkId/consent": { may: CLASS },
  "post /api/v1/join/:linkId/consent/withdrawal": {
    may: CLASS,
    request: async (access) => {
      if (CLASS.includes(access)) await consentedAs(access);
      return {};
    },
  },
  "get /api/v1/join/:linkId/calendar.ics": { may: CLASS },
  "get /api/v1/join/:linkId/attendance": { may: CLASS },
  "get /api/v1/join/:linkId/attendance/intervals": { may: ["participant"] },
  "get /api/v1/join/:linkId/completion": { may: CLASS },
  "get /api/v1/join/:linkId/decks": { may: STAFF },
  "post /api/v1/join/:linkId/decks": {
    may: STAFF,
    request: () => ({ path: "?title=Materi", body: "%PDF-1.7", type: "application/pdf" }),
  },
  "get /api/v1/join/:linkId/decks/:deckId": { may: STAFF },
  "get /api/v1/join/:linkId/decks/:deckId/pages": { may: CLASS },
  "get /api/v1/join/:linkId/decks/:deckId/pages/:page/:width": { may: CLASS },
  "get /api/v1/recordings": { may: RECORDING_READERS },
  "get /api/v1/recordings/:recordingId": { may: RECORDING_READERS },
  "get /api/v1/sessions/:sessionId/recordings": { may: RECORDING_READERS },
  "post /api/v1/recordings/:recordingId/prolongation": {
    may: WRITE,
    request: async () => ({
      path: `/api/v1/recordings/${await endedRecording()}/prolongation`,
      json: { keptUntil: server.clock.now() + 1_000 * HOUR_MS, reason: "Pemeriksaan" },
    }),
  },
  "post /api/v1/recordings/:recordingId/deletion": {
    may: WRITE,
    request: async () => ({
      path: `/api/v1/recordings/${await endedRecording()}/deletion`,
      json: { reason: "Salah kelas" },
    }),
  },
  "post /api/v1/recordings/:recordingId/links": {
    may: SHARES,
    request: async () => ({
      path: `/api/v1/recordings/${await endedRecording()}/links`,
      json: { label: "Inspektorat", expiresAt: server.clock.now() + HOUR_MS },
    }),
  },
  "get /api/v1/recordings/:recordingId/links": { may: RECORDING_READERS },
  "delete /api/v1/recording-links/:recordingLinkId": {
    may: SHARES,
    request: async () => ({
      path: `/api/v1/recording-links/${(await shareOf(await endedRecording())).share.id}`,
    }),
  },
  "post /api/v1/shared": {
    may: ACCESS,
    request: async () => ({ json: { token: tokenIn((await shareOf(recordingId)).url) } }),
  },
  "get /api/v1/recording-settings": { may: READ },
  "put /api/v1/recording-settings": {
    may: WRITE,
    request: () => ({ json: { keptDays: 365, budgetBytes: null } }),
  },
  "get /api/v1/programmes/:programme/recording-settings": { may: READ },
  "put /api/v1/programmes/:programme/recording-settings": {
    may: WRITE,
    request: () => ({ json: { keptDays: 90 } }),
  },
  "get /api/v1/recording-space": { may: READ },
  "get /api/v1/recordings/:recordingId/playback": { may: VIEWERS },
  "post /api/v1/recordings/:recordingId/playback/renewal": { may: VIEWERS },
  "get /api/v1/join/:linkId/recordings": { may: CLASS },
  "get /api/v1/recordings/:recordingId/captions": { may: VIEWERS },
  "get /api/v1/recordings/:recordingId/captions/:language": { may: VIEWERS },
  "put /api/v1/recordings/:recordingId/captions/:language": {
    may: WRITE,
    request: () => ({ json: { content: "WEBVTT\n\n00:01.000 --> 00:02.000\nSelamat pagi\n" } }),
  },
  "delete /api/v1/recordings/:recordingId/captions/:language": {
    may: WRITE,
    request: async () => {
      const language = "jv";
      const cues = [{ startMs: 0, endMs: 1, text: "Sugeng enjing" }];
      await server.store.captions.put({ recordingId, language, cues, updatedAt: 1 });
      return { path: `/api/v1/recordings/${recordingId}/captions/${language}` };
    },
  },
  "get /api/v1/recordings/:recordingId/media/:leave/timeline": {
    may: VIEWERS,
    request: (access) => mediaOf(access, "timeline"),
  },
  "get /api/v1/recordings/:recordingId/media/:leave/tracks/:trackId/:number": {
    may: VIEWERS,
    request: (access) => mediaOf(access, "tracks/000001/0"),
  },
  "get /api/v1/recordings/:recordingId/media/:leave/sound/:quality/:room/:number": {
    may: VIEWERS,
    request: (access) => mediaOf(access, "sound/full/main/0"),
  },
  "get /api/v1/recordings/:recordingId/media/:leave/stills/:trackId/:number/:second": {
    may: VIEWERS,
    request: (access) => mediaOf(access, "stills/000001/0/0"),
  },
  "get /api/v1/recordings/:recordingId/media/:leave/decks/:deckId/pages": {
    may: VIEWERS,
    request: (access) => mediaOf(access, `decks/${deckId}/pages`),
  },
  "get /api/v1/recordings/:recordingId/media/:leave/decks/:deckId/pages/:page/:width": {
    may: VIEWERS,
    request: (access) => mediaOf(access, `decks/${deckId}/pages/1/960`),
  },
  "get /api/v1/recordings/:recordingId/exports": { may: EXPORT_READERS },
  "post /api/v1/recordings/:recordingId/exports": {
    may: EXPORTERS,
    request: async () => {
      await madeExport();
      return { json: { language: "id" } };
    },
  },
  "delete /api/v1/recordings/:recordingId/exports/:exportId": {
    may: EXPORTERS,
    request: async () => ({ path: await madeExport() }),
  },
  "get /api/v1/recordings/:recordingId/exports/:exportId/file": {
    may: EXPORT_READERS,
    request: async () => ({ path: `${await madeExport()}/file` }),
  },
  "get /api/v1/join/:linkId/preparation": { may: STAFF },
  "get /api/v1/join/:linkId/cases": { may: STAFF },
  "post /api/v1/join/:linkId/cases": { may: STAFF, request: () => ({ json: caseBody }) },
  "get /api/v1/join/:linkId/cases/:caseId": { may: STAFF },
  "put /api/v1/join/:linkId/cases/:caseId": { may: STAFF, request: () => ({ json: caseBody }) },
  "delete /api/v1/join/:linkId/cases/:caseId": {
    may: STAFF,
    request: async (access) => ({ path: `${linkPath(access)}/cases/${await aCase()}` }),
  },
  "post /api/v1/join/:linkId/cases/:caseId/copies": {
    may: STAFF,
    request: () => ({ json: { sessionId: centre.otherSession.id } }),
  },
  "post /api/v1/join/:linkId/cases/:caseId/files": {
    may: STAFF,
    request: () => ({ json: { name: "a.png", content: ONE_PIXEL_PNG.toString("base64") } }),
  },
  "delete /api/v1/join/:linkId/cases/:caseId/files/:attachmentId": { may: STAFF },
  "get /api/v1/join/:linkId/cases/:caseId/files/:attachmentId": {
    may: CLASS,
    request: (access) => ({ path: `${linkPath(access)}/cases/${caseId}/files/${attachmentId}` }),
  },
  "get /api/v1/join/:linkId/group-plans": { may: STAFF },
  "get /api/v1/join/:linkId/last-groups": { may: STAFF },
  "post /api/v1/join/:linkId/group-plans": { may: STAFF, request: () => ({ json: PLAN }) },
  "put /api/v1/join/:linkId/group-plans/:planId": {
    may: STAFF,
    request: async (access) => ({ path: `${linkPath(access)}/group-plans/${await aPlan()}`, json: PLAN }),
  },
  "delete /api/v1/join/:linkId/group-plans/:planId": {
    may: STAFF,
    request: async (access) => ({ path: `${linkPath(access)}/group-plans/${await aPlan()}` }),
  },
  "post /api/v1/join/:linkId/group-plans/:planId/copies": {
    may: STAFF,
    request: async (access) => ({
      path: `${linkPath(access)}/group-plans/${await aPlan()}/copies`,
      json: { sessionId: centre.otherSession.id },
    }),
  },
  "get /api/v1/join/:linkId/group-work": { may: STAFF },
  "get /api/v1/join/:linkId/group-work/:roomId": {
    may: STAFF,
    request: (access) => ({ path: `${linkPath(access)}/group-work/${workedRoomId}` }),
  },
  "put /api/v1/join/:linkId/group-work/:roomId/score": {
    may: STAFF,
    request: (access) => ({
      path: `${linkPath(access)}/group-work/${workedRoomId}/score`,
      json: { points: [{ criterionId: "cri_1", points: 1 }] },
    }),
  },
  "get /api/v1/sessions/:sessionId/group-work": { may: READ },
  "post /api/v1/admin/sign-in": {
    may: ACCESS,
    request: async () => ({
      json: { token: tokenIn((await server.auth.createAccountLink(centre.adminId, "sign-in")).url) },
    }),
  },
  "post /api/v1/account/sign-in": {
    may: ACCESS,
    request: () => ({ json: { email: "sandi@contoh.go.id", password: PASSWORD } }),
  },
  "post /api/v1/account/invitation": { may: ACCESS, request: async () => ({ json: await invited() }) },
  "post /api/v1/account/invitation/accept": {
    may: ACCESS,
    request: async () => ({ json: { ...(await invited()), password: PASSWORD } }),
  },
  "put /api/v1/account/password": { may: ACCOUNTS, request: () => ({ json: { password: PASSWORD } }) },
  "get /api/v1/account/sign-ins": { may: ACCOUNTS },
  "delete /api/v1/account/sign-ins/:signInId": {
    may: ACCOUNTS,
    request: async (access) => ({ path: `/api/v1/account/sign-ins/${await ownSignIn(access)}` }),
  },
  "post /api/v1/account/second-factor": { may: ACCOUNTS },
  "post /api/v1/account/second-factor/confirm": {
    may: ACCOUNTS,
    request: async (access) => ({ json: { code: await proposedCode(access) } }),
  },
  "post /api/v1/account/second-factor/remove": {
    may: ACCOUNTS,
    request: async (access) => ({ json: { code: await recoveryCode(access) } }),
  },
  "post /api/v1/account/sign-out": { may: ACCOUNTS },
  "get /api/v1/account": { may: ACCOUNTS },
  "get /api/v1/accounts": { may: ["admin", "auditor"] },
  "post /api/v1/accounts": {
    may: ["admin"],
    request: () => ({ json: { email: `${newId("adm")}@contoh.go.id`, name: "A", role: "auditor" } }),
  },
  "put /api/v1/accounts/:accountId": { may: ["admin"], request: () => ({ json: { name: "Ratna" } }) },
  "post /api/v1/accounts/:accountId/password-link": { may: ["admin"] },
  "post /api/v1/accounts/:accountId/second-factor/reset": { may: ["admin"] },
  "post /api/v1/accounts/:accountId/sign-out": { may: ["admin"] },
  "get /api/v1/my/sessions": { may: ACCOUNTS },
  "post /api/v1/my/sessions/:sessionId/enter": { may: ["staff-account"] },
  "post /api/v1/api-keys": {
    may: ["admin"],
    request: () => ({ json: { name: "Aplikasi", scopes: ["read"] } }),
  },
  "get /api/v1/api-keys": { may: ["admin", "auditor"] },
  "delete /api/v1/api-keys/:keyId": {
    may: ["admin"],
    request: async () => ({
      path: `/api/v1/api-keys/${(await server.auth.createApiKey("sementara", ["read"])).key.id}`,
    }),
  },
  "get /api/v1/join/:linkId/certificate": { may: ["participant"] },
  "get /api/v1/join/:linkId/certificate/pdf": { may: ["participant"] },
  "get /api/v1/programmes/:programme/certificates.pdf": { may: READ },
  "post /api/v1/programmes/:programme/certificates": { may: WRITE, request: () => ({ json: {} }) },
  "get /api/v1/programmes/:programme/certificates": { may: READ },
  "get /api/v1/certificates/:certificateId": { may: READ },
  "get /api/v1/certificates/:certificateId/pdf": { may: READ },
  "get /api/v1/certificates/:certificateId/credential": { may: READ },
  "post /api/v1/certificates/:certificateId/revoke": {
    may: WRITE,
    request: () => ({ json: { reason: "Nama salah" } }),
  },
  "get /api/v1/programmes/:programme/certificates/numbering": { may: READ },
  "put /api/v1/programmes/:programme/certificates/numbering": {
    may: WRITE,
    request: () => ({ json: { template: "{number}" } }),
  },
  "get /api/v1/issuer": { may: READ },
  "put /api/v1/issuer": { may: WRITE, request: () => ({ json: { name: "Balai Diklat" } }) },
  "put /api/v1/issuer/logo": { may: WRITE, request: () => ({ body: ONE_PIXEL_PNG, type: "image/png" }) },
  "get /api/v1/issuer/logo": { may: READ },
  "delete /api/v1/issuer/logo": { may: WRITE },
  "get /api/v1/issuer/sample": { may: READ },
  "get /api/v1/trail": { may: READ },
  "get /api/v1/enrolments/:enrolmentId/data": { may: READ },
  "get /api/v1/join/:linkId/data": { may: ["participant"] },
  "post /api/v1/enrolments/:enrolmentId/erasure": {
    may: ["admin"],
    request: () => ({ path: `/api/v1/enrolments/${centre.budi.id}/erasure`, json: { reason: "request" } }),
  },
  "get /api/v1/verify/:code": { may: ACCESS },
  "get /api/v1/signing-key": { may: ACCESS },
  "get /healthz": { may: ACCESS },
  "get /readyz": { may: ACCESS },
  "get /metrics": { may: ACCESS },
  "get /api/openapi.json": { may: ACCESS },
  "get /api/docs": { may: ACCESS },
};

beforeAll(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server, "hybrid", [
    {
      id: endedSlotId,
      startAt: server.clock.now() - 2 * HOUR_MS,
      endAt: server.clock.now() - HOUR_MS,
      jp: 1,
    },
  ]);
  await server.store.decks.create({
    id: deckId,
    sessionId: centre.session.id,
    title: "Materi",
    status: "ready",
    failure: null,
    pageCount: 2,
    createdAt: server.clock.now(),
  });
  await certify();
  await record();
  await workOnCase();
  await dispute(disputeId, { name: "bukti.pdf", type: "application/pdf", bytes: 4, hash: "0" });
  await mkdir(join(server.dataDir, "disputes"));
  await writeFile(join(server.dataDir, "disputes", disputeId), "%PDF");
  passwordAccountId = await openAccount(server, newId("adm"), "sandi@contoh.go.id", "auditor");
  await givePassword(server, passwordAccountId);
  await holdOtherSession();
});
afterAll(() => server.close());

async function certify(): Promise<void> {
  await server.store.issuer.putLogo("ab", { type: "image/png", bytes: ONE_PIXEL_PNG }, 1);
  await server.store.issuer.change({
    name: "Balai Diklat",
    city: null,
    signerName: null,
    signerTitle: null,
    signerNip: null,
    logo: "ab",
  });
  const { ayu, programme } = centre;
  const { code: programmeCode, title } = programme;
  await server.store.certificates.create([
    {
      id: certificateId,
      programmeId: programme.id,
      enrolmentId: ayu.id,
      sequence: 1,
      number: "1",
      code,
      facts: {
        name: ayu.name,
        externalId: ayu.externalId,
        institution: null,
        programme: { code: programmeCode, title },
        jp: 1,
        units: [],
        heldFrom: 0,
        heldTo: 1,
        timeZone: "Asia/Jakarta",
        issuer: null,
        policyVersion: null,
      },
      credential: "a.b.c",
      issuedBy: "test",
      issuedAt: 1,
      revokedAt: null,
      revokedBy: null,
      revokedReason: null,
      erasedAt: null,
    },
  ]);
}

async function record(): Promise<void> {
  const order = { recordingId, sessionId: centre.session.id, rooms: "main", hasChat: true } as const;
  await server.store.recordings.begin({ ...order, startedAt: 1, startedBy: "server" });
  const cues = [{ startMs: 0, endMs: 1, text: "Selamat pagi" }];
  await server.store.captions.put({ recordingId, language: "id", cues, updatedAt: 1 });
  const folder = join(server.dataDir, "recordings", recordingId);
  const deck = { deckId, title: "Materi", pageCount: 2 };
  const trackId = "000001";
  const of = { personId: centre.instructor.id, connectionId: "con_1" as ConnectionId };
  await writeManifest(folder, [
    recordedLine.head({ recordingId, sessionId: centre.session.id }),
    recordedLine.state(0, { stages: [{ room: "main", deck, page: 1 }] }),
    recordedLine.track(0, { trackId, ...of, source: "screen" }),
    recordedLine.segment(trackId, 0, [0, 10_000]),
  ]);
  for (const name of ["000001/000000.webm", "derived/stills/000001/0-0.webp"]) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), "x");
  }
  const share = await shareOf(recordingId);
  const exchanged = await server.auth.exchangeShareToken(tokenIn(share.url));
  centre.credentials.guest = { cookie: exchanged.ok ? cookieIn(exchanged.data.cookie) : "" };
}

/** A file of the recording, by an address of the sender's own where they get one. */
async function mediaOf(access: Access, file: string): Promise<Asked> {
  const path = `/api/v1/recordings/${recordingId}/playback`;
  const answer = await server.call("get", path, centre.credentials[access]);
  const { leave } = answer.json as Partial<PlaybackTimeline>;
  return { path: `${leave?.path ?? `/api/v1/recordings/${recordingId}/media/none/`}${file}` };
}

/** An MP4 of the recording that is done; its address. */
async function madeExport(): Promise<string> {
  await server.store.recordings.end(recordingId, 2, "staff");
  const exportId = newId("exp");
  const [doneMs, totalMs] = [1_000, 1_000];
  await server.store.exports.create({
    ...{ exportId, recordingId, sessionId: centre.session.id, status: "done", language: "id" },
    ...{ requestedAt: 1, requestedBy: "adm_1", endedAt: 2, doneMs, totalMs, bytes: 4, failure: null },
  });
  const file = server.exports.file(recordingId, exportId);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, "ftyp");
  return `/api/v1/recordings/${recordingId}/exports/${exportId}`;
}

async function shareOf(id: RecordingId) {
  const recording = await server.store.recordings.find(id);
  if (!recording) throw new Error("there is no such recording");
  const until = { label: "Tamu", expiresAt: server.clock.now() + HOUR_MS, by: centre.adminId };
  return server.auth.createShare(recording, until);
}

/** They said that they may be recorded. */
async function consentedAs(access: Access): Promise<void> {
  const { session, ayu, instructor, facilitator } = centre;
  const people = { participant: ayu.id, instructor: instructor.id, facilitator: facilitator.id };
  const personId = people[access as keyof typeof people];
  const seq = CLASS.indexOf(access) + 1;
  const text = { textVersion: 1, language: "id", textHash: "a".repeat(64) } as const;
  await server.store.consents.add({ sessionId: session.id, seq, at: 1, personId, isGiven: true, ...text });
}

/** Another recording, which has ended. */
async function endedRecording(): Promise<RecordingId> {
  const id = newId("rec");
  const order = { recordingId: id, sessionId: centre.session.id, rooms: "main", hasChat: true } as const;
  const at = server.clock.now();
  await server.store.recordings.begin({ ...order, startedAt: at, startedBy: "server", keptDays: 1 });
  await server.store.recordings.end(id, at, "staff");
  return id;
}

/** A room of the class has worked on a case. */
async function workOnCase(): Promise<void> {
  const { session, ayu } = centre;
  const file = { attachmentId, name: "a.png", type: "image/png", bytes: 70 };
  const work = { ...sampleCase, caseId, attachments: [file] };
  await server.store.cases.put({ ...work, sessionId: session.id, updatedAt: 1 });
  await server.store.sheets.create([
    { sessionId: session.id, roomId: workedRoomId, case: work, createdAt: 1 },
  ]);
  await mkdir(join(server.dataDir, "cases"));
  await writeFile(join(server.dataDir, "cases", attachmentId), ONE_PIXEL_PNG);
  const at = server.clock.now();
  const events: ClassEvent[] = [
    plannedFor([{ roomId: workedRoomId, title: "Ruang 1" }], {
      assignment: { [ayu.id]: workedRoomId },
      case: { caseId, title: work.title, roles: work.roles },
    }),
    { type: "breakouts.opened", endsAt: null, by: "server" },
    { type: "breakouts.closed", by: "server" },
  ];
  await server.store.classes.append(
    session.id,
    events.map((event, index) => ({ ...event, seq: index + 1, at })),
  );
}

/** A case that may be removed. */
async function aCase(): Promise<string> {
  const id = newId("cas");
  await server.store.cases.put({ ...sampleCase, caseId: id, sessionId: centre.session.id, updatedAt: 1 });
  return id;
}

async function aPlan(): Promise<string> {
  const planId = newId("pln");
  const rest = { limit: null, minutes: null, caseId: null, groups: null };
  await server.store.groupPlans.put({
    ...PLAN,
    ...rest,
    planId,
    sessionId: centre.session.id,
    updatedAt: 1,
  });
  return planId;
}

function linkPath(access: Access): string {
  return pathFor("/api/v1/join/:linkId", access);
}

/** The token of a link to set a password, of somebody else each time. */
async function invited(): Promise<{ readonly token: string }> {
  const id = newId("adm");
  await openAccount(server, id, `${id}@contoh.go.id`, "auditor");
  return { token: tokenIn((await server.auth.createAccountLink(id, "password")).url) };
}

function accountIdOf(access: Access): AccountId {
  return access in centre.accountIds
    ? centre.accountIds[access as keyof typeof centre.accountIds]
    : centre.adminId;
}

/** Another sign-in of the sender's, so that theirs goes on. */
async function ownSignIn(access: Access): Promise<string> {
  const id = accountIdOf(access);
  await signedIn(server, id);
  return (
    (await server.store.signIns.list(id, server.clock.now())).find(({ device }) => device === "test")?.id ??
    ""
  );
}

async function accountOf(access: Access): Promise<Account> {
  const account = await server.store.accounts.find(accountIdOf(access));
  if (!account) throw new Error(`${access} has no account`);
  return account;
}

async function proposedCode(access: Access): Promise<string> {
  const account = await accountOf(access);
  await server.store.secondFactors.remove(account.id);
  const proposed = await server.auth.office.proposeSecondFactor(account);
  return proposed.ok ? codeFor(proposed.data.secret, server.clock.now()) : "";
}

async function recoveryCode(access: Access): Promise<string> {
  const code = await proposedCode(access);
  const codes = await server.auth.office.confirmSecondFactor(await accountOf(access), code);
  return codes.ok ? (codes.data[0] ?? "") : "";
}

/** So that its survey is asked of the participant. */
async function holdOtherSession(): Promise<void> {
  const { otherSession, ayu, instructor } = centre;
  const [at, by] = [otherSession.slots[0]?.startAt ?? 0, instructor.id];
  const joined = { enrolmentId: ayu.id, connectionId: newId("con"), device: "d", room: "main" } as const;
  await server.store.classes.append(otherSession.id, [
    { seq: 1, at, type: "class.opened", by },
    { seq: 2, at, type: "presence.joined", ...joined },
    { seq: 3, at: at + HOUR_MS, type: "class.closed", by },
  ]);
}

const mark = () => ({
  slotId: centre.session.slots[0]?.id ?? "",
  enrolmentId: centre.ayu.id,
  status: "present",
});

async function dispute(id: DisputeId, file: DisputeFile | null): Promise<void> {
  const { classes, disputes } = server.store;
  const filed: Dispute = {
    id,
    sessionId: centre.session.id,
    slotId: mark().slotId,
    enrolmentId: centre.ayu.id,
    reason: "Saya hadir",
    file,
    createdAt: server.clock.now(),
    adjustmentIds: [],
    answer: null,
  };
  await disputes.create(filed, await classes.officeTurn(centre.session.id));
}

/** The address of a dispute that nobody has dealt with. */
async function disputed(): Promise<string> {
  const id = newId("dsp");
  await dispute(id, null);
  return `/api/v1/sessions/${centre.session.id}/disputes/${id}`;
}

/** The address of a proposal that somebody else made. */
async function proposed(): Promise<string> {
  const adjustmentId = newId("adj");
  await server.store.classes.appendEvidence(centre.session.id, [
    {
      type: "adjustment.proposed",
      adjustmentId,
      slotId: mark().slotId,
      enrolmentId: centre.ayu.id,
      jp: 0.5,
      reason: "Salah catat",
      by: newId("adm"),
      at: server.clock.now(),
    },
  ]);
  return `/api/v1/sessions/${centre.session.id}/adjustments/${adjustmentId}`;
}

function pathFor(pattern: string, access: Access): string {
  const own = access in centre.links ? centre.links[access as keyof typeof centre.links] : null;
  const values: Record<string, string> = {
    programme: centre.programme.code,
    enrolmentId: centre.ayu.id,
    staffId: centre.instructor.id,
    sessionId: centre.session.id,
    linkId: (own ?? centre.links.participant).linkId,
    deckId,
    disputeId,
    caseId,
    attachmentId: newId("att"),
    recordingId,
    language: "id",
    certificateId,
    code,
    page: "1",
    width: "960",
    keyId: centre.readKey.key.id,
    accountId: passwordAccountId,
  };
  return pattern.replace(/:(\w+)/g, (_whole, name: string) => values[name] ?? "missing");
}

describe("authorisation of HTTP routes", () => {
  it("AU1 has a row for every route, and no row without a route", () => {
    const routes = server.api.routes.map(({ method, path }) => `${method} ${path}`);
    expect(routes.toSorted()).toEqual(Object.keys(TABLE).toSorted());
  });

  it("AU5 lets an auditor read what an administrator reads, and nothing else", () => {
    for (const [name, { may }] of Object.entries(TABLE)) {
      if (may === ACCESS || may === ACCOUNTS || OF_RECORDINGS.includes(may)) continue;
      // The code on the hall's screen marks whoever has it.
      const isReading = name.startsWith("get ") && !name.endsWith("/check-in");
      expect([name, may.includes("auditor")]).toEqual([name, isReading && may.includes("admin")]);
      if (name.includes("/my/")) continue;
      expect([name, may.includes("staff-account")]).toEqual([name, false]);
    }
  });

  it.each(Object.entries(TABLE))("AU1 %s", async (name, row) => {
    const [method = "", pattern = ""] = name.split(" ");
    const outcomes: Record<string, string> = {};
    for (const access of ACCESS) {
      const { path, ...request } = (await row.request?.(access)) ?? {};
      const own = pathFor(pattern, access);
      const target = path === undefined ? own : path.startsWith("?") ? own + path : path;
      const isClosing = pattern.endsWith("/close") && row.may.includes(access);
      if (isClosing) await server.classes.open(centre.session.id, "test");
      const { status } = await server.call(method, target, { ...request, ...centre.credentials[access] });
      if (pattern.startsWith("/api/v1/account")) await centre.signInAgain(access);
      if (pattern.endsWith("/open")) await server.classes.close(centre.session.id, "test");
      outcomes[access] = status < 300 ? "may" : status === 401 || status === 403 ? "may not" : String(status);
    }
    const expected = ACCESS.map((access) => [access, row.may.includes(access) ? "may" : "may not"]);
    expect(outcomes).toEqual(Object.fromEntries(expected));
  });
});
