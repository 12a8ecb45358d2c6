import type { SurveyQuestion } from "../../server/protocol/surveys.ts";
import { enSurvey } from "../i18n/en/survey.ts";
import { idSurvey } from "../i18n/id/survey.ts";
import { createTranslate } from "../i18n/translate.ts";

/** The words of surveys, which the participant's form and the administration's report share. */
export const SURVEY_WORDS = { id: idSurvey, en: enSurvey } as const;

export const surveyText = createTranslate(SURVEY_WORDS);

export function questionText({ code, words, key }: SurveyQuestion): string {
  return code === "own" ? (words ?? key) : surveyText(`question.${code}`);
}

/** What 1 and 5 stand for. */
export function scaleEnds({ code }: SurveyQuestion): readonly [low: string, high: string] {
  if (code === "programme.recommend") {
    return [surveyText("scale.recommend.low"), surveyText("scale.recommend.high")];
  }
  return [surveyText("scale.low"), surveyText("scale.high")];
}

export function surveyTitle(title: string | null): string {
  return title === null ? surveyText("form.title.end") : surveyText("form.title.session", { title });
}

/** Questions under one heading, in their order. */
export interface QuestionGroup {
  readonly title: string;
  readonly questions: readonly SurveyQuestion[];
}

export function groupsFrom(questions: readonly SurveyQuestion[]): QuestionGroup[] {
  return [...Map.groupBy(questions, groupTitle)].map(([title, members]) => ({ title, questions: members }));
}

function groupTitle({ code, instructor }: SurveyQuestion): string {
  if (instructor) return surveyText("group.instructor.named", { name: instructor.name });
  switch (code.split(".")[0]) {
    case "instructor":
      return surveyText("group.instructor");
    case "material":
      return surveyText("group.material");
    case "delivery":
      return surveyText("group.delivery");
    case "programme":
      return surveyText("group.programme");
    case "text":
      return surveyText("group.text");
    default:
      return surveyText("group.own");
  }
}
