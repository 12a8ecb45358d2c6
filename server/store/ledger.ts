import type { Kysely } from "kysely";
import { type ChainedRow, type EvidenceType, evidenceBodySchemas } from "../protocol/evidence.ts";
import type { SessionId } from "../protocol/ids.ts";
import type { Database } from "./schema.ts";

/** Loose: a row is answered with every field it was chained with. */
const bodySchemas = new Map(
  Object.entries(evidenceBodySchemas).map(([type, schema]) => [type, schema.loose()]),
);

/**
 * A session's ledger in order, or its rows of some types, with every field a row was chained with. Rows of unknown types come along: they
 * are chained, and whoever reads them ignores them. Throws, naming the row, when a known one is malformed.
 */
export async function evidenceIn(
  db: Kysely<Database>,
  sessionId: SessionId,
  types: readonly EvidenceType[] | null = null,
): Promise<ChainedRow[]> {
  const ledger = db
    .selectFrom("ledger")
    .select(["seq", "at", "type", "body", "prev", "hash"])
    .where("session_id", "=", sessionId);
  const rows = await (types ? ledger.where("type", "in", types) : ledger).orderBy("seq").execute();
  return rows.map(({ seq, at, type, body, prev, hash }) => {
    try {
      const fields = { ...JSON.parse(body), type };
      bodySchemas.get(type)?.parse(fields);
      return { ...fields, seq, at, prev, hash };
    } catch (cause) {
      throw new Error(`Row ${seq} of the ledger of ${sessionId} is malformed`, { cause });
    }
  });
}
