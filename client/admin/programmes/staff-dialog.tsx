import { useSignal } from "@preact/signals";
import { UserMinus } from "lucide";
import { useRef } from "preact/hooks";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, type Staff, type StaffBody } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, SelectField, TextField } from "../form/field.tsx";
import { fieldErrorsFrom } from "../form/field-error-text.ts";

interface StaffDialogProps {
  readonly code: string;
  /** Who is changed; null for somebody new. */
  readonly member: Staff | null;
  readonly onClose: () => void;
  readonly onChanged: () => Promise<void>;
}

/** Adds a member of the staff, or changes or removes one. */
export function StaffDialog(props: StaffDialogProps) {
  const { code, member, onClose, onChanged } = props;
  const isRemoving = useSignal(false);
  const draft = useSignal<StaffBody>(draftFrom(member));
  const errors = useSignal<ReadonlyMap<string, string>>(new Map());
  const failure = useSignal<string | null>(null);
  const isSaving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const save = async () => {
    const { name, email, role } = draft.value;
    const missing = (["name", "email"] as const).filter((field) => draft.value[field].trim() === "");
    errors.value = new Map(missing.map((field) => [field, t("field.required")]));
    if (missing.length > 0) return focusFirstError(form.current);
    isSaving.value = true;
    const body = { name: name.trim(), email: email.trim(), role };
    const answer = await (member ? adminApi.changeStaff(member.id, body) : adminApi.addStaff(code, body));
    isSaving.value = false;
    if (!answer.ok) {
      errors.value = fieldErrorsFrom(answer.errors);
      failure.value = errors.value.size > 0 ? null : errorText(answer.code);
      return focusFirstError(form.current);
    }
    const done = member ? "staff.changed" : "programme.staff.added";
    showToast({ tone: "good", text: t(done, { name: answer.data.name }) });
    onClose();
    await onChanged();
  };
  if (isRemoving.value && member) return <RemoveStaffDialog {...{ member, onClose, onChanged }} />;
  return (
    <Dialog
      title={member ? t("staff.edit.title", { name: member.name }) : t("programme.staff.add")}
      onClose={onClose}
      foot={
        <>
          {member && (
            <Button
              tone="quiet"
              icon={UserMinus}
              onClick={() => {
                isRemoving.value = true;
              }}
            >
              {t("staff.remove")}
            </Button>
          )}
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form="staff-form" tone="primary" disabled={isSaving.value}>
            {isSaving.value ? t("admin.saving") : t("admin.save")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="staff-form"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <StaffFields
          draft={draft.value}
          errors={errors.value}
          onChange={(part) => {
            draft.value = { ...draft.value, ...part };
          }}
        />
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}

function draftFrom(member: Staff | null): StaffBody {
  if (!member) return { name: "", email: "", role: "instructor" };
  const { name, email, role } = member;
  return { name, email, role };
}

function StaffFields(props: {
  draft: StaffBody;
  errors: ReadonlyMap<string, string>;
  onChange: (part: Partial<StaffBody>) => void;
}) {
  const { draft, errors, onChange } = props;
  return (
    <>
      <TextField
        label={t("programme.staff.name")}
        hint={t("addParticipant.name.hint")}
        value={draft.name}
        error={errors.get("name")}
        onValue={(name) => onChange({ name })}
      />
      <TextField
        label={t("programme.staff.email")}
        type="email"
        value={draft.email}
        error={errors.get("email")}
        onValue={(email) => onChange({ email })}
      />
      <SelectField
        label={t("programme.staff.role")}
        value={draft.role}
        onValue={(role) => onChange({ role: role === "facilitator" ? "facilitator" : "instructor" })}
      >
        <option value="instructor">{t("role.instructor")}</option>
        <option value="facilitator">{t("role.facilitator")}</option>
      </SelectField>
    </>
  );
}

/** Takes somebody off the staff; whom classes name already can only lose their links. */
function RemoveStaffDialog(props: { member: Staff; onClose: () => void; onChanged: () => Promise<void> }) {
  const { member, onClose, onChanged } = props;
  const { name } = member;
  const isInUse = useSignal(false);
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const remove = async () => {
    isBusy.value = true;
    const answer = await adminApi.removeStaff(member.id);
    isBusy.value = false;
    if (answer.ok) {
      showToast({ tone: "good", text: t("staff.remove.done", { name }) });
      onClose();
      return await onChanged();
    }
    isInUse.value = answer.code === "in-use";
    failure.value = isInUse.value ? null : errorText(answer.code);
  };
  const revoke = async () => {
    isBusy.value = true;
    const answer = await adminApi.revokeLinks({ staffId: member.id });
    isBusy.value = false;
    if (!answer.ok) {
      failure.value = errorText(answer.code);
      return;
    }
    showToast({ tone: "good", text: t("person.links.revokedAll", { name, count: answer.data.revoked }) });
    onClose();
  };
  return (
    <Dialog
      title={t("person.remove.title", { name })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button tone="trouble" disabled={isBusy.value} onClick={isInUse.value ? revoke : remove}>
            {t(isInUse.value ? "person.links.revokeAll" : "staff.remove.confirm")}
          </Button>
        </>
      }
    >
      <div class="form">
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
        {isInUse.value ? (
          <Notice tone="wait">{t("staff.remove.inUse", { name })}</Notice>
        ) : (
          <p>{t("staff.remove.text")}</p>
        )}
      </div>
    </Dialog>
  );
}
