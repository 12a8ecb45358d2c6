import type { Kysely } from "kysely";
import type { SecondFactorStore } from "../ports.ts";
import { accept, refuse } from "../protocol/errors.ts";
import type { Database } from "./schema.ts";

export function secondFactorsIn(db: Kysely<Database>): SecondFactorStore {
  return {
    async find(accountId) {
      const row = await db
        .selectFrom("second_factors")
        .select(["secret", "confirmed_at"])
        .where("account_id", "=", accountId)
        .executeTakeFirst();
      return row ? { secret: row.secret, confirmedAt: row.confirmed_at } : null;
    },

    async propose(accountId, secret) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto("second_factors")
        .values({ account_id: accountId, secret })
        .onConflict((conflict) =>
          conflict
            .column("account_id")
            .doUpdateSet({ secret })
            .where("second_factors.confirmed_at", "is", null),
        )
        .executeTakeFirstOrThrow();
      return numInsertedOrUpdatedRows ? accept() : refuse("conflict");
    },

    confirm: (accountId, { step, codeHashes, at }) =>
      db.transaction().execute(async (transaction) => {
        const { numUpdatedRows } = await transaction
          .updateTable("second_factors")
          .set({ confirmed_at: at, last_step: step })
          .where("account_id", "=", accountId)
          .where("confirmed_at", "is", null)
          .executeTakeFirst();
        if (numUpdatedRows === 0n) return refuse("conflict");
        await transaction.deleteFrom("recovery_codes").where("account_id", "=", accountId).execute();
        await transaction
          .insertInto("recovery_codes")
          .values(codeHashes.map((codeHash) => ({ account_id: accountId, code_hash: codeHash })))
          .execute();
        return accept();
      }),

    async useStep(accountId, step) {
      const { numUpdatedRows } = await db
        .updateTable("second_factors")
        .set({ last_step: step })
        .where("account_id", "=", accountId)
        .where(({ eb, or }) => or([eb("last_step", "is", null), eb("last_step", "<", step)]))
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },

    async useRecoveryCode(accountId, codeHash) {
      const { numDeletedRows } = await db
        .deleteFrom("recovery_codes")
        .where("account_id", "=", accountId)
        .where("code_hash", "=", codeHash)
        .executeTakeFirst();
      return numDeletedRows > 0n;
    },

    async recoveryCodesLeft(accountId) {
      const { left } = await db
        .selectFrom("recovery_codes")
        .select(({ fn }) => fn.countAll<number>().as("left"))
        .where("account_id", "=", accountId)
        .executeTakeFirstOrThrow();
      return left;
    },

    async remove(accountId) {
      await db.transaction().execute(async (transaction) => {
        await transaction.deleteFrom("recovery_codes").where("account_id", "=", accountId).execute();
        await transaction.deleteFrom("second_factors").where("account_id", "=", accountId).execute();
      });
    },
  };
}
