import { z } from "zod";
import {
  breakoutRoomIdSchema,
  caseIdSchema,
  deckIdSchema,
  enrolmentIdSchema,
  personIdSchema,
  roomIdSchema,
} from "./ids.ts";
import {
  dtlsParametersSchema,
  mediaSourceSchema,
  mediaViewSchema,
  rtpCapabilitiesSchema,
  rtpParametersSchema,
  transportDirectionSchema,
} from "./media.ts";
import { consentAnswerSchema, recordedRoomsSchema } from "./recordings.ts";

/** Text that people type: trimmed, without control characters except line breaks and tabs. */
function typed(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .transform((text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "").trim())
    .pipe(z.string().min(1));
}

export const MAX_BREAKOUT_ROOMS = 100;
/** How long rooms are open, and by how much they are prolonged. */
const roomMinutes = z.number().int().min(1).max(480);
const roleCode = z.string().min(1).max(64);
const nothing = z.strictObject({});
/** Larger ones are refused by size, with a code of their own, not by their shape. */
const bytes = z.instanceof(Uint8Array);

/**
 * Every message a client can send on its socket, with the schema of its argument. Each is answered by one
 * ack, `{ok: true, data}` or `{ok: false, code, details?}`.
 */
export const commandSchemas = {
  /** First after connecting: asks for the class as it is. `device` names this tab across reloads. */
  "class.enter": z.strictObject({
    device: z.string().regex(/^[0-9A-Za-z_-]{8,64}$/),
    /** The last sequence number this client has applied, if it comes back. */
    lastSeq: z.number().int().min(0).optional(),
  }),
  /** The snapshot is on screen: from here the person is present. */
  "presence.confirm": nothing,
  /** The person leaves by themselves (the button, not a lost line). */
  "presence.leave": nothing,
  "class.open": nothing,
  "class.close": nothing,

  "hand.raise": nothing,
  /** Without `personId` one's own; with it staff lower somebody's. */
  "hand.lower": z.strictObject({ personId: personIdSchema.optional() }),
  "hand.call": z.strictObject({ personId: personIdSchema }),
  "hands.clear": nothing,

  "chat.post": z.strictObject({ text: typed(2000) }),

  "deck.show": z.strictObject({ deckId: deckIdSchema }),
  "deck.hide": nothing,
  "page.turn": z.strictObject({ page: z.number().int().min(1).max(10_000) }),

  /** Makes N empty rooms, or replaces the plan; only while rooms are closed. */
  "breakouts.plan": z
    .strictObject({
      count: z.number().int().min(1).max(MAX_BREAKOUT_ROOMS),
      /**
       * `even` deals the present participants out, `mixed` and `together` by their institution; `chosen` lets
       * them choose, `limit` a room; `empty` leaves assigning to the instructor.
       */
      assign: z.enum(["even", "mixed", "together", "chosen", "empty"]),
      limit: z.number().int().min(1).max(1000).optional(),
      minutes: roomMinutes.optional(),
      /** The case that the rooms work on, with its slides. */
      caseId: caseIdSchema.optional(),
      /** Groups by name; who is on the roster no more is passed over. `assign` then places who is in none. */
      groups: z
        .array(z.strictObject({ title: typed(60), personIds: z.array(enrolmentIdSchema).max(1000) }))
        .min(1)
        .max(MAX_BREAKOUT_ROOMS)
        .optional(),
    })
    .refine((plan) => !plan.groups || plan.groups.length === plan.count, {
      path: ["groups"],
      message: "must be as many as the rooms",
    })
    .refine((plan) => plan.assign !== "chosen" || plan.limit !== undefined, {
      path: ["limit"],
      message: "is needed where people choose",
    }),
  /** Puts a person into a room of the plan, or (null) into none; moves them if rooms are open. */
  "breakouts.assign": z.strictObject({
    personId: personIdSchema,
    roomId: breakoutRoomIdSchema.nullable(),
    /** Where the sender sees the person: refused if somebody else has moved them meanwhile. */
    from: breakoutRoomIdSchema.nullable().optional(),
  }),
  /** With `minutes` the rooms close by themselves; else as long as the plan says. */
  "breakouts.open": z.strictObject({ minutes: roomMinutes.optional() }),
  /** Gives all rooms more time. */
  "breakouts.extend": z.strictObject({ minutes: roomMinutes }),
  /** Calls one room back; the others go on. */
  "breakouts.recall": z.strictObject({ roomId: breakoutRoomIdSchema }),
  "breakouts.close": nothing,
  "breakouts.discard": nothing,
  /** Staff go where they are needed; participants only between their room and nowhere else. */
  "room.enter": z.strictObject({ room: roomIdSchema }),
  /** A participant chooses a room, where the plan lets them. */
  "room.choose": z.strictObject({ roomId: breakoutRoomIdSchema }),
  "role.take": z.strictObject({ role: roleCode }),
  /** One's own role; staff free anybody's in the room they are in. */
  "role.leave": z.strictObject({ role: roleCode }),
  "help.ask": nothing,
  /** Without `roomId` that of one's own room; staff end any. */
  "help.cancel": z.strictObject({ roomId: breakoutRoomIdSchema.optional() }),
  "broadcast.post": z.strictObject({ text: typed(500) }),
  /** One's own microphone in all rooms, or no more. */
  "broadcast.voice": z.strictObject({ isOn: z.boolean() }),
  /** A room's answer sheet on the stage of the main room. */
  "sheet.present": z.strictObject({ roomId: breakoutRoomIdSchema }),
  "sheet.hide": nothing,

  /** The answer sheet of a room; with `stateVector` (Yjs) only what the client lacks. */
  "sheet.open": z.strictObject({ roomId: breakoutRoomIdSchema, stateVector: bytes.optional() }),
  /** Yjs updates of this client, merged. The ack means: durable. */
  "sheet.update": z.strictObject({ roomId: breakoutRoomIdSchema, update: bytes }),
  /** Where one's cursor is: told to those who have the sheet open, and kept nowhere. */
  "sheet.awareness": z.strictObject({ roomId: breakoutRoomIdSchema, update: bytes }),

  /** Breakout rooms only if they are asked for. */
  "recording.start": z.strictObject({
    rooms: recordedRoomsSchema.default("main"),
    hasChat: z.boolean().default(true),
  }),
  "recording.pause": nothing,
  "recording.resume": nothing,
  "recording.stop": nothing,
  /** Whether one may be recorded oneself; a later answer replaces an earlier one. */
  "recording.answer": consentAnswerSchema,

  "media.capabilities": z.strictObject({ rtpCapabilities: rtpCapabilitiesSchema }),
  "media.transport": z.strictObject({ direction: transportDirectionSchema }),
  "media.connect": z.strictObject({
    direction: transportDirectionSchema,
    dtlsParameters: dtlsParametersSchema,
  }),
  "media.restart-ice": z.strictObject({ direction: transportDirectionSchema }),
  "media.produce": z.strictObject({
    source: mediaSourceSchema,
    rtpParameters: rtpParametersSchema,
    /** Starts silent: the microphone is published muted. */
    paused: z.boolean().default(false),
  }),
  "media.pause": z.strictObject({ source: mediaSourceSchema }),
  "media.resume": z.strictObject({ source: mediaSourceSchema }),
  "media.stop": z.strictObject({ source: mediaSourceSchema }),
  "media.view": mediaViewSchema,
  /** The client has made its consumer: let it flow. */
  "media.ready": z.strictObject({ consumerId: z.string().min(1).max(64) }),
  /** Staff silence somebody's microphone or end somebody's share; only that person can start again. */
  "media.silence": z.strictObject({
    personId: personIdSchema,
    source: z.enum(["microphone", "camera", "screen"]),
  }),
  "media.silence-all": nothing,
} as const;

export type CommandName = keyof typeof commandSchemas;
export const COMMAND_NAMES = Object.keys(commandSchemas) as readonly CommandName[];
export type CommandArgs<Name extends CommandName> = z.output<(typeof commandSchemas)[Name]>;
export type CommandInput<Name extends CommandName> = z.input<(typeof commandSchemas)[Name]>;
