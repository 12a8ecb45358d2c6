import type { Registry } from "prom-client";
import { z } from "zod";
import type {
  Classes,
  ClassNodes,
  Clock,
  Exports,
  NewId,
  Playback,
  Programme,
  Recorder,
  RecordingFiles,
  Session,
  Sheets,
  Signer,
  Slides,
  Store,
} from "../../ports.ts";
import { codeSchema } from "../../protocol/api-fields.ts";
import { accept, type Result, refuse } from "../../protocol/errors.ts";
import { programmeIdSchema, sessionIdSchema } from "../../protocol/ids.ts";
import type { RtpCapabilitiesJson } from "../../protocol/media.ts";
import type { Auth } from "../auth.ts";
import type { CaseFiles } from "../case-files.ts";
import type { DeckUploads } from "../deck-uploads.ts";
import type { Disputes } from "../disputes.ts";
import type { Erasure } from "../erasure.ts";
import type { OwnAttendanceReader } from "../own-attendance.ts";
import type { ProgrammeFactsReader } from "../programme-facts-reader.ts";
import type { RecordingKeeper } from "../recording-keeper.ts";
import type { Officer } from "../route.ts";
import type { Rulings } from "../rulings.ts";
import type { SheetReader } from "../sheets/create-sheet-reader.ts";
import type { Trail } from "../trail.ts";

/** What the handlers work with. */
export interface RouteParts {
  readonly store: Store;
  /** Null where one server alone runs all classes. */
  readonly nodes: ClassNodes | null;
  readonly classes: Classes;
  readonly slides: Slides;
  readonly playback: Playback;
  readonly exports: Exports;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly auth: Auth;
  readonly uploads: DeckUploads;
  readonly sheets: SheetReader;
  readonly registry: Registry;
  readonly publicUrl: string;
  readonly ownAttendance: OwnAttendanceReader;
  readonly programmeFacts: ProgrammeFactsReader;
  readonly rulings: Rulings;
  readonly trail: Trail;
  readonly erasure: Erasure;
  readonly disputes: Disputes;
  readonly caseFiles: CaseFiles;
  readonly answerSheets: Sheets;
  readonly recordingFiles: RecordingFiles;
  readonly recordingKeeper: RecordingKeeper;
  /** Signs what goes out as evidence. */
  readonly signer: Signer;
  /** Of the media servers of this version. */
  readonly rtpCapabilities: RtpCapabilitiesJson;
  isMediaReady(): boolean;
  /** New classes and people may come: no node that is being drained. */
  isAccepting(): boolean;
  /** Why classes cannot be recorded; null where they can. */
  readonly recorderProblem: Recorder["problem"];
}

export const noParams = z.object({});
/** Of what is fetched by a ticket too, where the page's own node is gone. */
export const ticketQuery = z.strictObject({ ticket: z.string().max(200).optional() });
export const noQuery = z.strictObject({});

/** JSON bodies are small; files have bounds of their own. */
export const MAX_JSON_BYTES = 1024 * 1024;

/** `:p` is an id or a code. */
export const programmeParams = z.object({ programme: z.union([codeSchema, programmeIdSchema]) });
export const sessionParams = z.object({ sessionId: sessionIdSchema });

/**
 * AJ2: the person behind a request, as the ledger keeps who proposed and who approved. A key counts as its owner, so
 * that AT9's comparison of the two holds for whoever reads the evidence alone; a key of nobody's is its own person.
 */
export function personIdOf(officer: Officer) {
  return officer.kind === "key" && officer.key.ownerId !== null ? officer.key.ownerId : officerIdOf(officer);
}

/** Who did it, as the ledger keeps it. */
export function officerIdOf(officer: Officer) {
  return officer.kind === "account" ? officer.account.id : officer.key.id;
}

export async function programmeFrom(store: Store, idOrCode: string): Promise<Result<Programme>> {
  const programme = await store.programmes.find(idOrCode);
  return programme ? accept(programme) : refuse("not-found", "there is no such programme");
}

export async function sessionFrom(store: Store, id: Session["id"]): Promise<Result<Session>> {
  const session = await store.sessions.find(id);
  return session ? accept(session) : refuse("not-found", "there is no such session");
}
