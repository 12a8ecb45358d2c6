import type { Kysely } from "kysely";
import { type ClassEventType, classEventSchemas, type SequencedEvent } from "../protocol/events.ts";
import type { SessionId } from "../protocol/ids.ts";
import type { Database } from "./schema.ts";

const isKnown = (type: string): type is ClassEventType => Object.hasOwn(classEventSchemas, type);

/**
 * All events of a class after one in order of `seq`, from the ledger and the class log. Throws, naming the event, when
 * one is malformed or of an unknown type: a class cannot be rebuilt around a hole.
 */
export async function replayIn(
  db: Kysely<Database>,
  sessionId: SessionId,
  afterSeq: number,
): Promise<SequencedEvent[]> {
  // One statement, so that both tables are read at the same moment.
  const rows = await db
    .selectFrom("ledger")
    .select(["class_seq", "at", "type", "body"])
    .where("session_id", "=", sessionId)
    .where("class_seq", ">", afterSeq)
    .unionAll(
      db
        .selectFrom("class_log")
        .select(["class_seq", "at", "type", "body"])
        .where("session_id", "=", sessionId)
        .where("class_seq", ">", afterSeq),
    )
    .orderBy("class_seq")
    .execute();
  return rows.map(({ class_seq, at, type, body }) => {
    try {
      if (!isKnown(type) || class_seq === null) throw new Error(`Events of type ${type} are unknown`);
      const event = classEventSchemas[type].parse({ ...JSON.parse(body), type });
      return { ...event, seq: class_seq, at };
    } catch (cause) {
      throw new Error(`Event ${class_seq} of ${sessionId} is malformed`, { cause });
    }
  });
}
