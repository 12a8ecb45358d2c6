import type { Insertable, Kysely, Selectable } from "kysely";
import { z } from "zod";
import type { Dispute, DisputeStore } from "../ports.ts";
import type { AdjustmentId } from "../protocol/ids.ts";
import { endOfficeTurn } from "./office-turns.ts";
import type { Database, DisputeTable } from "./schema.ts";

const fileSchema = z.strictObject({
  name: z.string(),
  type: z.string(),
  bytes: z.number(),
  hash: z.string(),
});

function disputeFrom(row: Selectable<DisputeTable>, adjustmentIds: readonly AdjustmentId[]): Dispute {
  const { answer, answered_by: by, answered_at: at } = row;
  return {
    id: row.id,
    sessionId: row.session_id,
    slotId: row.slot_id,
    enrolmentId: row.enrolment_id,
    reason: row.reason,
    file: row.file === null ? null : fileSchema.parse(JSON.parse(row.file)),
    createdAt: row.created_at,
    adjustmentIds,
    answer: answer === null || by === null || at === null ? null : { reason: answer, by, at },
  };
}

export function disputesIn(db: Kysely<Database>): DisputeStore {
  const everything = () => db.selectFrom("disputes").selectAll("disputes").orderBy("disputes.position");

  async function withProposals(
    sessionId: DisputeTable["session_id"],
    rows: readonly Selectable<DisputeTable>[],
  ): Promise<readonly Dispute[]> {
    const proposals = await db
      .selectFrom("dispute_proposals")
      .innerJoin("disputes", "disputes.id", "dispute_proposals.dispute_id")
      .select(["dispute_id", "adjustment_id"])
      .where("disputes.session_id", "=", sessionId)
      .orderBy("dispute_proposals.position")
      .execute();
    const of = Map.groupBy(proposals, (proposal) => proposal.dispute_id);
    return rows.map((row) =>
      disputeFrom(
        row,
        (of.get(row.id) ?? []).map((proposal) => proposal.adjustment_id),
      ),
    );
  }

  return {
    async create(dispute, turn) {
      await db.transaction().execute(async (transaction) => {
        await endOfficeTurn(transaction, dispute.sessionId, turn);
        await transaction.insertInto("disputes").values(rowFrom(dispute)).execute();
      });
    },

    async find(id) {
      const row = await everything().where("disputes.id", "=", id).executeTakeFirst();
      return row ? ((await withProposals(row.session_id, [row]))[0] ?? null) : null;
    },

    async list(sessionId) {
      const rows = await everything().where("session_id", "=", sessionId).execute();
      return await withProposals(sessionId, rows);
    },

    async addProposal(id, adjustmentId) {
      await db
        .insertInto("dispute_proposals")
        .values({ dispute_id: id, adjustment_id: adjustmentId })
        .execute();
    },

    async answer({ id, sessionId }, { reason, by, at }, turn) {
      await db.transaction().execute(async (transaction) => {
        await endOfficeTurn(transaction, sessionId, turn);
        await transaction
          .updateTable("disputes")
          .set({ answer: reason, answered_by: by, answered_at: at })
          .where("id", "=", id)
          .where("answer", "is", null)
          .execute();
      });
    },
  };
}

function rowFrom(dispute: Dispute): Insertable<DisputeTable> {
  return {
    id: dispute.id,
    session_id: dispute.sessionId,
    slot_id: dispute.slotId,
    enrolment_id: dispute.enrolmentId,
    reason: dispute.reason,
    file: dispute.file && JSON.stringify(dispute.file),
    created_at: dispute.createdAt,
    answer: dispute.answer?.reason ?? null,
    answered_by: dispute.answer?.by ?? null,
    answered_at: dispute.answer?.at ?? null,
  };
}
