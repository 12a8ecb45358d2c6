import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { JoinView, OwnAttendance } from "../../server/protocol/api.ts";
import type { CompletionDecision } from "../../server/protocol/completion.ts";
import { isStaff, type Person } from "../../server/protocol/people.ts";
import type { ClassStatus } from "../../server/protocol/views.ts";
import type { ClassOver } from "../class/class-session.ts";
import { fetchOwnAttendance, fetchOwnCompletion, ownDataFile } from "../http/join-api.ts";
import { errorText, t } from "../i18n/t.ts";
import { CalendarLink } from "../join/calendar-link.tsx";
import { OwnConsentPart } from "../recording/own-consent.tsx";
import { OwnRecordings } from "../recording/own-recordings.tsx";
import { rollCallText } from "../roll-call/roll-call-words.ts";
import { OwnSurveys } from "../survey/own-surveys.tsx";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Toasts } from "../ui/toasts.tsx";
import { OwnAttendanceTable } from "./own-attendance.tsx";
import { OwnCertificatePart } from "./own-certificate.tsx";
import { OwnCompletionList } from "./own-completion.tsx";

const LOOK_MS = 15_000;
/** The server closes a class this long after its last slot. */
const CLOSES_AFTER_MS = 30 * 60_000;

/** When a session's last slot ends (epoch ms). */
export function lastEndAt({ slots }: JoinView["info"]): number {
  return Math.max(0, ...slots.map(({ endAt }) => endAt));
}

interface EndedPageProps {
  join: JoinView;
  why: ClassOver;
  onBack: (isReopening: boolean) => void;
}

/** After the class, or after leaving it: why one is out, one's own minutes, and the way back. */
export function EndedPage({ join, why, onBack }: EndedPageProps) {
  const own = useSignal<OwnAttendance | null>(null);
  const decision = useSignal<CompletionDecision | null>(null);
  const problem = useSignal<string | null>(null);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const answer = await fetchOwnAttendance(join.linkId);
      if (isOver) return;
      if (answer.ok) own.value = answer.data;
      problem.value = answer.ok ? null : errorText(answer.code);
      const completion = answer.ok && answer.data.attendance ? await fetchOwnCompletion(join.linkId) : null;
      if (isOver) return;
      if (completion?.ok) decision.value = completion.data.decision;
      timer = setTimeout(() => void look(), LOOK_MS);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [join.linkId]);
  const status = own.value?.status ?? (why === "closed" ? "closed" : "open");
  const refresh = async () => {
    const completion = await fetchOwnCompletion(join.linkId);
    if (completion.ok) decision.value = completion.data.decision;
  };
  const isMember = isStaff(join.person.role);
  const isBegun = status !== "scheduled" || hasBegun(join);
  return (
    <Page>
      <section class="card page-card">
        <Why why={why} status={status} join={join} />
        {isBegun && own.value?.attendance && (
          <OwnSurveys linkId={join.linkId} status={status} onAnswered={refresh} />
        )}
        {isBegun && own.value?.attendance && (
          <OwnAttendanceTable
            linkId={join.linkId}
            timeZone={join.info.timeZone}
            own={own.value}
            attendance={own.value.attendance}
          />
        )}
        {isBegun && decision.value && <OwnCompletionList decision={decision.value} />}
        {decision.value?.status === "complete" && <OwnCertificatePart linkId={join.linkId} />}
        {!isMember && !own.value && !problem.value && <p class="soft">{t("ended.attendance.loading")}</p>}
        {problem.value && why !== "revoked" && <Notice tone="trouble">{problem.value}</Notice>}
        {why !== "revoked" && (
          <OwnRecordings
            linkId={join.linkId}
            timeZone={join.info.timeZone}
            videosOf={isMember ? join.info.title : undefined}
          />
        )}
        {why !== "revoked" && <OwnConsentPart linkId={join.linkId} timeZone={join.info.timeZone} />}
        {isMember && join.mode !== "online" && <StaffPages linkId={join.linkId} />}
        {isMember && join.mode !== "offline" && why !== "revoked" && (
          <a class="button" href={`/class/${encodeURIComponent(join.linkId)}/cases`}>
            {t("cases.prepare")}
          </a>
        )}
        {isMember && join.mode !== "offline" && why !== "revoked" && isBegun && (
          <a class="button" href={`/class/${encodeURIComponent(join.linkId)}/group-work`}>
            {t("cases.score")}
          </a>
        )}
        {!isMember && why !== "revoked" && (
          <p class="ended-files">
            {Date.now() < lastEndAt(join.info) && <CalendarLink linkId={join.linkId} />}
            <a class="button" href={ownDataFile(join.linkId)} download>
              {t("ended.data")}
            </a>
          </p>
        )}
        {hasClass(join) && <WayBack why={why} status={status} isMember={isMember} onBack={onBack} />}
      </section>
      <Toasts />
    </Page>
  );
}

/** What staff do in the hall. */
function StaffPages({ linkId }: { linkId: string }) {
  const path = `/class/${encodeURIComponent(linkId)}`;
  return (
    <>
      <a class="button button-primary" href={`${path}/roll-call`}>
        {rollCallText("title")}
      </a>
      <a class="button" href={`${path}/check-in-screen`}>
        {rollCallText("checkInScreen.long")}
      </a>
    </>
  );
}

/** An offline session has no class, and one whose last slot is long over has none any more. */
function hasClass({ mode, info }: JoinView): boolean {
  return mode !== "offline" && Date.now() < lastEndAt(info) + CLOSES_AFTER_MS;
}

function hasBegun({ info }: JoinView): boolean {
  return info.slots.some(({ startAt }) => startAt <= Date.now());
}

function Why({ why, status, join }: { why: ClassOver; status: ClassStatus; join: JoinView }) {
  const [title, text] =
    join.mode === "offline" && why === "closed"
      ? offlineWords(join.person)
      : wordsOf(why, status, join.person);
  return (
    <>
      <div class="ended-why">
        <p class="soft small">
          {join.info.programme} · {join.info.title}
        </p>
        <h1>{title}</h1>
        <p class="soft">{text}</p>
      </div>
      {why === "closed" && status === "open" && <Notice tone="good">{t("ended.reopened")}</Notice>}
    </>
  );
}

function offlineWords({ role }: Person): [title: string, text: string] {
  return [t("ended.offline.title"), t(isStaff(role) ? "ended.offline.staff" : "ended.offline.text")];
}

function wordsOf(why: ClassOver, status: ClassStatus, person: Person): [title: string, text: string] {
  const ended = isStaff(person.role)
    ? t("ended.attendance.staff")
    : t("ended.class.text", { name: person.name });
  switch (why) {
    case "closed":
      return [t("ended.class.title"), ended];
    case "left":
      if (status === "closed") return [t("ended.class.title"), ended];
      return [t("ended.left.title"), t(status === "open" ? "ended.left.text" : "ended.left.waiting")];
    case "replaced":
      return [t("ended.replaced.title"), t("ended.replaced.text")];
    case "revoked":
      return [t("ended.revoked.title"), errorText("link-revoked")];
    default:
      return [t("join.refused.title"), errorText(why)];
  }
}

function WayBack(props: {
  why: ClassOver;
  status: ClassStatus;
  isMember: boolean;
  onBack: EndedPageProps["onBack"];
}) {
  const { why, status, isMember, onBack } = props;
  if (why === "revoked" || why.startsWith("link-")) return null;
  if (status === "closed") {
    return isMember ? <Button onClick={() => onBack(true)}>{t("ended.reopen")}</Button> : null;
  }
  return (
    <Button tone="primary" onClick={() => onBack(false)}>
      {t(why === "replaced" ? "ended.replaced.here" : "ended.rejoin")}
    </Button>
  );
}
