import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { MAX_SURVEY_TEXT, MIN_SURVEY_ANSWERS, type OwnSurvey } from "../../server/protocol/surveys.ts";
import { errorText } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { RatingField } from "./rating-field.tsx";
import { sendSurveyUntilKnown } from "./send-survey.ts";
import {
  answerFrom,
  forgetDraft,
  missingScales,
  recallDraft,
  rememberDraft,
  type SurveyDraft,
} from "./survey-draft.ts";
import { groupsFrom, questionText, surveyText } from "./survey-words.ts";

interface SurveyFormProps {
  readonly linkId: string;
  readonly survey: OwnSurvey;
  readonly onSent: () => void;
  /** The questions have changed since they were shown. */
  readonly onChanged: () => void;
  readonly onLater: () => void;
}

/** One survey, filled in and sent once. */
export function SurveyForm({ linkId, survey, onSent, onChanged, onLater }: SurveyFormProps) {
  const draft = useSignal<SurveyDraft>(recallDraft(linkId, survey.survey));
  const isChecked = useSignal(false);
  const isSending = useSignal(false);
  const failure = useSignal<string | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const missing = isChecked.value ? missingScales(survey.questions, draft.value) : [];

  const change = (part: Partial<SurveyDraft>) => {
    draft.value = { ...draft.value, ...part };
    rememberDraft(linkId, survey.survey, draft.value);
  };
  const send = async () => {
    if (isSending.value) return;
    isChecked.value = true;
    failure.value = null;
    if (missingScales(survey.questions, draft.value).length > 0) {
      requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[aria-invalid]")?.focus());
      return;
    }
    isSending.value = true;
    const sent = await sendSurveyUntilKnown(linkId, answerFrom(survey, draft.value));
    isSending.value = false;
    if (sent === "sent") {
      forgetDraft(linkId, survey.survey);
      onSent();
    } else if (sent === "changed") {
      failure.value = surveyText("form.changed");
      onChanged();
    } else {
      failure.value = `${errorText(sent)} ${surveyText("form.kept")}`;
    }
  };

  return (
    <form
      ref={form}
      class="survey-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Anonymity />
      {groupsFrom(survey.questions).map((group) => (
        <section key={group.title} class="survey-group">
          <h3 class="survey-group-title">{group.title}</h3>
          {group.questions.map((question) =>
            question.kind === "scale" ? (
              <RatingField
                key={question.key}
                question={question}
                rating={draft.value.ratings[question.key]}
                isMissing={missing.includes(question.key)}
                onRate={(rating) => change({ ratings: { ...draft.value.ratings, [question.key]: rating } })}
              />
            ) : (
              <TextQuestion
                key={question.key}
                label={questionText(question)}
                text={draft.value.texts[question.key] ?? ""}
                onText={(text) => change({ texts: { ...draft.value.texts, [question.key]: text } })}
              />
            ),
          )}
        </section>
      ))}
      {missing.length > 0 && (
        <Notice tone="trouble">{surveyText("form.missing", { count: missing.length })}</Notice>
      )}
      {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      <p class="small soft">{surveyText("form.anonymous.once")}</p>
      <div class="survey-foot">
        <Button type="submit" tone="primary" aria-disabled={isSending.value}>
          {surveyText(isSending.value ? "form.sending" : "form.send")}
        </Button>
        <Button tone="quiet" onClick={onLater}>
          {surveyText("form.later")}
        </Button>
      </div>
    </form>
  );
}

/** What is anonymous and who sees it, before anything is asked. */
function Anonymity() {
  return (
    <div class="survey-anonymous small">
      <strong>{surveyText("form.anonymous.title")}</strong>
      <ul>
        <li>{surveyText("form.anonymous.apart")}</li>
        <li>{surveyText("form.anonymous.seen", { count: MIN_SURVEY_ANSWERS })}</li>
        <li>{surveyText("form.anonymous.text")}</li>
        <li>{surveyText("form.anonymous.once")}</li>
      </ul>
    </div>
  );
}

function TextQuestion(props: { label: string; text: string; onText: (text: string) => void }) {
  const id = useId();
  return (
    <div class="field">
      <label class="rating-question" for={id}>
        {props.label} <span class="soft small">({surveyText("form.optional")})</span>
      </label>
      <textarea
        id={id}
        class="input"
        rows={3}
        maxLength={MAX_SURVEY_TEXT}
        value={props.text}
        onInput={(event) => props.onText(event.currentTarget.value)}
      />
    </div>
  );
}
