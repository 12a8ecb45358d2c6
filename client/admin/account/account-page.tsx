import "../accounts/accounts.css";
import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { SignInJson } from "../../../server/protocol/accounts.ts";
import { formatShortDate, formatTime } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, signedIn } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import { fieldErrorsFrom } from "../form/field-error-text.ts";
import { useResource } from "../resource.ts";
import { Loaded } from "../shell/loaded.tsx";
import { PageHead } from "../shell/page-head.tsx";
import { type NewPassword, NewPasswordFields, newPasswordErrors } from "../sign-in/new-password-fields.tsx";
import { SecondFactorSetUp } from "../sign-in/second-factor.tsx";
import { failureText } from "../sign-in/sign-in-page.tsx";
import { deviceName } from "./device-name.ts";

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** One's own password, second factor and sign-ins. */
export function AccountPage() {
  const view = signedIn.value;
  const signIns = useResource("sign-ins", adminApi.signIns);
  const open = useSignal<"password" | "factor" | "remove" | null>(null);
  const close = () => {
    open.value = null;
  };
  const refresh = async () => {
    const [me] = await Promise.all([adminApi.me(), signIns.reload()]);
    if (me.ok) signedIn.value = me.data;
  };
  if (!view) return null;
  const { account, via } = view;
  return (
    <>
      <PageHead title={t("account.title")} lead={`${account.name} · ${t(`accounts.role.${account.role}`)}`} />
      <div class="account-grid">
        <section class="card panel">
          <h2 class="panel-title">{t("account.password")}</h2>
          <p>{account.hasPassword ? t("account.password.has") : t("account.password.none")}</p>
          <div class="panel-foot">
            <Button
              onClick={() => {
                open.value = "password";
              }}
            >
              {account.hasPassword ? t("account.password.change") : t("account.password.set")}
            </Button>
          </div>
        </section>
        <section class="card panel">
          <h2 class="panel-title">{t("factor.title")}</h2>
          <p>
            {account.hasSecondFactor
              ? t("factor.isOn", { count: signIns.data?.recoveryCodesLeft ?? 0 })
              : t("factor.isOff")}
          </p>
          <div class="panel-foot">
            <Button
              onClick={() => {
                open.value = account.hasSecondFactor ? "remove" : "factor";
              }}
            >
              {account.hasSecondFactor ? t("factor.remove") : t("factor.setUp")}
            </Button>
          </div>
        </section>
        <section class="card panel">
          <h2 class="panel-title">{t("account.signIns")}</h2>
          <Loaded of={signIns}>{({ items }) => <SignIns items={items} onEnded={signIns.reload} />}</Loaded>
        </section>
      </div>
      {open.value === "password" && (
        <PasswordDialog
          isCurrentNeeded={account.hasPassword && via === "password"}
          onClose={close}
          onChanged={refresh}
        />
      )}
      {open.value === "factor" && (
        <Dialog title={t("factor.title")} onClose={close}>
          <SecondFactorSetUp
            onDone={async () => {
              close();
              await refresh();
            }}
          />
        </Dialog>
      )}
      {open.value === "remove" && <RemoveFactorDialog onClose={close} onRemoved={refresh} />}
    </>
  );
}

function SignIns({ items, onEnded }: { items: readonly SignInJson[]; onEnded: () => Promise<void> }) {
  const end = async (id: string) => {
    const answer = await adminApi.endSignIn(id);
    if (!answer.ok) return showToast({ tone: "trouble", text: errorText(answer.code) });
    showToast({ tone: "good", text: t("account.signIns.ended") });
    await onEnded();
  };
  return (
    <ul class="link-list">
      {items.map((one) => {
        const device = deviceName(one.device) ?? t("account.device.unknown");
        const date = formatShortDate(one.createdAt, localZone);
        const time = formatTime(one.createdAt, localZone);
        return (
          <li key={one.id}>
            <span>
              {device} {one.isThisOne && <span class="badge">{t("account.signIns.this")}</span>}
              <div class="soft small">
                {t("account.signIns.since", { date, time })} · {t(`account.signIns.via.${one.via}`)}
              </div>
            </span>
            {!one.isThisOne && (
              <Button aria-label={t("account.signIns.end.for", { device })} onClick={() => end(one.id)}>
                {t("account.signIns.end")}
              </Button>
            )}
          </li>
        );
      })}
    </ul>
  );
}

function PasswordDialog(props: {
  readonly isCurrentNeeded: boolean;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<void>;
}) {
  const { isCurrentNeeded, onClose, onChanged } = props;
  const current = useSignal("");
  const draft = useSignal<NewPassword>({ password: "", again: "" });
  const errors = useSignal<ReadonlyMap<string, string>>(new Map());
  const failure = useSignal<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const save = async () => {
    errors.value = newPasswordErrors(draft.value);
    if (errors.value.size > 0) return focusFirstError(form.current);
    const answer = await adminApi.changePassword({
      password: draft.value.password,
      ...(isCurrentNeeded ? { current: current.value } : {}),
    });
    if (!answer.ok) {
      errors.value = fieldErrorsFrom(answer.errors);
      failure.value = errors.value.size > 0 ? null : failureText(answer);
      return focusFirstError(form.current);
    }
    showToast({ tone: "good", text: t("account.password.changed") });
    onClose();
    await onChanged();
  };
  return (
    <Dialog
      title={t("account.password")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form="password-form" tone="primary">
            {t("admin.save")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="password-form"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <input type="hidden" name="email" autocomplete="username" value={signedIn.value?.account.email} />
        {isCurrentNeeded && (
          <TextField
            label={t("account.password.current")}
            type="password"
            autocomplete="current-password"
            error={errors.value.get("current")}
            value={current.value}
            onValue={(value) => {
              current.value = value;
            }}
          />
        )}
        <NewPasswordFields
          value={draft.value}
          errors={errors.value}
          onChange={(value) => {
            draft.value = value;
          }}
        />
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}

function RemoveFactorDialog(props: { onClose: () => void; onRemoved: () => Promise<void> }) {
  const code = useSignal("");
  const error = useSignal<string | undefined>(undefined);
  const failure = useSignal<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const remove = async () => {
    const answer = await adminApi.removeSecondFactor(code.value);
    if (!answer.ok) {
      error.value = fieldErrorsFrom(answer.errors).get("code");
      failure.value = error.value ? null : failureText(answer);
      return focusFirstError(form.current);
    }
    showToast({ tone: "good", text: t("factor.removed") });
    props.onClose();
    await props.onRemoved();
  };
  return (
    <Dialog
      title={t("factor.remove.title")}
      onClose={props.onClose}
      foot={
        <>
          <Button onClick={props.onClose}>{t("cancel")}</Button>
          <Button type="submit" form="remove-factor" tone="trouble">
            {t("factor.remove")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="remove-factor"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          remove();
        }}
      >
        <p>{t("factor.remove.text")}</p>
        <TextField
          label={t("factor.code")}
          autocomplete="one-time-code"
          error={error.value}
          value={code.value}
          onValue={(value) => {
            code.value = value;
          }}
        />
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}
