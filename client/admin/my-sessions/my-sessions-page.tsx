import "../accounts/accounts.css";
import { LogIn } from "lucide";
import type { MySession } from "../../../server/protocol/accounts.ts";
import { formatDate, formatTimeRange } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { WatchLinks } from "../../recording/watch-links.tsx";
import { Button } from "../../ui/button.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, signedIn } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { useResource } from "../resource.ts";
import { EmptyState, Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";

const startOf = ({ slots }: MySession) => Math.min(...slots.map(({ startAt }) => startAt));
const endOf = ({ slots }: MySession) => Math.max(...slots.map(({ endAt }) => endAt));
/** A class can still be entered for a while after its last slot. */
const GRACE_MS = 30 * 60_000;

/** The classes that somebody on the staff teaches or helps in, by the e-mail of their account. */
export function MySessionsPage() {
  const sessions = useResource("my-sessions", adminApi.mySessions);
  return (
    <>
      <PageHead title={t("my.title")} lead={t("my.lead")} />
      <Loaded of={sessions}>{({ items }) => <MySessions items={items} />}</Loaded>
    </>
  );
}

function MySessions({ items }: { items: readonly MySession[] }) {
  if (items.length === 0) {
    return (
      <EmptyState title={t("my.empty.title")}>
        {t("my.empty.text", { email: signedIn.value?.account.email ?? "" })}
      </EmptyState>
    );
  }
  const now = Date.now();
  const next = items.filter((one) => endOf(one) + GRACE_MS > now).toSorted((a, b) => startOf(a) - startOf(b));
  const past = items
    .filter((one) => endOf(one) + GRACE_MS <= now)
    .toSorted((a, b) => startOf(b) - startOf(a));
  return (
    <div class="my-sessions">
      <h2 class="panel-title">{t("my.next")}</h2>
      {next.length === 0 && <p class="soft">{t("my.next.none")}</p>}
      {next.map((one, index) => (
        <SessionCard key={one.sessionId} session={one} isNext={index === 0} />
      ))}
      {past.length > 0 && <h2 class="panel-title">{t("my.past")}</h2>}
      {past.map((one) => (
        <SessionCard key={one.sessionId} session={one} isNext={false} />
      ))}
    </div>
  );
}

function SessionCard({ session, isNext }: { session: MySession; isNext: boolean }) {
  const { sessionId, title, unit, programme, role, timeZone, recordings } = session;
  const enter = async () => {
    const answer = await adminApi.enterClass(sessionId);
    if (!answer.ok) return showToast({ tone: "trouble", text: errorText(answer.code) });
    location.assign(`/class/${encodeURIComponent(answer.data.linkId)}`);
  };
  return (
    <section class="card panel my-session">
      <div>
        <h3>{title}</h3>
        <span class="soft">
          {programme.title} · {unit}
        </span>
        <span class="figures">
          {formatDate(startOf(session), timeZone)},{" "}
          {formatTimeRange(startOf(session), endOf(session), timeZone)}
        </span>
        <span>
          <span class="badge">{t(`role.${role}`)}</span>
        </span>
        {recordings.length > 0 && (
          <span class="my-session-recordings">
            <WatchLinks recordings={recordings} timeZone={timeZone} videosOf={title} />
          </span>
        )}
      </div>
      <Button
        tone={isNext ? "primary" : "plain"}
        icon={LogIn}
        aria-label={t("my.enter.for", { title })}
        onClick={enter}
      >
        {t("my.enter")}
      </Button>
    </section>
  );
}
