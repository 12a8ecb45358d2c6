import { useSignal } from "@preact/signals";
import type { Answer } from "../http/request-json.ts";
import { errorText } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { PlainPage } from "../ui/page.tsx";
import { t } from "./admin-words.ts";

export type SignInRefusal = Extract<Answer<unknown>, { ok: false }>["code"];

/** For who is not signed in: how to get a link. */
export function SignInPage(props: { refusal: SignInRefusal | null; onRetry: () => Promise<void> }) {
  const { refusal, onRetry } = props;
  const isBusy = useSignal(false);
  const retry = async () => {
    isBusy.value = true;
    await onRetry();
    isBusy.value = false;
  };
  const isLinkWrong = refusal === "link-unknown" || refusal === "bad-request";
  return (
    <PlainPage title={t("signIn.title")}>
      {refusal !== null && (
        <Notice
          tone="trouble"
          actions={
            isLinkWrong ? undefined : (
              <Button onClick={retry} disabled={isBusy.value}>
                {t("retry")}
              </Button>
            )
          }
        >
          {isLinkWrong ? t("signIn.refused") : errorText(refusal)}
        </Notice>
      )}
      <p>{t("signIn.text")}</p>
      <div class="sign-in-how">
        <p>{t("signIn.how")}</p>
        <code>npm run balai -- admin link EMAIL</code>
      </div>
      <p class="soft">{t("signIn.then")}</p>
    </PlainPage>
  );
}
