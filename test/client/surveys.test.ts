import { afterEach, describe, expect, it, vi } from "vitest";
import { placeFrom } from "../../client/admin/admin-path.ts";
import { ADMIN_WORDS } from "../../client/admin/admin-words.ts";
import { wrongQuestions } from "../../client/admin/surveys/own-questions.ts";
import { sendSurveyUntilKnown } from "../../client/survey/send-survey.ts";
import { answerFrom, draftFrom, EMPTY_DRAFT, missingScales } from "../../client/survey/survey-draft.ts";
import { groupsFrom, SURVEY_WORDS } from "../../client/survey/survey-words.ts";
import { endQuestionsFrom, sessionQuestionsFrom } from "../../server/domain/survey-form.ts";
import { END_SURVEY } from "../../server/protocol/surveys.ts";

const questions = endQuestionsFrom([{ form: "end", kind: "scale", words: "Konsumsi" }]);
const survey = { survey: END_SURVEY, questions } as const;

afterEach(() => vi.unstubAllGlobals());

describe("a survey that is being filled in", () => {
  it("SV9 keeps what was filled in, and nothing that is no rating", () => {
    const kept = JSON.stringify({ ratings: { a: 5, b: 9, c: "4" }, texts: { d: "ya", e: 1 } });
    expect(draftFrom(kept)).toEqual({ ratings: { a: 5 }, texts: { d: "ya" } });
    for (const broken of [null, "", "{", "7", '"x"', "[]"]) expect(draftFrom(broken)).toEqual(EMPTY_DRAFT);
  });

  it("SV9 names the scales that are missing, and sends this form's answers alone", () => {
    const draft = {
      ratings: { "programme.overall": 5, "own:scale:Konsumsi": 2, "delivery.time": 1 },
      texts: { "text.apply": " Ringkasan ", "text.advice": "  " },
    };
    expect(missingScales(questions, draft)).toEqual([
      "programme.usefulness",
      "programme.organisation",
      "programme.recommend",
    ]);
    expect(answerFrom(survey, draft)).toEqual({
      survey: "end",
      ratings: [
        { question: "programme.overall", rating: 5 },
        { question: "own:scale:Konsumsi", rating: 2 },
      ],
      texts: [{ question: "text.apply", text: "Ringkasan" }],
    });
  });

  it.each([
    [201, {}, "sent"],
    [409, { code: "survey-answered" }, "sent"],
    [409, { code: "survey-not-open" }, "survey-not-open"],
    [400, { code: "bad-request" }, "changed"],
  ])("SV9 takes %i %j as %s", async (status, body, sent) => {
    vi.stubGlobal("fetch", async () => new Response(JSON.stringify(body), { status }));
    expect(await sendSurveyUntilKnown("lnk_1", answerFrom(survey, EMPTY_DRAFT))).toBe(sent);
  });

  it("SV9 groups the questions and has words for each in both languages", () => {
    const session = sessionQuestionsFrom("hybrid", [], []);
    expect(groupsFrom(session).map(({ title }) => title)).toEqual([
      "Pengajar",
      "Materi",
      "Pelaksanaan",
      "Dengan kata Anda sendiri",
    ]);
    for (const words of [SURVEY_WORDS, ADMIN_WORDS]) {
      expect(Object.keys(words.en).sort()).toEqual(Object.keys(words.id).sort());
    }
  });
});

describe("surveys in the administration", () => {
  it("AM5 have addresses of their own", () => {
    expect(placeFrom("/admin/programmes/PAI/surveys")).toEqual({ page: "surveys", programme: "PAI" });
    expect(placeFrom("/admin/sessions/ses_1/survey")).toEqual({ page: "survey", sessionId: "ses_1" });
  });

  it("SV3 name the questions that are empty, too long or there already", () => {
    const own = (words: string) => ({ form: "end", kind: "text", words }) as const;
    expect(wrongQuestions([own("a"), own(" "), own("a "), own("x".repeat(201))])).toEqual([1, 2, 3]);
  });
});
