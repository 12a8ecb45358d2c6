import "./surveys.css";
import { useSignal } from "@preact/signals";
import { Plus, Trash2 } from "lucide";
import { useRef } from "preact/hooks";
import {
  MAX_OWN_QUESTIONS,
  type OwnQuestion,
  type SurveySettings,
} from "../../../server/protocol/surveys.ts";
import { errorText } from "../../i18n/t.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { focusFirstError, SelectField, TextField } from "../form/field.tsx";
import { wrongQuestions } from "./own-questions.ts";

interface SurveySettingsDialogProps {
  readonly code: string;
  readonly settings: SurveySettings;
  readonly onClose: () => void;
  readonly onSaved: () => Promise<void>;
}

type Chosen = Omit<SurveySettings, "version">;

export function SurveySettingsDialog({ code, settings, onClose, onSaved }: SurveySettingsDialogProps) {
  const { version: _version, ...before } = settings;
  const draft = useSignal<Chosen>(before);
  const wrong = useSignal<readonly number[]>([]);
  const failure = useSignal<string | null>(null);
  const isSaving = useSignal(false);
  const form = useRef<HTMLFormElement>(null);
  const change = (part: Partial<Chosen>) => {
    draft.value = { ...draft.value, ...part };
  };
  const save = async () => {
    wrong.value = wrongQuestions(draft.value.ownQuestions);
    if (wrong.value.length > 0) return focusFirstError(form.current);
    isSaving.value = true;
    const answer = await adminApi.changeSurveySettings(code, draft.value);
    isSaving.value = false;
    if (!answer.ok) {
      failure.value = errorText(answer.code);
      return;
    }
    showToast({ tone: "good", text: t("surveys.settings.saved") });
    onClose();
    await onSaved();
  };
  return (
    <Dialog
      title={t("surveys.settings.change")}
      onClose={onClose}
      isWide
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button type="submit" form="survey-settings" tone="primary" disabled={isSaving.value}>
            {isSaving.value ? t("admin.saving") : t("admin.save")}
          </Button>
        </>
      }
    >
      <form
        ref={form}
        id="survey-settings"
        class="form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <Forms chosen={draft.value} onChange={change} />
        <OwnQuestions
          questions={draft.value.ownQuestions}
          wrong={wrong.value}
          onChange={(ownQuestions) => change({ ownQuestions })}
        />
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </form>
    </Dialog>
  );
}

function Forms({ chosen, onChange }: { chosen: Chosen; onChange: (part: Partial<Chosen>) => void }) {
  return (
    <fieldset class="field check-group">
      <legend class="field-label">{t("surveys.settings.forms")}</legend>
      <label class="check">
        <input
          type="checkbox"
          checked={chosen.sessionForm}
          onChange={(event) => onChange({ sessionForm: event.currentTarget.checked })}
        />
        {t("surveys.settings.form.session")}
      </label>
      <label class="check">
        <input
          type="checkbox"
          checked={chosen.endForm}
          onChange={(event) => onChange({ endForm: event.currentTarget.checked })}
        />
        {t("surveys.settings.form.end")}
      </label>
    </fieldset>
  );
}

interface OwnQuestionsProps {
  readonly questions: readonly OwnQuestion[];
  readonly wrong: readonly number[];
  readonly onChange: (questions: OwnQuestion[]) => void;
}

function OwnQuestions({ questions, wrong, onChange }: OwnQuestionsProps) {
  const replace = (index: number, part: Partial<OwnQuestion>) =>
    onChange(questions.map((one, place) => (place === index ? { ...one, ...part } : one)));
  return (
    <fieldset class="field">
      <legend class="field-label">{t("surveys.settings.questions", { count: MAX_OWN_QUESTIONS })}</legend>
      {[...questions.entries()].map(([index, question]) => (
        <div key={index} class="own-question">
          <TextField
            label={t("surveys.settings.words", { number: index + 1 })}
            value={question.words}
            error={wrong.includes(index) ? t("surveys.settings.wordsError") : undefined}
            onValue={(words) => replace(index, { words })}
          />
          <div class="own-question-choices">
            <SelectField
              label={t("surveys.settings.kind")}
              value={question.kind}
              onValue={(value) => replace(index, { kind: value === "text" ? "text" : "scale" })}
            >
              <option value="scale">{t("surveys.settings.kind.scale")}</option>
              <option value="text">{t("surveys.settings.kind.text")}</option>
            </SelectField>
            <SelectField
              label={t("surveys.settings.where")}
              value={question.form}
              onValue={(value) => replace(index, { form: value === "end" ? "end" : "session" })}
            >
              <option value="session">{t("surveys.settings.where.session")}</option>
              <option value="end">{t("surveys.settings.where.end")}</option>
            </SelectField>
            <IconButton
              icon={Trash2}
              label={t("surveys.settings.remove", { number: index + 1 })}
              onClick={() => onChange(questions.filter((_question, place) => place !== index))}
            />
          </div>
        </div>
      ))}
      {questions.length < MAX_OWN_QUESTIONS && (
        <div>
          <Button
            icon={Plus}
            onClick={() => onChange([...questions, { form: "session", kind: "scale", words: "" }])}
          >
            {t("surveys.settings.add")}
          </Button>
        </div>
      )}
    </fieldset>
  );
}
