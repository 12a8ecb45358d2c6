import { z } from "zod";
import {
  breakoutRoomIdSchema,
  deckIdSchema,
  messageIdSchema,
  personIdSchema,
  recordingIdSchema,
  roomIdSchema,
  sessionIdSchema,
  slotIdSchema,
} from "./ids.ts";
import { mediaSourceSchema } from "./media.ts";
import { classRoleSchema } from "./people.ts";
import { recordedRoomsSchema, recordingEndSchema, trackIdSchema } from "./recordings.ts";

/**
 * What a player needs to know of a recording. Times `…Ms` are milliseconds since its beginning (`startAt`, epoch ms):
 * one clock for pictures, sound and events.
 */

const ms = z.number().min(0);

/** A piece of a track that decodes by itself. A gap inside its file is silence, or a picture that stays. */
export const playbackSegmentSchema = z.strictObject({
  number: z.number().int().min(0),
  startMs: ms,
  /** What lies in its file beyond this does not count. */
  endMs: ms,
  bytes: z.number().int().min(1),
});
export type PlaybackSegment = z.infer<typeof playbackSegmentSchema>;

/** One unbroken capture of one camera, share or microphone; its segments in order, without overlap. */
export const playbackTrackSchema = z.strictObject({
  trackId: trackIdSchema,
  personId: personIdSchema,
  room: roomIdSchema,
  source: mediaSourceSchema,
  codec: z.enum(["vp8", "opus"]),
  startMs: ms,
  endMs: ms,
  segments: z.array(playbackSegmentSchema),
});
export type PlaybackTrack = z.infer<typeof playbackTrackSchema>;

/** When nothing was recorded: the instructor paused it, or the server was away. A player passes over it. */
export const playbackGapSchema = z.strictObject({
  kind: z.enum(["pause", "outage"]),
  fromMs: ms,
  toMs: ms,
});
export type PlaybackGap = z.infer<typeof playbackGapSchema>;

/** From here on a room shows this page; none where `deckId` is null. */
export const playbackSlideSchema = z.discriminatedUnion("isShown", [
  z.strictObject({ isShown: z.literal(false), atMs: ms, room: roomIdSchema }),
  z.strictObject({
    isShown: z.literal(true),
    atMs: ms,
    room: roomIdSchema,
    deckId: deckIdSchema,
    page: z.number().int().min(1),
  }),
]);
export type PlaybackSlide = z.infer<typeof playbackSlideSchema>;

/** From here on a room's stage has this: a share goes before a presented sheet, a sheet before slides. */
export const playbackStageSchema = z.discriminatedUnion("kind", [
  z.strictObject({ atMs: ms, room: roomIdSchema, kind: z.literal("screen"), trackId: trackIdSchema }),
  /** The answer sheet of this breakout room was presented; what was written in it is not recorded. */
  z.strictObject({ atMs: ms, room: roomIdSchema, kind: z.literal("sheet"), ofRoom: breakoutRoomIdSchema }),
  z.strictObject({ atMs: ms, room: roomIdSchema, kind: z.literal("slides") }),
  /** Nothing but who speaks. */
  z.strictObject({ atMs: ms, room: roomIdSchema, kind: z.literal("people") }),
]);
export type PlaybackStage = z.infer<typeof playbackStageSchema>;

/** From here on these speak in a room, loudest first. */
export const playbackSpeakersSchema = z.strictObject({
  atMs: ms,
  room: roomIdSchema,
  personIds: z.array(personIdSchema),
});

export const playbackHandSchema = z.strictObject({
  atMs: ms,
  personId: personIdSchema,
  change: z.enum(["raised", "called", "lowered"]),
});

export const playbackMessageSchema = z.strictObject({
  atMs: ms,
  messageId: messageIdSchema,
  personId: personIdSchema,
  room: roomIdSchema,
  text: z.string(),
});
export type PlaybackMessage = z.infer<typeof playbackMessageSchema>;

/** From here on somebody is in this room; null: they left. Only of those who consented. */
export const playbackPlaceSchema = z.strictObject({
  atMs: ms,
  personId: personIdSchema,
  room: roomIdSchema.nullable(),
});

/** A recorded room: the main room first, whose title is null, then breakout rooms with theirs. */
export const playbackRoomSchema = z.strictObject({ roomId: roomIdSchema, title: z.string().nullable() });

/** What a manifest alone says: ids and no names. */
export const recordedTimelineSchema = z.strictObject({
  recordingId: recordingIdSchema,
  sessionId: sessionIdSchema,
  /** Epoch ms of position 0. */
  startAt: z.number(),
  durationMs: ms,
  recordedRooms: recordedRoomsSchema,
  hasChat: z.boolean(),
  /** Null while it is under way, or where the server's end cut it off. */
  endReason: recordingEndSchema.nullable(),
  rooms: z.array(playbackRoomSchema).min(1),
  /** In order; they do not overlap. */
  gaps: z.array(playbackGapSchema),
  tracks: z.array(playbackTrackSchema),
  /** Lists of changes are in order of `atMs`. */
  slides: z.array(playbackSlideSchema),
  stage: z.array(playbackStageSchema),
  speakers: z.array(playbackSpeakersSchema),
  hands: z.array(playbackHandSchema),
  chat: z.array(playbackMessageSchema),
  places: z.array(playbackPlaceSchema),
});
export type RecordedTimeline = z.infer<typeof recordedTimelineSchema>;

export const playbackPersonSchema = z.strictObject({
  personId: personIdSchema,
  /** The roster's; null for who was erased or taken off it. */
  name: z.string().nullable(),
  role: classRoleSchema,
});
export type PlaybackPerson = z.infer<typeof playbackPersonSchema>;

export const playbackDeckSchema = z.strictObject({
  deckId: deckIdSchema,
  title: z.string(),
  pageCount: z.number().int().min(0),
  /** Pages that have text, which `…/decks/:deckId/pages` answers. */
  textPages: z.array(z.number().int().min(1)),
});
export type PlaybackDeck = z.infer<typeof playbackDeckSchema>;

/** Where one can jump to. A slide's title is its text's first line. */
export const playbackChapterSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("slide"),
    atMs: ms,
    deckId: deckIdSchema,
    page: z.number().int().min(1),
    title: z.string().nullable(),
  }),
  /** A JP slot of the session; `number` counts from 1. */
  z.strictObject({
    kind: z.literal("slot"),
    atMs: ms,
    slotId: slotIdSchema,
    number: z.number().int().min(1),
    jp: z.number(),
  }),
]);
export type PlaybackChapter = z.infer<typeof playbackChapterSchema>;

/** How long a piece of mixed sound is; piece `n` begins at `n × SOUND_PIECE_MS`. */
export const SOUND_PIECE_MS = 10_000;
/** Stills are made at seconds of a segment that this divides. */
export const STILL_EVERY_S = 5;

/** `thin` costs half, and sounds a little duller. */
export const soundQualitySchema = z.enum(["full", "thin"]);
export type SoundQuality = z.infer<typeof soundQualitySchema>;

/**
 * Leave to fetch the recording's files for a few minutes, with the cookie of whom it was given to. Addresses, below
 * `path` (which begins and ends with a slash):
 * - `tracks/:trackId/:number`: a segment, WebM
 * - `sound/:quality/:room/:number`: all sound of a room, `SOUND_PIECE_MS` of it, WebM (Opus) with times from 0
 * - `stills/:trackId/:number/:second`: what a segment of pictures shows then, WebP
 * - `decks/:deckId/pages`: the text of a deck's pages, JSON
 * - `decks/:deckId/pages/:page/:width`: a page's picture (`960` or `1920` wide), WebP
 */
export const playbackLeaveSchema = z.strictObject({
  path: z.string(),
  /** Epoch ms of the server's clock. */
  expiresAt: z.number(),
  /** In so many milliseconds it should be renewed (`POST …/playback/renewal`). */
  renewInMs: z.number(),
});
export type PlaybackLeave = z.infer<typeof playbackLeaveSchema>;

/** The answer of `GET /api/v1/recordings/:recordingId/playback`. */
export const playbackTimelineSchema = recordedTimelineSchema.extend({
  /** It is being recorded now: ask again for what has come since. */
  isUnderWay: z.boolean(),
  session: z.strictObject({
    title: z.string(),
    /** The unit's title. */
    unit: z.string(),
    programme: z.string(),
    timeZone: z.string(),
  }),
  people: z.array(playbackPersonSchema),
  decks: z.array(playbackDeckSchema),
  chapters: z.array(playbackChapterSchema),
  leave: playbackLeaveSchema,
});
export type PlaybackTimeline = z.infer<typeof playbackTimelineSchema>;
