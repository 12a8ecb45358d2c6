import { z } from "zod";
import { evidenceBodySchemas } from "./evidence.ts";
import {
  breakoutRoomIdSchema,
  connectionIdSchema,
  deckIdSchema,
  messageIdSchema,
  personIdSchema,
  roomIdSchema,
} from "./ids.ts";
import { mediaSourceSchema, mediaStatusSchema } from "./media.ts";
import { personSchema } from "./people.ts";

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
  "deck.shown": event("deck.shown", { deck: deckViewSchema, by }),
  "deck.hidden": event("deck.hidden", { by }),
  "page.turned": event("page.turned", { page: z.number().int().min(1), by }),
  "breakouts.planned": event("breakouts.planned", {
    rooms: z.array(breakoutRoomSchema),
    assignment: z.record(personIdSchema, breakoutRoomIdSchema),
    by,
  }),
  "breakouts.assigned": event("breakouts.assigned", {
    personId: personIdSchema,
    roomId: breakoutRoomIdSchema.nullable(),
    by,
  }),
  "breakouts.opened": event("breakouts.opened", { by }),
  "breakouts.closed": event("breakouts.closed", { by }),
  "breakouts.discarded": event("breakouts.discarded", { by }),
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
