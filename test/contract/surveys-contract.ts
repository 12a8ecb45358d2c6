import { expect, it } from "vitest";
import type { Store } from "../../server/ports.ts";
import { surveyAnswerIdSchema } from "../../server/protocol/ids.ts";
import { DEFAULT_SURVEY_SETTINGS, END_SURVEY, type SurveyKey } from "../../server/protocol/surveys.ts";
import { enrolmentId, person, programme, sessionId } from "./records.ts";

export function surveysContract(store: () => Store): void {
  const one = programme("A1");
  const content = {
    ratings: [{ question: "delivery.time", rating: 5 }],
    texts: [{ question: "text.best", text: "Latihan\n<b>=1+1</b>" }],
  };
  let counted = 0;
  const answer = (who: string, survey: SurveyKey = END_SURVEY) => {
    counted += 1;
    const id = surveyAnswerIdSchema.parse(`ans_${counted}`);
    return { id, programmeId: one.id, survey, enrolmentId: enrolmentId(who), content };
  };

  async function enrolled() {
    await store().programmes.create(one);
    const people = Array.from({ length: 7 }, (_, index) =>
      person(`${index + 1}`, `P${index}`, `${index + 1}`),
    );
    await store().enrolments.put(one.id, people, 1_000);
    return store().surveys;
  }

  it("ST25 keeps a programme's choice of surveys and counts its versions", async () => {
    const surveys = await enrolled();
    expect(await surveys.settings(one.id)).toEqual(DEFAULT_SURVEY_SETTINGS);
    const chosen = {
      sessionForm: false,
      endForm: true,
      ownQuestions: [{ form: "end", kind: "text", words: "Topik lain?" } as const],
    };
    expect(await surveys.changeSettings(one.id, chosen)).toEqual({ version: 2, ...chosen });
    expect((await surveys.changeSettings(one.id, chosen)).version).toBe(3);
    expect(await surveys.settings(one.id)).toEqual({ version: 3, ...chosen });
  });

  it("ST25 takes one answer of a person to a form, also of many at once", async () => {
    const surveys = await enrolled();
    const outcomes = await Promise.all([1, 2, 3].map(() => surveys.answer(answer("1"))));
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.filter(({ ok }) => !ok)).toMatchObject([
      { code: "survey-answered" },
      { code: "survey-answered" },
    ]);
    expect(await surveys.answer(answer("1", sessionId("A")))).toMatchObject({ ok: true });
    expect(new Set(await surveys.answeredBy(enrolmentId("1")))).toEqual(
      new Set([END_SURVEY, sessionId("A")]),
    );
    expect(await surveys.answeredBy(enrolmentId("2"))).toEqual([]);
    expect(await surveys.answeredIn(one.id)).toHaveLength(2);
    expect(await surveys.answers(one.id, END_SURVEY)).toEqual([{ batch: 0, ...content }]);
  });

  it("ST25 puts answers in groups of five, and both or neither are written", async () => {
    const surveys = await enrolled();
    for (const who of ["1", "2", "3", "4", "5", "6"]) await surveys.answer(answer(who));
    const batches = (await surveys.answers(one.id, END_SURVEY)).map(({ batch }) => batch);
    expect(batches.toSorted()).toEqual([0, 0, 0, 0, 0, 1]);
    await expect(surveys.answer(answer("nobody"))).rejects.toThrow();
    const repeated = { ...answer("7"), id: surveyAnswerIdSchema.parse(`ans_${counted - 1}`) };
    const taken = { ...repeated, id: surveyAnswerIdSchema.parse(`ans_${counted - 2}`) };
    await expect(surveys.answer(taken)).rejects.toThrow();
    expect(await surveys.answeredBy(enrolmentId("7"))).toEqual([]);
    expect(await surveys.answers(one.id, END_SURVEY)).toHaveLength(6);
  });
}
