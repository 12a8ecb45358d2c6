import { type Signal, useSignal } from "@preact/signals";
import { UserPlus } from "lucide";
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
import { ForAdmins } from "../shell/for-admins.tsx";

interface StaffPanelProps {
  readonly code: string;
  readonly staff: readonly Staff[];
  /** Whether the dialog is open: the page's next step opens it too. */
  readonly isAdding: Signal<boolean>;
  readonly onAdded: () => Promise<void>;
}

/** Who teaches in a programme, and adding somebody. */
export function StaffPanel({ code, staff, isAdding, onAdded }: StaffPanelProps) {
  return (
    <section class="card panel">
      <h2 class="panel-title">{t("programme.staff")}</h2>
      {staff.length === 0 && <p class="soft">{t("programme.staff.none")}</p>}
      <ul class="link-list">
        {staff.map(({ id, name, email, role }) => (
          <li key={id}>
            <span>
              {name} <span class="badge">{t(`role.${role}`)}</span>
            </span>
            <span class="soft small">{email}</span>
          </li>
        ))}
      </ul>
      <ForAdmins>
        <div class="panel-foot">
          <Button
            icon={UserPlus}
            onClick={() => {
              isAdding.value = true;
            }}
          >
            {t("programme.staff.add")}
          </Button>
        </div>
      </ForAdmins>
      {isAdding.value && (
        <AddStaffDialog
          code={code}
          onClose={() => {
            isAdding.value = false;
          }}
          onAdded={onAdded}
        />
      )}
    </section>
  );
}

function AddStaffDialog(props: { code: string; onClose: () => void; onAdded: () => Promise<void> }) {
  const { code, onClose, onAdded } = props;
  const draft = useSignal<StaffBody>({ name: "", email: "", role: "instructor" });
  const errors = useSignal<ReadonlyMap<string, string>>(new Map());
  const failure = useSignal<string | null>(null);
  const isSaving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const { name, email, role } = draft.value;
  const change = (part: Partial<StaffBody>) => {
    draft.value = { ...draft.value, ...part };
  };
  const save = async () => {
    const missing = (["name", "email"] as const).filter((field) => draft.value[field].trim() === "");
    errors.value = new Map(missing.map((field) => [field, t("field.required")]));
    if (missing.length > 0) return focusFirstError(form.current);
    isSaving.value = true;
    const answer = await adminApi.addStaff(code, { name: name.trim(), email: email.trim(), role });
    isSaving.value = false;
    if (!answer.ok) {
      errors.value = fieldErrorsFrom(answer.errors);
      failure.value = errors.value.size > 0 ? null : errorText(answer.code);
      return focusFirstError(form.current);
    }
    showToast({ tone: "good", text: t("programme.staff.added", { name: answer.data.name }) });
    onClose();
    await onAdded();
  };
  return (
    <Dialog
      title={t("programme.staff.add")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form="add-staff" tone="primary" disabled={isSaving.value}>
            {isSaving.value ? t("admin.saving") : t("admin.save")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="add-staff"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label={t("programme.staff.name")}
          hint={t("addParticipant.name.hint")}
          value={name}
          error={errors.value.get("name")}
          onValue={(value) => change({ name: value })}
        />
        <TextField
          label={t("programme.staff.email")}
          type="email"
          value={email}
          error={errors.value.get("email")}
          onValue={(value) => change({ email: value })}
        />
        <SelectField
          label={t("programme.staff.role")}
          value={role}
          onValue={(value) => change({ role: value === "facilitator" ? "facilitator" : "instructor" })}
        >
          <option value="instructor">{t("role.instructor")}</option>
          <option value="facilitator">{t("role.facilitator")}</option>
        </SelectField>
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}
