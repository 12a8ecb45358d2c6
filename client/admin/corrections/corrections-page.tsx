import "./corrections.css";
import { useSignal } from "@preact/signals";
import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import type { AdjustmentJson } from "../../../server/protocol/api-rulings.ts";
import { errorText } from "../../i18n/t.ts";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, signedIn } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { allOf, useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { FilterChips } from "../shell/filter-chips.tsx";
import { EmptyState, Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { useCurrentSession } from "../use-current.ts";
import { CorrectionCard } from "./correction-card.tsx";

const STATES = ["proposed", "approved", "rejected"] as const;

/** What was proposed for a session, what waits for somebody else, and what became of the rest. */
export function CorrectionsPage({ id }: { id: string }) {
  const resource = useResource(id, async () =>
    allOf<[SessionDetail, { items: readonly AdjustmentJson[] }]>(
      await Promise.all([adminApi.session(id), adminApi.adjustments(id)]),
    ),
  );
  useCurrentSession(resource.data?.[0] ?? null);
  return (
    <Loaded of={resource} title={t("corrections.title")}>
      {([session, { items }]) => (
        <>
          <PageHead
            title={t("corrections.title")}
            above={[
              { title: session.programme.title, href: adminPath.programme(session.programme.code) },
              { title: session.title, href: adminPath.session(session.id) },
            ]}
            lead={t("corrections.lead")}
          />
          {items.length === 0 ? (
            <EmptyState
              title={t("corrections.empty.title")}
              action={
                <AdminLink class="button button-primary" href={adminPath.attendance(session.id)}>
                  {t("session.attendance")}
                </AdminLink>
              }
            >
              {t("corrections.empty.text")}
            </EmptyState>
          ) : (
            <Queue session={session} items={items} onDecided={resource.reload} />
          )}
        </>
      )}
    </Loaded>
  );
}

interface QueueProps {
  readonly session: SessionDetail;
  readonly items: readonly AdjustmentJson[];
  readonly onDecided: () => Promise<void>;
}

function Queue({ session, items, onDecided }: QueueProps) {
  const state = useSignal<AdjustmentJson["state"]>(
    items.some((item) => item.state === "proposed") ? "proposed" : "approved",
  );
  const busyWith = useSignal<string | null>(null);
  const shown = items.filter((item) => item.state === state.value).toReversed();
  const decide = async (item: AdjustmentJson, ruling: "approve" | "reject") => {
    busyWith.value = item.adjustmentId;
    const answer = await adminApi.decideAdjustment(session.id, item.adjustmentId, ruling);
    busyWith.value = null;
    showToast(
      answer.ok
        ? { tone: "good", text: t(ruling === "approve" ? "corrections.approved" : "corrections.rejected") }
        : { tone: "trouble", text: errorText(answer.code) },
    );
    await onDecided();
  };
  return (
    <>
      <FilterChips
        label={t("corrections.filter")}
        chosen={state.value}
        onChoose={(chosen) => {
          state.value = chosen;
        }}
        chips={STATES.map((key) => ({
          key,
          title: t(`corrections.filter.${key}`),
          count: items.filter((item) => item.state === key).length,
        }))}
      />
      {shown.length === 0 && <div class="card table-empty">{t("corrections.none")}</div>}
      <ul class="corrections" aria-label={t("corrections.list")}>
        {shown.map((item) => (
          <li key={item.adjustmentId} class="card correction">
            <CorrectionCard
              item={item}
              session={session}
              isOwn={item.proposedBy === signedIn.value?.account.id}
              isBusy={busyWith.value !== null}
              onDecide={(ruling) => decide(item, ruling)}
            />
          </li>
        ))}
      </ul>
    </>
  );
}
