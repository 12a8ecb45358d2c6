import "./roll-call.css";
import { useSignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import type { JoinView } from "../../server/protocol/api.ts";
import type { MarkJson, RollCallJson } from "../../server/protocol/api-rulings.ts";
import { isMatching } from "../admin/matching.ts";
import { fetchJoinView, fetchRollCall, sendMarks } from "../http/join-api.ts";
import type { Answer } from "../http/request-json.ts";
import { formatTimeRange } from "../i18n/format.ts";
import { errorText, t } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { currentPath } from "../ui/location.ts";
import { Notice } from "../ui/notice.tsx";
import { Page, PlainPage } from "../ui/page.tsx";
import { showToast, Toasts } from "../ui/toasts.tsx";
import { createKeptMarks } from "./kept-marks.ts";
import { createMarkQueue } from "./mark-queue.ts";
import { RollCallList } from "./roll-call-list.tsx";
import { rollCallText } from "./roll-call-words.ts";
import { shownMarksFrom } from "./shown-marks.ts";

const LOOK_MS = 10_000;

interface Loaded {
  readonly join: JoinView;
  readonly rollCall: RollCallJson;
}

/** `/class/:linkId/roll-call`: who is in the hall, marked by the session's own staff on a phone. */
export function RollCallPage() {
  const linkId = decodeURIComponent(currentPath.value.split("/")[2] ?? "");
  const loaded = useSignal<Loaded | null>(null);
  const failure = useSignal<string | null>(null);
  const load = async () => {
    const [join, rollCall] = await Promise.all([fetchJoinView(linkId), fetchRollCall(linkId)]);
    if (join.ok && rollCall.ok) loaded.value = { join: join.data, rollCall: rollCall.data };
    else failure.value = errorText(firstCodeOf(join, rollCall));
  };
  useEffect(() => void load(), [linkId]);
  if (loaded.value) return <RollCall key={linkId} linkId={linkId} {...loaded.value} />;
  return (
    <PlainPage title={rollCallText("title")}>
      {failure.value ? (
        <>
          <Notice tone="trouble">{failure.value}</Notice>
          <Button tone="primary" onClick={load}>
            {t("retry")}
          </Button>
        </>
      ) : (
        <p class="soft">{t("loading")}</p>
      )}
    </PlainPage>
  );
}

function firstCodeOf(...answers: readonly Answer<unknown>[]) {
  const refused = answers.find((answer) => !answer.ok);
  return refused && !refused.ok ? refused.code : "internal";
}

function RollCall({ linkId, join, rollCall }: Loaded & { linkId: string }) {
  const { slots, timeZone, mode, title } = rollCall.session;
  const marks = useSignal<readonly MarkJson[]>(rollCall.marks);
  const query = useSignal("");
  const slotId = useSignal(slotNow(slots, Date.now()));
  const openedAt = useMemo(() => Date.now(), []);
  const queue = useMemo(
    () =>
      createMarkQueue({
        send: (pending) => sendMarks(linkId, pending),
        onSaved: (items) => {
          marks.value = [...marks.value, ...items];
        },
        onRefused: ({ code }) =>
          showToast({ tone: "trouble", text: rollCallText("refused", { reason: errorText(code) }) }),
        kept: createKeptMarks(linkId),
        after: (ms, callback) => {
          const timer = setTimeout(callback, ms);
          return () => clearTimeout(timer);
        },
      }),
    [linkId],
  );
  useEffect(() => {
    const look = async () => {
      if (document.visibilityState === "hidden") return;
      const answer = await fetchRollCall(linkId);
      if (answer.ok) marks.value = answer.data.marks;
    };
    // A phone that goes into a pocket may never come back to this page.
    const handleHidden = () => {
      if (document.visibilityState === "hidden") queue.flush();
      else void look();
    };
    const timer = setInterval(() => void look(), LOOK_MS);
    document.addEventListener("visibilitychange", handleHidden);
    addEventListener("online", queue.flush);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", handleHidden);
      removeEventListener("online", queue.flush);
      queue.close();
    };
  }, [linkId, queue]);

  const ownId = join.person.personId;
  const shown = shownMarksFrom(marks.value, queue.pending.value, { slotId: slotId.value, ownId, openedAt });
  const rest = rollCall.people.filter(({ enrolmentId }) => !shown.has(enrolmentId));
  const people = rollCall.people.filter(({ name, institution, externalId }) =>
    isMatching(query.value, [name, institution, externalId]),
  );
  return (
    <Page>
      <section class="card page-card roll">
        <div>
          <p class="soft small">{title}</p>
          <h1>{rollCallText("title")}</h1>
        </div>
        {mode === "online" ? (
          <Notice>{rollCallText("online")}</Notice>
        ) : (
          <>
            <label class="field">
              <span class="field-label">{rollCallText("slot.choose")}</span>
              <select
                class="input"
                value={slotId.value}
                onChange={(event) => {
                  slotId.value = event.currentTarget.value;
                }}
              >
                {slots.map((slot, index) => (
                  <option key={slot.id} value={slot.id}>
                    {rollCallText("slot", { number: index + 1 })} ·{" "}
                    {formatTimeRange(slot.startAt, slot.endAt, timeZone)}
                  </option>
                ))}
              </select>
            </label>
            <Saving
              state={queue.state.value}
              pending={queue.pending.value.length}
              marked={rollCall.people.length - rest.length}
              all={rollCall.people.length}
            />
            <input
              class="input"
              type="search"
              aria-label={rollCallText("search")}
              placeholder={rollCallText("search")}
              value={query.value}
              onInput={(event) => {
                query.value = event.currentTarget.value;
              }}
            />
            {queue.held.value > 0 ? (
              <Button size="large" class="button-wide" onClick={queue.takeBack}>
                {rollCallText("undo", { count: queue.held.value })}
              </Button>
            ) : (
              rest.length > 0 && (
                <Button
                  tone="primary"
                  size="large"
                  class="button-wide"
                  onClick={() =>
                    queue.hold(
                      rest.map(({ enrolmentId }) => ({
                        slotId: slotId.value,
                        enrolmentId,
                        status: "present",
                      })),
                    )
                  }
                >
                  {rollCallText("rest", { count: rest.length })}
                </Button>
              )
            )}
            {rollCall.people.length === 0 && <p class="soft">{rollCallText("nobody")}</p>}
            {rollCall.people.length > 0 && people.length === 0 && (
              <p class="soft">{rollCallText("search.none")}</p>
            )}
            <RollCallList
              people={people}
              shown={shown}
              timeZone={timeZone}
              onMark={(enrolmentId, status) => queue.put({ slotId: slotId.value, enrolmentId, status })}
            />
          </>
        )}
        {mode !== "online" && (
          <a class="button" href={`/class/${encodeURIComponent(linkId)}/check-in-screen`}>
            {rollCallText("checkInScreen.long")}
          </a>
        )}
        <a class="button" href={`/class/${encodeURIComponent(linkId)}`}>
          {rollCallText("back")}
        </a>
      </section>
      <Toasts />
    </Page>
  );
}

function Saving(props: {
  state: "saved" | "saving" | "waiting";
  pending: number;
  marked: number;
  all: number;
}) {
  const { state, pending, marked, all } = props;
  return (
    <div class="roll-saving" role="status">
      <strong class="figures">{rollCallText("count", { marked, all })}</strong>
      <span class={`badge badge-${state === "saved" ? "good" : "hand"} roll-state`}>
        {state === "waiting"
          ? rollCallText("state.waiting", { count: pending })
          : rollCallText(`state.${state}`)}
      </span>
    </div>
  );
}

/** The slot that is on, else the next, else the last. */
function slotNow(slots: RollCallJson["session"]["slots"], now: number): string {
  return (slots.find(({ endAt }) => now < endAt) ?? slots.at(-1))?.id ?? "";
}
