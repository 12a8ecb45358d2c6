import { z } from "zod";
import {
  connectionIdSchema,
  personIdSchema,
  recordingIdSchema,
  roomIdSchema,
  sessionIdSchema,
} from "./ids.ts";
import { mediaSourceSchema } from "./media.ts";

/** Which rooms are recorded: the main room alone, or breakout rooms too. */
export const recordedRoomsSchema = z.enum(["main", "all"]);
export type RecordedRooms = z.infer<typeof recordedRoomsSchema>;

/** Why a recording ended. All but the first two are faults that everybody is told. */
export const recordingEndSchema = z.enum([
  "staff",
  "class-closed",
  "disk-full",
  "recorder-missing",
  "recorder-failed",
  "budget-full",
]);
export type RecordingEnd = z.infer<typeof recordingEndSchema>;

/** How many days a recording is kept after it has ended. */
export const MAX_KEPT_DAYS = 3_650;
export const DEFAULT_KEPT_DAYS = 365;
export const keptDaysSchema = z.number().int().min(1).max(MAX_KEPT_DAYS);

export const languageSchema = z.enum(["id", "en"]);

/** Somebody's answer: to which text, in which language, and the number of days that stood in it. */
export const consentAnswerSchema = z.strictObject({
  isGiven: z.boolean(),
  textVersion: z.number().int().min(1),
  language: languageSchema,
  /** From version 2 of the text on. */
  keptDays: keptDaysSchema.optional(),
});
export type ConsentAnswer = z.infer<typeof consentAnswerSchema>;

export const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 in lowercase hex");

// ---------------------------------------------------------------- the manifest (docs/recordings.md)

export const RECORDING_FORMAT = "balai-recording/1";

const at = z.number().int().nonnegative();
/** In a cluster: how often the class had been taken by a node when the one that wrote this took it. */
const epoch = z.int().min(1).optional();
const line = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({ type: z.literal(type), at, epoch, ...shape });
export const trackIdSchema = z.string().regex(/^[0-9]{6}$/, "must be six digits");
const trackId = trackIdSchema;
const number = z.number().int().min(0);

/** One line of `manifest.jsonl`. Times are epoch milliseconds of the class clock, with fractions for segments. */
export const manifestLineSchema = z.discriminatedUnion("type", [
  line("recording", {
    format: z.literal(RECORDING_FORMAT),
    recordingId: recordingIdSchema,
    sessionId: sessionIdSchema,
    rooms: recordedRoomsSchema,
    hasChat: z.boolean(),
  }),
  /** A node goes on with it: what another still writes afterwards, in an older epoch, does not count. */
  line("taken-up", {}),
  /** How the class looks as capture begins or goes on: what later events change. */
  line("state", { state: z.record(z.string(), z.unknown()) }),
  line("event", { seq: z.number().int().min(1), event: z.looseObject({ type: z.string() }) }),
  line("speakers", { room: roomIdSchema, connectionIds: z.array(connectionIdSchema) }),
  /** Published, permitted and not captured, because that would be too many at once; empty when it is all again. */
  line("left-out", {
    tracks: z.array(
      z.strictObject({
        connectionId: connectionIdSchema,
        personId: personIdSchema,
        room: roomIdSchema,
        source: mediaSourceSchema,
      }),
    ),
  }),
  line("track", {
    trackId,
    connectionId: connectionIdSchema,
    personId: personIdSchema,
    room: roomIdSchema,
    source: mediaSourceSchema,
    codec: z.enum(["vp8", "opus"]),
  }),
  /** Written when a segment's first packet is; what has no `segment` line afterwards was cut off by a stop. */
  line("segment-begun", { trackId, number, startAt: z.number() }),
  line("segment", {
    trackId,
    number,
    /** Beside the manifest. */
    file: z.string().regex(/^[0-9]{6}\/[0-9]{6}\.webm$/),
    startAt: z.number(),
    endAt: z.number(),
    bytes: z.number().int().min(1),
    /** Taken from a file that a fault cut off. */
    isSalvaged: z.boolean(),
  }),
  line("track-ended", { trackId, reason: z.enum(["ended", "fault", "server-stopped"]) }),
  line("ended", { reason: recordingEndSchema }),
]);
export type ManifestLine = z.infer<typeof manifestLineSchema>;
