import type { Insertable, Kysely, Selectable, Transaction } from "kysely";
import type { Certificate, CertificateStore } from "../ports.ts";
import { certificateFactsSchema } from "../protocol/certificates.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import { pageFrom, positionAfter } from "./paging.ts";
import type { CertificateTable, Database } from "./schema.ts";

function certificateFrom(row: Selectable<CertificateTable>): Certificate {
  return {
    id: row.id,
    programmeId: row.programme_id,
    enrolmentId: row.enrolment_id,
    sequence: row.sequence,
    number: row.number,
    code: row.code,
    facts: certificateFactsSchema.parse(JSON.parse(row.facts)),
    credential: row.credential,
    issuedBy: row.issued_by,
    issuedAt: row.created_at,
    revokedAt: row.revoked_at,
    revokedBy: row.revoked_by,
    revokedReason: row.revoked_reason,
    erasedAt: row.erased_at,
  };
}

export function certificatesIn(db: Kysely<Database>): CertificateStore {
  async function find(id: Certificate["id"]): Promise<Certificate | null> {
    const row = await db.selectFrom("certificates").selectAll().where("id", "=", id).executeTakeFirst();
    return row ? certificateFrom(row) : null;
  }
  return {
    async create(issued) {
      return await db.transaction().execute(async (transaction): Promise<Result> => {
        // Transactions of records come one after the other, on all nodes: what is seen here stays so until the end.
        if (await isOvertaken(transaction, issued)) return refuse("conflict", "others were issued meanwhile");
        for (const certificate of issued) {
          await transaction.insertInto("certificates").values(rowFrom(certificate)).execute();
        }
        return accept();
      });
    },

    async lastSequence(programmeId) {
      const row = await db
        .selectFrom("certificates")
        .select((select) => select.fn.max("sequence").as("last"))
        .where("programme_id", "=", programmeId)
        .executeTakeFirst();
      return row?.last ?? 0;
    },

    find,

    async findByCode(code) {
      const row = await db.selectFrom("certificates").selectAll().where("code", "=", code).executeTakeFirst();
      return row ? certificateFrom(row) : null;
    },

    async validOf(enrolmentId) {
      const row = await db
        .selectFrom("certificates")
        .selectAll()
        .where("enrolment_id", "=", enrolmentId)
        .where("revoked_at", "is", null)
        .executeTakeFirst();
      return row ? certificateFrom(row) : null;
    },

    async valid(programmeId) {
      const rows = await db
        .selectFrom("certificates")
        .selectAll()
        .where("programme_id", "=", programmeId)
        .where("revoked_at", "is", null)
        .orderBy("position")
        .execute();
      return rows.map(certificateFrom);
    },

    async list(programmeId, page) {
      const rows = await db
        .selectFrom("certificates")
        .selectAll()
        .where("programme_id", "=", programmeId)
        .where("position", ">", positionAfter(page))
        .orderBy("position")
        .limit(page.limit + 1)
        .execute();
      return pageFrom(rows, page, certificateFrom);
    },

    async numberTemplate(programmeId) {
      const row = await db
        .selectFrom("certificate_numberings")
        .select("template")
        .where("programme_id", "=", programmeId)
        .executeTakeFirst();
      return row?.template ?? null;
    },

    async changeNumberTemplate(programmeId, template) {
      await db
        .insertInto("certificate_numberings")
        .values({ programme_id: programmeId, template })
        .onConflict((conflict) => conflict.column("programme_id").doUpdateSet({ template }))
        .execute();
    },

    async revoke(id, { reason, by, at }) {
      await db
        .updateTable("certificates")
        .set({ revoked_at: at, revoked_by: by, revoked_reason: reason })
        .where("id", "=", id)
        .where("revoked_at", "is", null)
        .execute();
      const certificate = await find(id);
      return certificate ? accept(certificate) : refuse("not-found");
    },
  };
}

/** Whether a number of these is taken by now, or somebody has a valid one. */
async function isOvertaken(
  transaction: Transaction<Database>,
  issued: readonly Certificate[],
): Promise<boolean> {
  for (const { programmeId, enrolmentId, sequence } of issued) {
    const other = await transaction
      .selectFrom("certificates")
      .select("id")
      .where((row) =>
        row.or([
          row.and([row("programme_id", "=", programmeId), row("sequence", "=", sequence)]),
          row.and([row("enrolment_id", "=", enrolmentId), row("revoked_at", "is", null)]),
        ]),
      )
      .executeTakeFirst();
    if (other) return true;
  }
  return false;
}

function rowFrom(certificate: Certificate): Insertable<CertificateTable> {
  return {
    id: certificate.id,
    programme_id: certificate.programmeId,
    enrolment_id: certificate.enrolmentId,
    sequence: certificate.sequence,
    number: certificate.number,
    code: certificate.code,
    facts: JSON.stringify(certificate.facts),
    credential: certificate.credential,
    issued_by: certificate.issuedBy,
    created_at: certificate.issuedAt,
    revoked_at: certificate.revokedAt,
    revoked_by: certificate.revokedBy,
    revoked_reason: certificate.revokedReason,
  };
}
