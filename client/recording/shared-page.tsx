import "./shared-page.css";
import { useSignal } from "@preact/signals";
import { Play } from "lucide";
import { useEffect } from "preact/hooks";
import type { ErrorCode } from "../../server/protocol/errors.ts";
import type { SharedRecording } from "../../server/protocol/recording-office.ts";
import { exchangeShareToken } from "../http/join-api.ts";
import { formatDate, formatShortDate, formatTime, wholeMinutes } from "../i18n/format.ts";
import { t as common, errorText } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { navigate } from "../ui/location.ts";
import { Page, PlainPage } from "../ui/page.tsx";
import { t } from "./recording-rights-words.ts";

type State = "checking" | "no-token" | ErrorCode | "offline" | SharedRecording;

/** `/shared#TOKEN`: what a guest's link opens, and until when; or why it does not. */
export function SharedPage() {
  const state = useSignal<State>("checking");
  const exchange = async () => {
    const token = location.hash.slice(1);
    if (token === "") {
      if (typeof state.peek() === "string") state.value = "no-token";
      return;
    }
    state.value = "checking";
    const answer = await exchangeShareToken(token);
    state.value = answer.ok ? answer.data : answer.code;
    if (answer.ok) navigate("/shared", { replace: true });
  };
  useEffect(() => {
    exchange();
    addEventListener("hashchange", exchange);
    return () => removeEventListener("hashchange", exchange);
  }, []);

  const shown = state.value;
  if (shown === "checking") return <PlainPage title={t("shared.checking")} />;
  if (shown === "no-token") {
    return (
      <PlainPage title={t("shared.noToken.title")}>
        <p>{t("shared.noToken.text")}</p>
      </PlainPage>
    );
  }
  if (typeof shown !== "string") return <Shared recording={shown} />;
  const why = refusalText(shown);
  return (
    <PlainPage title={t("shared.refused.title")}>
      <p>{why ?? errorText(shown)}</p>
      {!why && (
        <Button tone="primary" onClick={exchange}>
          {common("retry")}
        </Button>
      )}
    </PlainPage>
  );
}

/** What no second try helps against. */
function refusalText(code: ErrorCode | "offline"): string | null {
  if (code === "link-expired") return t("shared.expired");
  if (code === "link-revoked") return t("shared.revoked");
  if (code === "recording-deleted") return t("shared.deleted");
  return code === "link-unknown" || code === "bad-request" ? t("shared.unknown") : null;
}

function Shared({ recording }: { recording: SharedRecording }) {
  const { recordingId, title, programme, timeZone, startedAt, endedAt, expiresAt } = recording;
  return (
    <Page>
      <section class="card page-card shared-recording">
        <p class="soft">{t("shared.title")}</p>
        <h1>{title}</h1>
        <p>{programme}</p>
        <dl class="shared-facts">
          <dt>{t("shared.when")}</dt>
          <dd class="figures">
            {formatDate(startedAt, timeZone)}, {formatTime(startedAt, timeZone)}
          </dd>
          <dt>{t("shared.length")}</dt>
          <dd class="figures">{t("shared.minutes", { count: wholeMinutes(endedAt - startedAt) })}</dd>
          <dt>{t("shared.until")}</dt>
          <dd class="figures">
            {formatShortDate(expiresAt, timeZone)}, {formatTime(expiresAt, timeZone)}
          </dd>
        </dl>
        <a class="button button-primary button-large" href={`/recording/${encodeURIComponent(recordingId)}`}>
          <Icon of={Play} />
          <span>{t("shared.watch")}</span>
        </a>
        <p class="soft small">{t("shared.noted")}</p>
      </section>
    </Page>
  );
}
