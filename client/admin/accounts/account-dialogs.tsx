import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { AccountJson } from "../../../server/protocol/accounts.ts";
import { type AccountRole, accountRoleSchema } from "../../../server/protocol/people.ts";
import type { Answer } from "../../http/request-json.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, SelectField, TextField } from "../form/field.tsx";
import { fieldErrorsFrom } from "../form/field-error-text.ts";

interface Draft {
  readonly name: string;
  readonly email: string;
  readonly role: AccountRole;
}

export function InviteDialog(props: {
  readonly onClose: () => void;
  readonly onMade: (name: string, url: string) => Promise<void>;
}) {
  return (
    <AccountDialog
      title={t("accounts.invite")}
      before={{ name: "", email: "", role: "admin" }}
      hasEmail
      onClose={props.onClose}
      onSave={async ({ name, email, role }) => {
        const answer = await adminApi.createAccount({ name: name.trim(), email: email.trim(), role });
        if (answer.ok) await props.onMade(answer.data.account.name, answer.data.url);
        return answer;
      }}
    />
  );
}

export function ChangeAccountDialog(props: {
  readonly account: AccountJson;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<void>;
}) {
  const { account, onClose, onChanged } = props;
  return (
    <AccountDialog
      title={t("accounts.change.title", { name: account.name })}
      before={account}
      hasEmail={false}
      onClose={onClose}
      onSave={async ({ name, role }) => {
        const answer = await adminApi.changeAccount(account.id, { name: name.trim(), role });
        if (answer.ok) {
          showToast({ tone: "good", text: t("accounts.changed") });
          onClose();
          await onChanged();
        }
        return answer;
      }}
    />
  );
}

function AccountDialog(props: {
  readonly title: string;
  readonly before: Draft;
  readonly hasEmail: boolean;
  readonly onClose: () => void;
  readonly onSave: (draft: Draft) => Promise<Answer<unknown>>;
}) {
  const { title, before, hasEmail, onClose, onSave } = props;
  const draft = useSignal<Draft>(before);
  const errors = useSignal<ReadonlyMap<string, string>>(new Map());
  const failure = useSignal<string | null>(null);
  const isSaving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<Draft>) => {
    draft.value = { ...draft.value, ...part };
  };
  const save = async () => {
    const needed = hasEmail ? (["name", "email"] as const) : (["name"] as const);
    const missing = needed.filter((field) => draft.value[field].trim() === "");
    errors.value = new Map(missing.map((field) => [field, t("field.required")]));
    if (missing.length > 0) return focusFirstError(form.current);
    isSaving.value = true;
    const answer = await onSave(draft.value);
    isSaving.value = false;
    if (answer.ok) return;
    errors.value = fieldErrorsFrom(answer.errors);
    failure.value = errors.value.size > 0 ? null : errorText(answer.code);
    focusFirstError(form.current);
  };
  const { name, email, role } = draft.value;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form="account-form" tone="primary" disabled={isSaving.value}>
            {isSaving.value ? t("admin.saving") : t("admin.save")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="account-form"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label={t("accounts.name")}
          value={name}
          error={errors.value.get("name")}
          onValue={(value) => change({ name: value })}
        />
        {hasEmail && (
          <TextField
            label={t("accounts.email")}
            type="email"
            value={email}
            error={errors.value.get("email")}
            onValue={(value) => change({ email: value })}
          />
        )}
        <SelectField
          label={t("accounts.role")}
          hint={t(`accounts.role.${role}.text`)}
          value={role}
          onValue={(value) => change({ role: accountRoleSchema.parse(value) })}
        >
          {accountRoleSchema.options.map((one) => (
            <option key={one} value={one}>
              {t(`accounts.role.${one}`)}
            </option>
          ))}
        </SelectField>
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}
