import { z } from "zod";
import type { Session, Store } from "../ports.ts";
import {
  adjustmentIdSchema,
  apiKeyIdSchema,
  certificateIdSchema,
  deckIdSchema,
  disputeIdSchema,
  enrolmentIdSchema,
  linkIdSchema,
  type ProgrammeId,
  type RecordingId,
  recordingIdSchema,
  type SessionId,
  sessionIdSchema,
  staffIdSchema,
} from "../protocol/ids.ts";
import type { TrailAction, TrailActor, TrailDetail, TrailSubject } from "../protocol/trail.ts";
import type { Actor, Route, RouteOutcome } from "./route.ts";
import type { TrailNote } from "./trail.ts";

/** What a route tells the trail beyond what its address says. */
export interface TrailFacts {
  /** In place of the route's own action, where the request decides. */
  readonly action?: TrailAction;
  /** In place of who sent it, where the request is what says who. */
  readonly actor?: TrailActor;
  readonly subject?: TrailSubject;
  readonly people?: readonly string[];
  readonly programmeId?: string;
  readonly sessionId?: string;
  readonly detail?: TrailDetail;
}

/** A route's declaration: what it is called in the trail, and what its address does not say. */
export interface RouteTrail<Params = unknown, Query = unknown, Body = unknown, Json = unknown> {
  readonly action: TrailAction;
  /** Where it is done to whoever does it. */
  readonly isOwn?: boolean;
  /** `json` is the answer; null where it is a file or nothing. */
  about?(done: {
    readonly params: Params;
    readonly query: Query;
    readonly body: Body;
    readonly json: Json | null;
  }): TrailFacts;
}

/** The row of a request that was carried out. */
export async function noteFrom(
  store: Store,
  trail: RouteTrail,
  request: { readonly actor: Actor; readonly params: unknown },
  { reply, facts }: RouteOutcome,
): Promise<TrailNote> {
  const { actor } = request;
  const by = facts?.actor ?? trailActorFrom(actor);
  const place = await placeFrom(store, actor, request.params);
  const detail = { ...facts?.detail, ...(reply.changed ? { fields: [...reply.changed] } : {}) };
  return {
    action: facts?.action ?? trail.action,
    actor: by,
    subject: facts?.subject ?? (trail.isOwn ? selfOf(by) : place.subject),
    people: facts?.people ?? (trail.isOwn && actor.kind === "link" ? [by.id ?? []].flat() : place.people),
    programmeId: facts?.programmeId ?? place.programmeId,
    sessionId: facts?.sessionId ?? place.sessionId,
    detail,
  };
}

function selfOf({ kind, id }: TrailActor): TrailSubject {
  return { kind: kind === "participant" ? "enrolment" : kind, id };
}

/** A request of somebody known that their role does not allow. The address stands without its ids. */
export function refusalNote(route: Route, actor: Actor): TrailNote | null {
  if (actor.kind === "anonymous") return null;
  return {
    action: "access.refused",
    actor: trailActorFrom(actor),
    subject: { kind: "route", id: null },
    ...(actor.kind === "link"
      ? { sessionId: actor.holder.session.id, programmeId: actor.holder.session.programmeId }
      : {}),
    detail: { method: route.method, route: route.path.slice(0, 120) },
  };
}

export function trailActorFrom(actor: Actor): TrailActor {
  if (actor.kind === "anonymous") return { kind: "anonymous", id: null };
  if (actor.kind === "account") return { kind: "account", id: actor.account.id };
  if (actor.kind === "key") return { kind: "key", id: actor.key.id };
  if (actor.kind === "guest") return { kind: "guest", id: actor.share.id };
  const { person } = actor.holder;
  return { kind: person.role === "participant" ? "participant" : "staff", id: person.personId };
}

interface Place {
  readonly subject: TrailSubject;
  readonly people: readonly string[];
  readonly programmeId: ProgrammeId | null;
  readonly sessionId: SessionId | null;
}

/** The ids that addresses have; a route has checked its own before this reads them. */
const placeSchema = z.object({
  certificateId: certificateIdSchema.optional().catch(undefined),
  linkId: linkIdSchema.optional().catch(undefined),
  enrolmentId: enrolmentIdSchema.optional().catch(undefined),
  staffId: staffIdSchema.optional().catch(undefined),
  sessionId: sessionIdSchema.optional().catch(undefined),
  adjustmentId: adjustmentIdSchema.optional().catch(undefined),
  disputeId: disputeIdSchema.optional().catch(undefined),
  deckId: deckIdSchema.optional().catch(undefined),
  recordingId: recordingIdSchema.optional().catch(undefined),
  keyId: apiKeyIdSchema.optional().catch(undefined),
  programme: z.string().optional().catch(undefined),
});
type Ids = z.output<typeof placeSchema>;

/** What the address names: the narrowest thing in it, whom that is about, and where it belongs. */
async function placeFrom(store: Store, actor: Actor, params: unknown): Promise<Place> {
  const ids = placeSchema.parse(params);
  if (actor.kind === "link") {
    const { session } = actor.holder;
    const { deckId, recordingId } = ids;
    if (recordingId) return recordingPlace(store, recordingId);
    return inSession(session, deckId ? { kind: "deck", id: deckId } : { kind: "session", id: session.id });
  }
  return (await personPlace(store, ids)) ?? (await recordPlace(store, ids));
}

/** Where the address names something of one person; null where it does not. */
async function personPlace(store: Store, ids: Ids): Promise<Place | null> {
  const { certificateId, linkId, enrolmentId, staffId } = ids;
  if (certificateId) {
    const certificate = await store.certificates.find(certificateId);
    const people = certificate ? [certificate.enrolmentId] : [];
    return inProgramme(certificate?.programmeId, { kind: "certificate", id: certificateId }, people);
  }
  if (linkId) {
    const link = await store.links.find(linkId);
    const session = link ? await store.sessions.find(link.sessionId) : null;
    const personId = link?.enrolmentId ?? link?.staffId;
    return inSession(session, { kind: "link", id: linkId }, personId ? [personId] : []);
  }
  if (enrolmentId) {
    const person = await store.enrolments.find(enrolmentId);
    return inProgramme(person?.programmeId, { kind: "enrolment", id: enrolmentId }, [enrolmentId]);
  }
  if (!staffId) return null;
  const person = await store.staff.find(staffId);
  return inProgramme(person?.programmeId, { kind: "staff", id: staffId }, [staffId]);
}

async function recordingPlace(store: Store, recordingId: RecordingId): Promise<Place> {
  const recording = await store.recordings.find(recordingId);
  const session = recording ? await store.sessions.find(recording.sessionId) : null;
  return inSession(session, { kind: "recording", id: recordingId });
}

async function recordPlace(store: Store, ids: Ids): Promise<Place> {
  const { sessionId, adjustmentId, disputeId, keyId, programme, recordingId } = ids;
  if (recordingId) return recordingPlace(store, recordingId);
  if (sessionId) {
    const session = await store.sessions.find(sessionId);
    if (disputeId) return inSession(session, { kind: "dispute", id: disputeId });
    const subject = adjustmentId
      ? { kind: "adjustment", id: adjustmentId }
      : { kind: "session", id: sessionId };
    return inSession(session, subject);
  }
  if (keyId) return inProgramme(null, { kind: "api-key", id: keyId });
  const found = programme ? await store.programmes.find(programme) : null;
  return inProgramme(found?.id, found ? { kind: "programme", id: found.id } : { kind: "server", id: null });
}

function inSession(
  session: Pick<Session, "id" | "programmeId"> | null,
  subject: TrailSubject,
  people: readonly string[] = [],
): Place {
  return { subject, people, programmeId: session?.programmeId ?? null, sessionId: session?.id ?? null };
}

function inProgramme(
  programmeId: ProgrammeId | null | undefined,
  subject: TrailSubject,
  people: readonly string[] = [],
): Place {
  return { subject, people, programmeId: programmeId ?? null, sessionId: null };
}
