import type { CertificateJson } from "../../../server/protocol/certificates.ts";
import type { CompletionItem, CompletionReport } from "../../../server/protocol/completion.ts";
import { isMatching } from "../matching.ts";

export const STATES = ["unmet", "ready", "issued", "revoked"] as const;
export type CertificateState = (typeof STATES)[number];
export type CertificateFilter = "all" | CertificateState;

/** A participant and what became of their certificate. */
export interface CertificateRow {
  readonly item: CompletionItem;
  readonly state: CertificateState;
  /** The valid one, else the one revoked last. */
  readonly certificate: CertificateJson | null;
  /** Complete and without a valid certificate, also after a revocation. */
  readonly canIssue: boolean;
}

/** Everybody of a programme, in the report's order. */
export function certificateRowsFrom(
  { items }: CompletionReport,
  certificates: readonly CertificateJson[],
): readonly CertificateRow[] {
  const of = Map.groupBy(certificates, ({ enrolmentId }) => enrolmentId);
  return items.map((item) => {
    const own = of.get(item.enrolmentId) ?? [];
    const certificate = own.find(({ revokedAt }) => revokedAt === null) ?? own.at(-1) ?? null;
    const isIssued = certificate?.revokedAt === null;
    const canIssue = item.status === "complete" && !isIssued && !item.isErased;
    if (certificate) return { item, certificate, canIssue, state: isIssued ? "issued" : "revoked" };
    return { item, certificate, canIssue, state: canIssue ? "ready" : "unmet" };
  });
}

export function certificateRowsIn(
  rows: readonly CertificateRow[],
  filter: CertificateFilter,
  query: string,
): readonly CertificateRow[] {
  return rows.filter(
    ({ item, state, certificate }) =>
      (filter === "all" || state === filter) &&
      isMatching(query, [item.name, item.externalId, item.institution, certificate?.number ?? null]),
  );
}
