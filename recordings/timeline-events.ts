import { z } from "zod";
import { breakoutRoomSchema, classLogSchemas, deckViewSchema } from "../server/protocol/events.ts";
import {
  breakoutRoomIdSchema,
  connectionIdSchema,
  personIdSchema,
  roomIdSchema,
} from "../server/protocol/ids.ts";

/**
 * What a timeline reads of the events and states in a manifest. They are as they were told to the recorder, less
 * what names people who are not recorded; readers pass over what they do not know.
 */

const { shape: message } = classLogSchemas["chat.posted"];
const person = { personId: personIdSchema };
const room = roomIdSchema.default("main");
const event = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ type: z.literal(type), ...shape });

export const timelineEventSchema = z.discriminatedUnion("type", [
  event("presence.joined", {
    connectionId: connectionIdSchema,
    enrolmentId: personIdSchema.optional(),
    staffId: personIdSchema.optional(),
    room: roomIdSchema,
  }),
  event("presence.left", { connectionId: connectionIdSchema }),
  event("room.moved", { connectionId: connectionIdSchema, room: roomIdSchema }),
  event("server.recovered", {}),
  event("class.closed", {}),
  event("hand.raised", person),
  event("hand.called", person),
  event("hand.lowered", person),
  event("hands.cleared", {}),
  event("chat.posted", { messageId: message.messageId, ...person, room: roomIdSchema, text: z.string() }),
  event("deck.shown", {
    deck: deckViewSchema,
    from: z.number().int().min(1).default(1),
    to: z.number().int().min(1).nullable().default(null),
    room,
  }),
  event("deck.hidden", { room }),
  event("page.turned", { page: z.number().int().min(1), room }),
  event("breakouts.planned", { rooms: z.array(breakoutRoomSchema) }),
  event("breakouts.discarded", {}),
  event("breakouts.closed", {}),
  event("sheet.presented", { roomId: breakoutRoomIdSchema }),
  event("sheet.hidden", {}),
]);
export type TimelineEvent = z.infer<typeof timelineEventSchema>;

export const timelineStateSchema = z.object({
  connections: z
    .array(z.object({ connectionId: connectionIdSchema, personId: personIdSchema, room: roomIdSchema }))
    .default([]),
  hands: z.array(z.object({ ...person, calledAt: z.number().nullable() })).default([]),
  stages: z
    .array(z.object({ room: roomIdSchema, deck: deckViewSchema, page: z.number().int().min(1) }))
    .default([]),
  breakouts: z
    .object({
      rooms: z.array(breakoutRoomSchema).default([]),
      presentedRoom: breakoutRoomIdSchema.nullable().default(null),
    })
    .nullable()
    .default(null),
});
export type TimelineState = z.infer<typeof timelineStateSchema>;
