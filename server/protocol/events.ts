import { z } from "zod";
import { evidenceBodySchemas } from "./evidence.ts";
import {
  breakoutRoomIdSchema,
  connectionIdSchema,
  deckIdSchema,
  MAIN_ROOM,
  messageIdSchema,
  personIdSchema,
  recordingIdSchema,
  roomIdSchema,
} from "./ids.ts";
import { mediaSourceSchema, mediaStatusSchema } from "./media.ts";
import { personSchema } from "./people.ts";
import {
  keptDaysSchema,
  languageSchema,
  recordedRoomsSchema,
  recordingEndSchema,
  sha256Schema,
} from "./recordings.ts";

const event = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ type: z.literal(type), ...shape });

export const breakoutRoomSchema = z.strictObject({ roomId: breakoutRoomIdSchema, title: z.string() });
export type BreakoutRoom = z.infer<typeof breakoutRoomSchema>;

export const deckViewSchema = z.strictObject({
  deckId: deckIdSchema,
  title: z.string(),
  pageCount: z.number().int().min(1),
});
export type DeckView = z.infer<typeof deckViewSchema>;

/** How people come into rooms: the rule of the plan, which also places those who come later. */
export const placingSchema = z.discriminatedUnion("kind", [
  /** Rooms of equal size. */
  z.strictObject({ kind: z.literal("even") }),
  /** Equal, people of one institution apart. */
  z.strictObject({ kind: z.literal("mixed") }),
  /** Equal, people of one institution together. */
  z.strictObject({ kind: z.literal("together") }),
  /** By hand or by a list: who is not named has no room. */
  z.strictObject({ kind: z.literal("listed") }),
  /** Everybody chooses a room, until `limit` people are in it. */
  z.strictObject({ kind: z.literal("chosen"), limit: z.number().int().min(1).max(1000) }),
]);
export type Placing = z.infer<typeof placingSchema>;

/** What the rooms work on, as far as everybody of the class knows it; the rest is in the room's sheet. */
export const breakoutCaseSchema = z.strictObject({
  caseId: z.string(),
  title: z.string(),
  roles: z.array(z.strictObject({ code: z.string(), title: z.string() })),
});
export type BreakoutCase = z.infer<typeof breakoutCaseSchema>;

/** The part of a deck that a room shows; `to` null is the deck's end. */
const pageRange = {
  from: z.number().int().min(1).default(1),
  to: z.number().int().min(1).nullable().default(null),
};
export const breakoutSlidesSchema = z.strictObject({ deck: deckViewSchema, ...pageRange });
export type BreakoutSlides = z.infer<typeof breakoutSlidesSchema>;

/** Where slides are shown; logs from before rooms had slides of their own mean the main room. */
const room = roomIdSchema.default(MAIN_ROOM);
const roleCode = z.string().min(1).max(64);

/** Who did it: a person, an administrator, an API key, `server`, or `rule` (of the class). */
const by = z.string().min(1);

/** What happens in a class besides its evidence: kept in the class log, replayed after a restart. */
export const classLogSchemas = {
  "person.admitted": event("person.admitted", { person: personSchema }),
  "hand.raised": event("hand.raised", { personId: personIdSchema }),
  "hand.lowered": event("hand.lowered", { personId: personIdSchema, by }),
  "hand.called": event("hand.called", { personId: personIdSchema, by }),
  "hands.cleared": event("hands.cleared", { by }),
  "chat.posted": event("chat.posted", {
    messageId: messageIdSchema,
    personId: personIdSchema,
    room: roomIdSchema,
    text: z.string(),
  }),
  "deck.shown": event("deck.shown", { deck: deckViewSchema, ...pageRange, room, by }),
  "deck.hidden": event("deck.hidden", { room, by }),
  "page.turned": event("page.turned", { page: z.number().int().min(1), room, by }),
  "breakouts.planned": event("breakouts.planned", {
    rooms: z.array(breakoutRoomSchema),
    assignment: z.record(personIdSchema, breakoutRoomIdSchema),
    placing: placingSchema.default({ kind: "listed" }),
    case: breakoutCaseSchema.nullable().default(null),
    slides: breakoutSlidesSchema.nullable().default(null),
    /** How long the rooms are to be open; null without an end. */
    minutes: z.number().int().min(1).nullable().default(null),
    by,
  }),
  "breakouts.assigned": event("breakouts.assigned", {
    personId: personIdSchema,
    roomId: breakoutRoomIdSchema.nullable(),
    by,
  }),
  /** `endsAt` (epoch ms): when the server closes the rooms by itself. */
  "breakouts.opened": event("breakouts.opened", { endsAt: z.number().int().nullable().default(null), by }),
  "breakouts.extended": event("breakouts.extended", { endsAt: z.number().int(), by }),
  /** One room's people were called back; the others work on. */
  "breakouts.recalled": event("breakouts.recalled", { roomId: breakoutRoomIdSchema, by }),
  "breakouts.closed": event("breakouts.closed", { by }),
  "breakouts.discarded": event("breakouts.discarded", { by }),
  "role.taken": event("role.taken", {
    roomId: breakoutRoomIdSchema,
    role: roleCode,
    personId: personIdSchema,
  }),
  "role.left": event("role.left", { roomId: breakoutRoomIdSchema, role: roleCode, by }),
  "help.asked": event("help.asked", { roomId: breakoutRoomIdSchema, personId: personIdSchema }),
  /** Somebody of the staff came, or the room needs it no more. */
  "help.ended": event("help.ended", { roomId: breakoutRoomIdSchema, by }),
  "broadcast.posted": event("broadcast.posted", { personId: personIdSchema, text: z.string() }),
  /** Whose microphone is heard in every room; null: nobody's. */
  "broadcast.voiced": event("broadcast.voiced", { connectionId: connectionIdSchema.nullable(), by }),
  "sheet.presented": event("sheet.presented", { roomId: breakoutRoomIdSchema, by }),
  "sheet.hidden": event("sheet.hidden", { by }),
  "recording.started": event("recording.started", {
    recordingId: recordingIdSchema,
    rooms: recordedRoomsSchema,
    hasChat: z.boolean(),
    /** What people are told before they answer; absent in classes of before. */
    keptDays: keptDaysSchema.optional(),
    by,
  }),
  "recording.paused": event("recording.paused", { recordingId: recordingIdSchema, by }),
  "recording.resumed": event("recording.resumed", { recordingId: recordingIdSchema, by }),
  "recording.stopped": event("recording.stopped", {
    recordingId: recordingIdSchema,
    reason: recordingEndSchema,
    by,
  }),
  /** More is published than can be captured at once, or no more. */
  "recording.limited": event("recording.limited", {
    recordingId: recordingIdSchema,
    isLimited: z.boolean(),
    by,
  }),
  /** Somebody's consent to be recorded, or none: to which text, and its SHA-256. */
  "recording.answered": event("recording.answered", {
    personId: personIdSchema,
    isGiven: z.boolean(),
    textVersion: z.number().int().min(1),
    language: languageSchema,
    keptDays: keptDaysSchema.optional(),
    textHash: sha256Schema,
  }),
  "media.changed": event("media.changed", {
    connectionId: connectionIdSchema,
    source: mediaSourceSchema,
    status: mediaStatusSchema,
    by,
  }),
} as const;

export type ClassLogType = keyof typeof classLogSchemas;
export type ClassLogEvent = {
  [Type in ClassLogType]: z.infer<(typeof classLogSchemas)[Type]>;
}[ClassLogType];

/** The evidence that is also something that happens in the class; ids are ours here. */
const presenceOf = {
  "class.opened": evidenceBodySchemas["class.opened"],
  "class.closed": evidenceBodySchemas["class.closed"],
  "presence.joined": event("presence.joined", {
    connectionId: connectionIdSchema,
    enrolmentId: z.string().optional(),
    staffId: z.string().optional(),
    device: z.string(),
    room: roomIdSchema,
  }),
  "presence.left": event("presence.left", {
    connectionId: connectionIdSchema,
    reason: z.string(),
  }),
  "room.moved": event("room.moved", { connectionId: connectionIdSchema, room: roomIdSchema }),
  "server.recovered": evidenceBodySchemas["server.recovered"],
} as const;

export const classEventSchemas = { ...presenceOf, ...classLogSchemas } as const;
export type ClassEventType = keyof typeof classEventSchemas;
/** Everything `decide` can answer with and `apply` knows. */
export type ClassEvent = {
  [Type in ClassEventType]: z.infer<(typeof classEventSchemas)[Type]>;
}[ClassEventType];

/** A class event with its place in the class (from 1, without gaps) and its time (epoch ms). */
export type SequencedEvent = ClassEvent & { readonly seq: number; readonly at: number };

export function isEvidence(body: ClassEvent): body is Extract<ClassEvent, { type: keyof typeof presenceOf }> {
  return body.type in presenceOf;
}
