import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { ProgrammeKeeping, RecordingSettings } from "../../../server/protocol/recording-office.ts";
import { MAX_KEPT_DAYS } from "../../../server/protocol/recordings.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { currentProgramme } from "../current-choice.ts";
import { focusFirstError, TextField } from "../form/field.tsx";
import { allOf, useResource } from "../resource.ts";
import { Loaded } from "../shell/loaded.tsx";

const GB = 1_000_000_000;
const MAX_GB = 1_000_000;

interface SettingsProps {
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** For how long recordings are kept, and what room they may take. */
export function SettingsDialog({ onClose, onChanged }: SettingsProps) {
  const code = currentProgramme.value?.code ?? null;
  const resource = useResource(`settings ${code}`, async () =>
    allOf<[RecordingSettings, ProgrammeKeeping]>([
      await adminApi.recordingSettings(),
      code === null ? { ok: true, data: { keptDays: null } } : await adminApi.programmeKeeping(code),
    ]),
  );
  return (
    <Dialog
      title={t("recordings.settings.title")}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form="recording-settings" tone="primary" disabled={!resource.data}>
            {t("admin.save")}
          </Button>
        </>
      }
    >
      <Loaded of={resource}>
        {([settings, own]) => <SettingsForm {...{ settings, own, code, onClose, onChanged }} />}
      </Loaded>
    </Dialog>
  );
}

type Draft = Readonly<Record<"days" | "ownDays" | "budget", string>>;

/** A whole number of a field; null for an empty one, undefined for what is none. */
function wholeFrom(text: string, most: number): number | null | undefined {
  if (text.trim() === "") return null;
  const value = Number(text);
  return /^\d+$/.test(text.trim()) && value >= 1 && value <= most ? value : undefined;
}

function SettingsForm(
  props: SettingsProps & {
    readonly settings: RecordingSettings;
    readonly own: ProgrammeKeeping;
    readonly code: string | null;
  },
) {
  const { settings, own, code, onClose, onChanged } = props;
  const { keptDays, budgetBytes } = settings;
  const draft = useSignal<Draft>({
    days: String(keptDays),
    ownDays: own.keptDays === null ? "" : String(own.keptDays),
    budget: budgetBytes === null ? "" : String(Math.round(budgetBytes / GB)),
  });
  const errors = useSignal<Partial<Draft>>({});
  const failure = useSignal<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const save = async () => {
    const days = wholeFrom(draft.value.days, MAX_KEPT_DAYS) ?? undefined;
    const ownDays = wholeFrom(draft.value.ownDays, MAX_KEPT_DAYS);
    const budget = wholeFrom(draft.value.budget, MAX_GB);
    errors.value = {
      ...(days === undefined ? { days: t("recordings.settings.days.bad") } : {}),
      ...(ownDays === undefined ? { ownDays: t("recordings.settings.days.bad") } : {}),
      ...(budget === undefined ? { budget: t("recordings.settings.budget.bad") } : {}),
    };
    if (days === undefined || ownDays === undefined || budget === undefined) {
      return focusFirstError(form.current);
    }
    const body = { keptDays: days, budgetBytes: budget === null ? null : budget * GB };
    const answer = await adminApi.changeRecordingSettings(body);
    const isOwnChanged = code !== null && ownDays !== own.keptDays;
    const second = isOwnChanged ? await adminApi.changeProgrammeKeeping(code, { keptDays: ownDays }) : answer;
    const refused = [answer, second].find((one) => !one.ok);
    failure.value = refused && !refused.ok ? errorText(refused.code) : null;
    if (refused) return;
    showToast({ tone: "good", text: t("recordings.settings.done") });
    onClose();
    onChanged();
  };
  const field = (name: keyof Draft, label: string, hint: string) => (
    <TextField
      inputMode="numeric"
      label={label}
      hint={hint}
      isOptional={name !== "days"}
      value={draft.value[name]}
      error={errors.value[name]}
      onValue={(value) => {
        draft.value = { ...draft.value, [name]: value };
      }}
    />
  );
  return (
    <form
      ref={form}
      id="recording-settings"
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <p>{t("recordings.settings.text")}</p>
      {field("days", t("recordings.settings.days"), t("recordings.settings.days.hint"))}
      {code !== null &&
        field("ownDays", t("recordings.settings.ownDays", { code }), t("recordings.settings.ownDays.hint"))}
      {field("budget", t("recordings.settings.budget"), t("recordings.settings.budget.hint"))}
      {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
    </form>
  );
}
