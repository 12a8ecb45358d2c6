import { useId } from "preact/hooks";
import { SURVEY_RATINGS, type SurveyQuestion } from "../../server/protocol/surveys.ts";
import { questionText, scaleEnds, surveyText } from "./survey-words.ts";

/** A question answered from 1 to 5, with words at both ends. */
export function RatingField(props: {
  question: SurveyQuestion;
  rating: number | undefined;
  isMissing: boolean;
  onRate: (rating: number) => void;
}) {
  const { question, rating, isMissing, onRate } = props;
  const id = useId();
  const [low, high] = scaleEnds(question);
  return (
    <fieldset
      class={isMissing ? "rating rating-missing" : "rating"}
      aria-describedby={isMissing ? `${id}-missing` : undefined}
    >
      <legend class="rating-question">{questionText(question)}</legend>
      <div class="rating-steps">
        {SURVEY_RATINGS.map((step) => (
          <label key={step} class="rating-step">
            <input
              type="radio"
              name={id}
              value={step}
              checked={rating === step}
              aria-invalid={isMissing ? true : undefined}
              onChange={() => onRate(step)}
            />
            <span class="figures">
              {step}
              {step === 1 && <span class="visually-hidden">, {low}</span>}
              {step === 5 && <span class="visually-hidden">, {high}</span>}
            </span>
          </label>
        ))}
      </div>
      <div class="rating-ends small soft" aria-hidden="true">
        <span>{low}</span>
        <span>{high}</span>
      </div>
      {isMissing && (
        <p id={`${id}-missing`} class="field-error">
          {surveyText("form.missing.one")}
        </p>
      )}
    </fieldset>
  );
}
