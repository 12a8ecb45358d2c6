import "./corrections.css";
import { useSignal } from "@preact/signals";
import type { AttendanceReportJson } from "../../../server/protocol/api.ts";
import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import type { AdjustmentJson } from "../../../server/protocol/api-rulings.ts";
import type { DisputeJson } from "../../../server/protocol/disputes.ts";
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
import { DisputeCard } from "./dispute-card.tsx";

const STATES = ["proposed", "approved", "rejected"] as const;

/** What was proposed for a session, what waits for somebody else, and what became of the rest. */
export function CorrectionsPage({ id }: { id: string }) {
  const resource = useResource(id, async () =>
    allOf<
      [
        SessionDetail,
        { items: readonly AdjustmentJson[] },
        { items: readonly DisputeJson[] },
        AttendanceReportJson,
      ]
    >(
      await Promise.all([
        adminApi.session(id),
        adminApi.adjustments(id),
        adminApi.disputes(id),
        adminApi.attendance(id),
      ]),
    ),
  );
  useCurrentSession(resource.data?.[0] ?? null);
  return (
    <Loaded of={resource} title={t("corrections.title")}>
      {([session, { items }, { items: disputes }, report]) => (
        <>
          <PageHead
            title={t("corrections.title")}
            above={[
              { title: session.programme.title, href: adminPath.programme(session.programme.code) },
              { title: session.title, href: adminPath.session(session.id) },
            ]}
            lead={t("corrections.lead")}
          />
          {disputes.length > 0 && <DisputeList {...{ session, disputes, report }} onDone={resource.reload} />}
          {items.length === 0 && disputes.length > 0 ? null : items.length === 0 ? (
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

interface DisputeListProps {
  readonly session: SessionDetail;
  readonly disputes: readonly DisputeJson[];
  readonly report: AttendanceReportJson;
  readonly onDone: () => Promise<void>;
}

/** What nobody has answered first, each in the order in which it came. */
function DisputeList({ session, disputes, report, onDone }: DisputeListProps) {
  const rank = ({ state }: DisputeJson) => ["open", "proposed", "approved", "rejected"].indexOf(state);
  const shown = disputes.toSorted((a, b) => rank(a) - rank(b));
  return (
    <section class="corrections" aria-labelledby="disputes-title">
      <h2 id="disputes-title" class="section-title">
        {t("disputes.title")}
      </h2>
      <ul class="corrections">
        {shown.map((dispute) => (
          <li key={dispute.disputeId} class="card correction">
            <DisputeCard {...{ dispute, session, report, onDone }} />
          </li>
        ))}
      </ul>
    </section>
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
      <h2 class="section-title">{t("disputes.proposals")}</h2>
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
