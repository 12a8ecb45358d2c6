import "./sign-in.css";
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { PlainPage } from "../../ui/page.tsx";
import { adminApi, signedIn } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { focusFirstError } from "../form/field.tsx";
import { fieldErrorsFrom } from "../form/field-error-text.ts";
import { useResource } from "../resource.ts";
import { goTo } from "../shell/admin-link.tsx";
import { type NewPassword, NewPasswordFields, newPasswordErrors } from "./new-password-fields.tsx";
import { failureText } from "./sign-in-page.tsx";

/** For who was invited or has forgotten: the link's token is in the address, which it has left already. */
export function SetPasswordPage({ token }: { token: string | null }) {
  const invited = useResource(token ?? "", () => adminApi.invited(token ?? ""));
  const { data, failure } = invited;
  if (data) return <SetPasswordForm token={token ?? ""} email={data.email} name={data.name} />;
  if (!failure) return <PlainPage title={t("loading")} />;
  const isOld = failure.code === "link-unknown" || failure.code === "bad-request";
  return (
    <PlainPage title={t("setPassword.title")}>
      <Notice tone="trouble">{isOld ? t("setPassword.expired") : failureText(failure)}</Notice>
      <div class="button-row">
        {!isOld && <Button onClick={invited.reload}>{t("retry")}</Button>}
        <Button onClick={toSignIn}>{t("setPassword.toSignIn")}</Button>
      </div>
    </PlainPage>
  );
}

function toSignIn(): void {
  goTo(adminPath.programmes(), { replace: true });
}

function SetPasswordForm({ token, email, name }: { token: string; email: string; name: string }) {
  const draft = useSignal<NewPassword>({ password: "", again: "" });
  const errors = useSignal<ReadonlyMap<string, string>>(new Map());
  const failure = useSignal<string | null>(null);
  const state = useSignal<"open" | "busy" | "saved">("open");
  const form = useRef<HTMLFormElement>(null);
  const save = async () => {
    errors.value = newPasswordErrors(draft.value);
    if (errors.value.size > 0) return focusFirstError(form.current);
    state.value = "busy";
    const answer = await adminApi.acceptInvitation(token, draft.value.password);
    if (!answer.ok) {
      state.value = "open";
      errors.value = fieldErrorsFrom(answer.errors);
      failure.value = errors.value.size > 0 ? null : failureText(answer);
      return focusFirstError(form.current);
    }
    if (answer.data.signedIn === null) {
      state.value = "saved";
      signedIn.value = null;
      return;
    }
    signedIn.value = answer.data.signedIn;
    toSignIn();
  };
  if (state.value === "saved") {
    return (
      <PlainPage title={t("setPassword.title")}>
        <Notice tone="good">{t("setPassword.saved")}</Notice>
        <div>
          <Button tone="primary" onClick={toSignIn}>
            {t("setPassword.toSignIn")}
          </Button>
        </div>
      </PlainPage>
    );
  }
  return (
    <PlainPage title={t("setPassword.title")}>
      <p>{t("setPassword.for", { name, email })}</p>
      <form
        ref={form}
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <input type="hidden" name="email" autocomplete="username" value={email} />
        <NewPasswordFields
          value={draft.value}
          errors={errors.value}
          onChange={(value) => {
            draft.value = value;
          }}
        />
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
        <Button type="submit" tone="primary" size="large" disabled={state.value === "busy"}>
          {state.value === "busy" ? t("admin.saving") : t("setPassword.submit")}
        </Button>
      </form>
    </PlainPage>
  );
}
