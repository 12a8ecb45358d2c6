import { SURVEY_RATINGS, type SurveyReport, type SurveyResult } from "../../../server/protocol/surveys.ts";
import { formatNumber } from "../../i18n/format.ts";
import { questionText, scaleEnds, surveyText } from "../../survey/survey-words.ts";
import { Notice } from "../../ui/notice.tsx";
import { t } from "../admin-words.ts";
import { ResponseRate } from "./response-rate.tsx";

/** One survey's results: how each question was rated, and what people wrote. */
export function SurveyResults({ report }: { report: SurveyReport }) {
  const { asked, answered, shown, minAnswers, isCollecting, survey } = report;
  if (asked === 0 && answered === 0) {
    return <p class="card panel soft">{t(survey === "end" ? "surveys.nobody.end" : "surveys.nobody")}</p>;
  }
  return (
    <div class="survey-report">
      <p class="figures">
        <ResponseRate asked={asked} answered={answered} />
      </p>
      {shown === 0 ? (
        <NothingShown report={report} />
      ) : (
        shown < answered && <p class="soft">{t("surveys.groups", { shown, answered, count: minAnswers })}</p>
      )}
      {isCollecting && answered < asked && <p class="small soft">{t("surveys.late")}</p>}
      {report.results.length > 0 && (
        <div class="panels">
          {report.results.map((result) => (
            <QuestionCard key={result.question.key} result={result} />
          ))}
        </div>
      )}
    </div>
  );
}

function NothingShown({ report: { answered, isCollecting, minAnswers } }: { report: SurveyReport }) {
  if (answered === 0) {
    return (
      <Notice>
        <strong>{t("surveys.noAnswers.title")}</strong>
        <p>{isCollecting ? t("surveys.noAnswers", { count: minAnswers }) : t("surveys.noAnswers.over")}</p>
      </Notice>
    );
  }
  return (
    <Notice>
      <strong>{t("surveys.few.title")}</strong>
      <p>{t(isCollecting ? "surveys.few" : "surveys.few.over", { answered, count: minAnswers })}</p>
    </Notice>
  );
}

function QuestionCard({ result }: { result: SurveyResult }) {
  const { question, count, mean } = result;
  const title = questionText(question);
  return (
    <section class={question.kind === "text" ? "card panel panel-wide" : "card panel"}>
      <div class="survey-question">
        <div>
          <h3 class="panel-title">{title}</h3>
          <p class="small soft">
            {question.instructor &&
              `${surveyText("group.instructor.named", { name: question.instructor.name })} · `}
            {t("surveys.count", { count: formatNumber(count) })}
          </p>
        </div>
        {mean !== null && (
          <p class="big-number figures">
            <span class="visually-hidden">{t("surveys.mean")} </span>
            {formatNumber(mean)}
          </p>
        )}
      </div>
      {question.kind === "scale" ? <Distribution result={result} /> : <Texts texts={result.texts} />}
    </section>
  );
}

function Distribution({ result: { question, distribution, count } }: { result: SurveyResult }) {
  const [low, high] = scaleEnds(question);
  return (
    <ol class="survey-bars figures">
      {SURVEY_RATINGS.toReversed().map((rating) => {
        const people = distribution[rating - 1] ?? 0;
        const end = rating === 5 ? high : rating === 1 ? low : "";
        return (
          <li key={rating}>
            <span class="visually-hidden">{t("surveys.step", { rating, count: people })}</span>
            <span aria-hidden="true">{rating}</span>
            <span class="survey-bar" aria-hidden="true">
              <span style={{ width: `${count === 0 ? 0 : (people / count) * 100}%` }} />
            </span>
            <span aria-hidden="true">{formatNumber(people)}</span>
            <span class="small soft survey-end" aria-hidden="true">
              {end}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

function Texts({ texts }: { texts: readonly string[] }) {
  if (texts.length === 0) return <p class="soft">{t("surveys.noTexts")}</p>;
  return (
    <ul class="survey-texts">
      {[...texts.entries()].map(([place, text]) => (
        <li key={place}>{text}</li>
      ))}
    </ul>
  );
}
