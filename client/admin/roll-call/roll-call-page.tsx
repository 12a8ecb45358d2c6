import "./roll-call.css";
import { useSignal } from "@preact/signals";
import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import type { MarkJson, RollCallJson } from "../../../server/protocol/api-rulings.ts";
import { formatNumber, formatTimeRange } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, canChange } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { isMatching } from "../matching.ts";
import { allOf, useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { FilterChips } from "../shell/filter-chips.tsx";
import { EmptyState, Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { SearchField } from "../shell/search-field.tsx";
import { useCurrentSession } from "../use-current.ts";
import { RollCallTable } from "./roll-call-table.tsx";
import { type Status, slotMarksFrom, unmarkedIn } from "./slot-marks.ts";

/** Who is in the hall, slot by slot. */
export function RollCallPage({ id }: { id: string }) {
  const resource = useResource(id, async () =>
    allOf<[SessionDetail, RollCallJson]>(await Promise.all([adminApi.session(id), adminApi.rollCall(id)])),
  );
  useCurrentSession(resource.data?.[0] ?? null);
  return (
    <Loaded of={resource} title={t("rollCall.title")}>
      {([session, rollCall]) => (
        <>
          <PageHead
            title={t("rollCall.title")}
            above={[
              { title: session.programme.title, href: adminPath.programme(session.programme.code) },
              { title: session.title, href: adminPath.session(session.id) },
            ]}
            lead={canChange.value && t("rollCall.lead")}
            actions={
              session.mode !== "online" &&
              canChange.value && (
                <AdminLink class="button" href={adminPath.checkIn(session.id)}>
                  {t("checkIn.title")}
                </AdminLink>
              )
            }
          />
          <Body session={session} rollCall={rollCall} />
        </>
      )}
    </Loaded>
  );
}

function Body({ session, rollCall }: { session: SessionDetail; rollCall: RollCallJson }) {
  if (session.mode === "online") return <Notice>{t("rollCall.online")}</Notice>;
  if (rollCall.people.length === 0) {
    return <EmptyState title={t("rollCall.nobody.title")}>{t("rollCall.nobody.text")}</EmptyState>;
  }
  return <Marking session={session} rollCall={rollCall} />;
}

function Marking({ session, rollCall }: { session: SessionDetail; rollCall: RollCallJson }) {
  const { slots, timeZone } = session;
  const made = useSignal<readonly MarkJson[]>([]);
  const query = useSignal("");
  const isAsking = useSignal(false);
  const slotId = useSignal<string>(slotNow(session, Date.now()));
  const number = slots.findIndex(({ id }) => id === slotId.value) + 1;
  const marks = slotMarksFrom(rollCall.marks, made.value, slotId.value);
  const rest = unmarkedIn(rollCall.people, marks);
  const people = rollCall.people.filter(({ name, externalId, institution }) =>
    isMatching(query.value, [name, externalId, institution]),
  );

  const send = async (whose: RollCallJson["people"], status: Status): Promise<void> => {
    const bodies = whose.map(({ enrolmentId }) => ({ slotId: slotId.value, enrolmentId, status }));
    const answer = await adminApi.mark(session.id, bodies);
    if (answer.ok) {
      made.value = [...made.value, ...answer.data.items];
      if (whose.length > 1) {
        showToast({ tone: "good", text: t("rollCall.rest.done", { count: whose.length }) });
      }
      return;
    }
    const [only] = whose;
    const reason = errorText(answer.code);
    const text =
      whose.length === 1 && only
        ? t("rollCall.failed", { name: only.name, reason })
        : t("rollCall.failedMany", { reason });
    showToast({ tone: "trouble", text });
  };
  const ask = (isOpen: boolean) => {
    isAsking.value = isOpen;
  };

  return (
    <>
      <FilterChips
        label={t("rollCall.slot")}
        chosen={slotId.value}
        onChoose={(id) => {
          slotId.value = id;
        }}
        chips={slots.map((slot, index) => ({
          key: slot.id,
          title: t("rollCall.slot.title", {
            number: index + 1,
            time: formatTimeRange(slot.startAt, slot.endAt, timeZone),
          }),
          count: slotMarksFrom(rollCall.marks, made.value, slot.id).size,
        }))}
      />
      <div class="toolbar roll-call-toolbar">
        <p class="figures" role="status">
          {t("rollCall.count", {
            marked: formatNumber(rollCall.people.length - rest.length),
            all: formatNumber(rollCall.people.length),
          })}
        </p>
        <SearchField
          label={t("rollCall.search")}
          value={query.value}
          onValue={(value) => {
            query.value = value;
          }}
        />
        {rest.length > 0 && canChange.value && (
          <Button tone="primary" onClick={() => ask(true)}>
            {t("rollCall.rest", { count: formatNumber(rest.length) })}
          </Button>
        )}
      </div>
      {canChange.value && <p class="soft small roll-call-keys">{t("rollCall.hint")}</p>}
      {people.length === 0 ? (
        <div class="card table-empty">{t("rollCall.noMatch")}</div>
      ) : (
        <RollCallTable people={people} marks={marks} onMark={(person, status) => send([person], status)} />
      )}
      {isAsking.value && (
        <Dialog
          title={t("rollCall.rest.title")}
          onClose={() => ask(false)}
          foot={
            <>
              <Button onClick={() => ask(false)}>{t("cancel")}</Button>
              <Button
                tone="primary"
                onClick={() => {
                  ask(false);
                  send(rest, "present");
                }}
              >
                {t("rollCall.rest", { count: formatNumber(rest.length) })}
              </Button>
            </>
          }
        >
          <p>{t("rollCall.rest.text", { count: formatNumber(rest.length), number })}</p>
        </Dialog>
      )}
    </>
  );
}

/** The slot that is on, else the next, else the last. */
function slotNow({ slots }: SessionDetail, now: number): string {
  return (slots.find(({ endAt }) => now < endAt) ?? slots.at(-1))?.id ?? "";
}
