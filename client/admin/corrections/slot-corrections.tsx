import type { AdjustmentJson } from "../../../server/protocol/api-rulings.ts";
import type { DisputeJson } from "../../../server/protocol/disputes.ts";
import { formatNumber, formatShortDate, formatTime } from "../../i18n/format.ts";
import { t } from "../admin-words.ts";

interface SlotCorrectionsProps {
  /** The slot's place in the session, from 1. */
  readonly number: number;
  readonly timeZone: string;
  readonly disputes: readonly DisputeJson[];
  readonly adjustments: readonly AdjustmentJson[];
}

/** What was said and proposed about one person's slot so far, and what became of it. */
export function SlotCorrections({ number, timeZone, disputes, adjustments }: SlotCorrectionsProps) {
  if (disputes.length === 0 && adjustments.length === 0) return null;
  const when = (at: number | null) =>
    at === null ? t("admin.none") : `${formatShortDate(at, timeZone)} ${formatTime(at, timeZone)}`;
  return (
    <ul class="slot-corrections small" aria-label={t("disputes.earlier", { number })}>
      {disputes.map((dispute) => (
        <li key={dispute.disputeId}>
          {t("disputes.earlier.dispute", {
            time: when(dispute.createdAt),
            reason: dispute.reason,
            state:
              dispute.state === "approved"
                ? t("disputes.state.approved", { jp: formatNumber(dispute.jp ?? 0) })
                : t(`disputes.state.${dispute.state}`),
          })}
        </li>
      ))}
      {adjustments.map((adjustment) => (
        <li key={adjustment.adjustmentId}>
          {t("disputes.earlier.proposal", {
            jp: formatNumber(adjustment.jp),
            name: adjustment.proposedByName ?? adjustment.proposedBy,
            time: when(adjustment.proposedAt),
            reason: adjustment.reason,
            state: t(`corrections.filter.${adjustment.state}`),
          })}
        </li>
      ))}
    </ul>
  );
}
