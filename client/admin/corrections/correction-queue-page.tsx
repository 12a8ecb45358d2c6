import "./corrections.css";
import { useSignal } from "@preact/signals";
import type { CorrectionQueue } from "../../../server/protocol/disputes.ts";
import { errorText } from "../../i18n/t.ts";
import { showToast } from "../../ui/toasts.tsx";
import { useNow } from "../../ui/use-now.ts";
import { adminApi, signedIn } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { EmptyState, Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { useCurrentProgramme } from "../use-current.ts";
import { CorrectionCard } from "./correction-card.tsx";
import { DisputeCard } from "./dispute-card.tsx";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

type Waiting = CorrectionQueue["items"][number];

/** All that waits for somebody in a programme, over its sessions. */
export function CorrectionQueuePage({ code }: { code: string }) {
  useCurrentProgramme(code);
  const resource = useResource(`queue ${code}`, () => adminApi.correctionQueue(code));
  const now = useNow(60_000);
  return (
    <Loaded of={resource} title={t("queue.title")}>
      {({ items }) => (
        <>
          <PageHead title={t("queue.title")} lead={t("queue.lead")} />
          {items.length === 0 && (
            <EmptyState title={t("queue.empty.title")}>{t("queue.empty.text")}</EmptyState>
          )}
          <h2 class="visually-hidden">{t("queue.list")}</h2>
          <ul class="corrections">
            {items.map((item) => (
              <li key={item.adjustment?.adjustmentId ?? item.dispute?.disputeId} class="card correction">
                <p class="queue-head small">
                  <strong>{t(`queue.kind.${item.adjustment ? "adjustment" : "dispute"}`)}</strong>
                  <AdminLink href={adminPath.corrections(item.session.id)}>{item.session.title}</AdminLink>
                  <span class="soft figures">{waitText(now - item.waitingSince)}</span>
                </p>
                <WaitingCard item={item} onDone={resource.reload} />
              </li>
            ))}
          </ul>
        </>
      )}
    </Loaded>
  );
}

function WaitingCard({ item, onDone }: { item: Waiting; onDone: () => Promise<void> }) {
  const isBusy = useSignal(false);
  const { adjustment, dispute, session } = item;
  if (!adjustment) return dispute && <DisputeCard {...{ dispute, session, onDone }} report={null} />;
  const decide = async (ruling: "approve" | "reject") => {
    isBusy.value = true;
    const answer = await adminApi.decideAdjustment(session.id, adjustment.adjustmentId, ruling);
    isBusy.value = false;
    showToast(
      answer.ok
        ? { tone: "good", text: t(ruling === "approve" ? "corrections.approved" : "corrections.rejected") }
        : { tone: "trouble", text: errorText(answer.code) },
    );
    await onDone();
  };
  return (
    <>
      <CorrectionCard
        item={adjustment}
        session={session}
        isOwn={adjustment.proposedBy === signedIn.value?.account.id}
        isBusy={isBusy.value}
        onDecide={decide}
      />
      {dispute && <p class="soft small dispute-reason">{t("disputes.from", { reason: dispute.reason })}</p>}
    </>
  );
}

function waitText(ms: number): string {
  if (ms >= DAY_MS) return t("queue.waits", { count: Math.floor(ms / DAY_MS) });
  if (ms >= HOUR_MS) return t("queue.waits.hours", { count: Math.floor(ms / HOUR_MS) });
  return t("queue.waits.new");
}
