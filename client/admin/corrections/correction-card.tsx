import { useId } from "preact/hooks";

import type { AdjustmentJson } from "../../../server/protocol/api-rulings.ts";
import type { Slot } from "../../../server/protocol/evidence.ts";
import { formatNumber, formatShortDate, formatTime, formatTimeRange } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { canChange } from "../admin-api.ts";
import { t } from "../admin-words.ts";

interface CorrectionCardProps {
  readonly item: AdjustmentJson;
  readonly session: { readonly slots: readonly Slot[]; readonly timeZone: string };
  /** Whether the signed-in administrator proposed it: then somebody else decides. */
  readonly isOwn: boolean;
  readonly isBusy: boolean;
  readonly onDecide: (ruling: "approve" | "reject") => void;
}

/** One proposal: for whom, what and why, by whom, and what became of it. */
export function CorrectionCard({ item, session, isOwn, isBusy, onDecide }: CorrectionCardProps) {
  const noteId = useId();
  const { slots, timeZone } = session;
  const index = slots.findIndex(({ id }) => id === item.slotId);
  const slot = slots[index];
  const name = item.person?.name ?? item.enrolmentId;
  const when = (at: number | null) =>
    at === null ? t("admin.none") : `${formatShortDate(at, timeZone)} ${formatTime(at, timeZone)}`;
  const decidedBy = { name: item.decidedByName ?? item.decidedBy ?? "", time: when(item.decidedAt) };
  return (
    <>
      <div class="correction-head">
        <div>
          <h3 class="person-name">{name}</h3>
          {slot && (
            <p class="soft small figures">
              {t("corrections.slot", {
                number: index + 1,
                time: formatTimeRange(slot.startAt, slot.endAt, timeZone),
              })}
            </p>
          )}
        </div>
        <strong class="figures">{t("corrections.jp", { jp: formatNumber(item.jp) })}</strong>
      </div>
      <p class="correction-reason">{item.reason}</p>
      <p class="soft small">
        {t("corrections.by", { name: item.proposedByName ?? item.proposedBy, time: when(item.proposedAt) })}
      </p>
      {item.state === "approved" && <p class="soft small">{t("corrections.approvedBy", decidedBy)}</p>}
      {item.state === "rejected" && <p class="soft small">{t("corrections.rejectedBy", decidedBy)}</p>}
      {item.state === "proposed" && canChange.value && (
        <div class="correction-actions">
          <Button
            tone="primary"
            disabled={isOwn || isBusy}
            aria-label={t("corrections.approve.of", { name })}
            aria-describedby={isOwn ? noteId : undefined}
            onClick={() => onDecide("approve")}
          >
            {t("corrections.approve")}
          </Button>
          <Button
            disabled={isOwn || isBusy}
            aria-label={t("corrections.reject.of", { name })}
            aria-describedby={isOwn ? noteId : undefined}
            onClick={() => onDecide("reject")}
          >
            {t("corrections.reject")}
          </Button>
          {isOwn && (
            <span id={noteId} class="soft small">
              {t("corrections.own")}
            </span>
          )}
        </div>
      )}
    </>
  );
}
