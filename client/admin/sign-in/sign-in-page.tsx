import "./sign-in.css";
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { AccountView } from "../../../server/protocol/accounts.ts";
import type { Answer } from "../../http/request-json.ts";
import { formatClockSeconds } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PlainPage } from "../../ui/page.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, TextField } from "../form/field.tsx";

type Failure = Extract<Answer<unknown>, { ok: false }>;
export type SignInRefusal = Failure["code"];

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** E-mail and password, and the code once the server asks for it. */
export function SignInPage(props: {
  /** Why a link did not sign in; null where nobody came by one. */
  readonly refusal: SignInRefusal | null;
  readonly onSignedIn: (view: AccountView) => void;
}) {
  const { refusal, onSignedIn } = props;
  const email = useSignal("");
  const password = useSignal("");
  const code = useSignal("");
  const isCodeWanted = useSignal(false);
  const isBusy = useSignal(false);
  const failure = useSignal<Failure | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const submit = async () => {
    if (isBusy.value) return;
    isBusy.value = true;
    const answer = await adminApi.signInByPassword({
      email: email.value.trim(),
      password: password.value,
      ...(isCodeWanted.value ? { code: code.value } : {}),
    });
    isBusy.value = false;
    if (answer.ok) return onSignedIn(answer.data);
    if (answer.code === "second-factor-needed") {
      const isFirst = !isCodeWanted.value;
      isCodeWanted.value = true;
      failure.value = isFirst ? null : answer;
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[name=code]")?.focus());
      return;
    }
    failure.value = answer;
    code.value = "";
    focusFirstError(form.current);
  };
  const isCodeWrong = failure.value?.code === "second-factor-wrong";
  return (
    <PlainPage title={t("signIn.title")}>
      {refusal !== null && failure.value === null && (
        <Notice tone="trouble">{isLinkWrong(refusal) ? t("signIn.refused") : errorText(refusal)}</Notice>
      )}
      <form
        ref={form}
        class="form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <TextField
          label={t("signIn.email")}
          type="email"
          name="email"
          autocomplete="username"
          isRequired
          value={email.value}
          onValue={(value) => {
            email.value = value;
          }}
        />
        <TextField
          label={t("signIn.password")}
          type="password"
          name="password"
          autocomplete="current-password"
          isRequired
          value={password.value}
          onValue={(value) => {
            password.value = value;
          }}
        />
        {isCodeWanted.value && (
          <TextField
            label={t("signIn.code")}
            hint={t("signIn.code.hint")}
            error={isCodeWrong ? t("code.wrong") : undefined}
            name="code"
            autocomplete="one-time-code"
            isRequired
            value={code.value}
            onValue={(value) => {
              code.value = value;
            }}
          />
        )}
        {failure.value && !isCodeWrong && <Notice tone="trouble">{failureText(failure.value)}</Notice>}
        <Button type="submit" tone="primary" size="large" disabled={isBusy.value}>
          {isBusy.value ? t("signIn.busy") : t("signIn.submit")}
        </Button>
      </form>
      <details class="sign-in-help">
        <summary>{t("signIn.help")}</summary>
        <div class="sign-in-how">
          <p class="soft">{t("signIn.help.text")}</p>
          <code>npm run balai -- admin link EMAIL</code>
        </div>
      </details>
    </PlainPage>
  );
}

function isLinkWrong(refusal: SignInRefusal): boolean {
  return refusal === "link-unknown" || refusal === "bad-request";
}

export function failureText({ code, retryAfterMs }: Failure): string {
  if (code !== "sign-in-wait" || retryAfterMs === undefined) return errorText(code);
  return t("signIn.wait", { time: formatClockSeconds(Date.now() + retryAfterMs, localZone) });
}
