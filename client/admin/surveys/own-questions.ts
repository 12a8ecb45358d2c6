import type { OwnQuestion } from "../../../server/protocol/surveys.ts";

const MAX_WORDS = 200;

/** The places of questions that are empty, too long, or stand in the same form already. */
export function wrongQuestions(questions: readonly OwnQuestion[]): number[] {
  const keys = questions.map(({ form, words }) => `${form} ${words.trim()}`);
  return questions.flatMap(({ words }, index) => {
    const length = words.trim().length;
    const isGood = length >= 1 && length <= MAX_WORDS && keys.indexOf(keys[index] ?? "") === index;
    return isGood ? [] : [index];
  });
}
