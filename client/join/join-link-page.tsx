import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { ErrorCode } from "../../server/protocol/errors.ts";
import { exchangeToken } from "../http/join-api.ts";
import { errorText, t } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { navigate } from "../ui/location.ts";
import { PlainPage } from "../ui/page.tsx";

type State = "checking" | "no-token" | ErrorCode | "offline";

/** `/join#TOKEN`: exchanges the token for a cookie and leaves no trace of it in the address. */
export function JoinLinkPage() {
  const state = useSignal<State>("checking");
  const exchange = async () => {
    const token = location.hash.slice(1);
    if (token === "") {
      state.value = "no-token";
      return;
    }
    state.value = "checking";
    const answer = await exchangeToken(token);
    if (answer.ok) navigate(`/class/${answer.data.linkId}`, { replace: true });
    else state.value = answer.code === "bad-request" ? "link-unknown" : answer.code;
  };
  useEffect(() => {
    exchange();
    // Pasting another link into the same tab changes the fragment only.
    addEventListener("hashchange", exchange);
    return () => removeEventListener("hashchange", exchange);
  }, []);

  if (state.value === "checking") return <PlainPage title={t("join.checking")} />;
  if (state.value === "no-token") {
    return (
      <PlainPage title={t("join.noToken.title")}>
        <p>{t("join.noToken.text")}</p>
      </PlainPage>
    );
  }
  return (
    <PlainPage title={t("join.refused.title")}>
      <p>{errorText(state.value)}</p>
      {!state.value.startsWith("link-") && (
        <Button tone="primary" onClick={exchange}>
          {t("retry")}
        </Button>
      )}
    </PlainPage>
  );
}
