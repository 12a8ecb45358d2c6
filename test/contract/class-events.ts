import { createHash } from "node:crypto";
import canonicalize from "canonicalize";
import { type ClassEvent, classEventSchemas, type SequencedEvent } from "../../server/protocol/events.ts";
import type { ChainedRow } from "../../server/protocol/evidence.ts";
import { connectionIdSchema, MAIN_ROOM, messageIdSchema } from "../../server/protocol/ids.ts";
import { enrolmentId } from "./records.ts";

/** Class events a store is tried with. */
export const opened: ClassEvent = { type: "class.opened", by: "stf_1" };
export const closed: ClassEvent = { type: "class.closed", by: "stf_1" };

export function joined(connection: string): ClassEvent {
  return classEventSchemas["presence.joined"].parse({
    type: "presence.joined",
    connectionId: `con_${connection}`,
    enrolmentId: "enr_1",
    device: "Firefox é 💻",
    room: MAIN_ROOM,
  });
}

export function left(connection: string): ClassEvent {
  return {
    type: "presence.left",
    connectionId: connectionIdSchema.parse(`con_${connection}`),
    reason: "closed",
  };
}

export function said(text: string): ClassEvent {
  return {
    type: "chat.posted",
    messageId: messageIdSchema.parse("msg_1"),
    personId: enrolmentId("1"),
    room: MAIN_ROOM,
    text,
  };
}

/** Gives events their places from `seq` on, a millisecond apart. */
export function sequenced(events: readonly ClassEvent[], seq = 1, at = 1_000): SequencedEvent[] {
  return events.map((event, index) => ({ ...event, seq: seq + index, at: at + index }));
}

/** The first row's place in `rows` whose chain is not what DESIGN section 3 says; null when all is well. */
export function firstBadRow(sessionId: string, rows: readonly ChainedRow[]): number | null {
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  let expected = sha256(sessionId);
  for (const [index, { prev, hash, ...body }] of rows.entries()) {
    const isRight = prev === expected && hash === sha256(`${prev}${canonicalize(body)}`);
    if (!isRight || body.seq !== index + 1) return index;
    expected = hash;
  }
  return null;
}
