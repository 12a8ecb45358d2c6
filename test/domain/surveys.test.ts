import { describe, expect, it } from "vitest";
import { askedSurveysFrom, isSessionOver, type SurveyedSession } from "../../server/domain/asked-surveys.ts";
import {
  decideSurveyAnswer,
  endQuestionsFrom,
  sessionQuestionsFrom,
} from "../../server/domain/survey-form.ts";
import { type OwedSurveys, surveyDecision } from "../../server/domain/survey-requirement.ts";
import { type KeptAnswer, shownAnswers, surveyResultsFrom } from "../../server/domain/survey-results.ts";
import { sessionIdSchema, staffIdSchema } from "../../server/protocol/ids.ts";
import { END_SURVEY, type SurveyContent, type SurveyKey } from "../../server/protocol/surveys.ts";

const BOTH = { sessionForm: true, endForm: true };
const [first, second] = [sessionIdSchema.parse("ses_1"), sessionIdSchema.parse("ses_2")];
const sari = { staffId: staffIdSchema.parse("stf_1"), name: "Sari" };

function session(sessionId: typeof first, change: Partial<SurveyedSession> = {}): SurveyedSession {
  return {
    sessionId,
    title: `Sesi ${sessionId}`,
    isOver: true,
    isPast: true,
    isExpected: true,
    wasThere: true,
    ...change,
  };
}

const forms = (sessions: readonly SurveyedSession[], settings = BOTH) =>
  askedSurveysFrom(sessions, settings).map(({ survey }) => survey);

describe("which surveys are asked", () => {
  it.each<[string, Partial<SurveyedSession>, readonly SurveyKey[]]>([
    ["who was in a session that is over", {}, [first, END_SURVEY]],
    ["nobody while it runs", { isOver: false }, []],
    ["nobody who was not there", { wasThere: false }, []],
    ["who was there from another group", { isExpected: false }, [first, END_SURVEY]],
  ])("SV1 asks %s", (_name, change, asked) => {
    expect(forms([session(first, change)])).toEqual(asked);
  });

  it.each<[string, Partial<SurveyedSession>, readonly SurveyKey[]]>([
    ["not before the last session is over", { isOver: false, wasThere: false }, [first]],
    ["not while a class that was closed early has time left", { isPast: false }, [first, second]],
    ["once it is, though one missed it", { wasThere: false }, [first, END_SURVEY]],
    [
      "not waiting for other groups",
      { isOver: false, isExpected: false, wasThere: false },
      [first, END_SURVEY],
    ],
  ])("SV2 asks at the end %s", (_name, change, asked) => {
    expect(forms([session(first), session(second, change)])).toEqual(asked);
  });

  it("SV3 asks only what the programme has turned on", () => {
    expect(forms([session(first)], { sessionForm: false, endForm: true })).toEqual([END_SURVEY]);
    expect(forms([session(first)], { sessionForm: true, endForm: false })).toEqual([first]);
    expect(forms([session(first)], { sessionForm: false, endForm: false })).toEqual([]);
  });

  it.each([
    [[], 99, false],
    [[], 100, true],
    [["class.opened"], 100, false],
    [["class.opened", "class.closed"], 5, true],
    [["class.opened", "class.closed", "class.opened"], 200, false],
  ])("SV1 with %j a session is over at %i: %s", (types, now, isOver) => {
    const rows = types.map((type) => ({ type }));
    expect(isSessionOver(rows, 100, now)).toBe(isOver);
  });
});

describe("a survey's questions and answers", () => {
  const own = [
    { form: "session", kind: "scale", words: "Kecepatan" },
    { form: "end", kind: "text", words: "Topik lain" },
  ] as const;
  const questions = sessionQuestionsFrom("hybrid", [sari], own);
  const scales = questions.filter(({ kind }) => kind === "scale").map(({ key }) => key);
  const ratings = scales.map((question) => ({ question, rating: 4 }));
  const pathsOf = (content: SurveyContent) => {
    const answer = decideSurveyAnswer(questions, content);
    return answer.ok ? [] : (answer.details as { errors: { path: string }[] }).errors.map(({ path }) => path);
  };

  it("SV3 asks about each instructor, material, delivery as it was, and the programme's own", () => {
    expect(questions.map(({ key }) => key)).toEqual([
      "instructor.mastery@stf_1",
      "instructor.clarity@stf_1",
      "material.relevance",
      "material.quality",
      "delivery.time",
      "delivery.platform",
      "delivery.venue",
      "own:scale:Kecepatan",
      "text.best",
      "text.advice",
    ]);
    const keys = (mode: "online" | "offline") => sessionQuestionsFrom(mode, [], own).map(({ key }) => key);
    expect(keys("online")).not.toContain("delivery.venue");
    expect(keys("offline")).not.toContain("delivery.platform");
    expect(keys("online")).toContain("instructor.mastery");
    expect(endQuestionsFrom(own).map(({ key }) => key)).toContain("own:text:Topik lain");
  });

  it("SV4 takes an answer that rates every scale, and leaves empty texts out", () => {
    const texts = [
      { question: "text.best", text: "Latihan" },
      { question: "text.advice", text: "" },
    ];
    expect(decideSurveyAnswer(questions, { ratings, texts })).toEqual({
      ok: true,
      data: { ratings, texts: [{ question: "text.best", text: "Latihan" }] },
    });
  });

  it.each<[string, SurveyContent, string[]]>([
    ["a scale that is missing", { ratings: ratings.slice(1), texts: [] }, ["ratings"]],
    [
      "a question twice",
      { ratings: [...ratings, { question: "delivery.time", rating: 1 }], texts: [] },
      [`ratings.${scales.length}.question`],
    ],
    [
      "another's question",
      { ratings: [{ question: "instructor.mastery@stf_9", rating: 1 }, ...ratings], texts: [] },
      ["ratings.0.question"],
    ],
    [
      "a scale as a text",
      { ratings, texts: [{ question: "delivery.time", text: "x" }] },
      ["texts.0.question"],
    ],
  ])("SV4 refuses %s by its field", (_name, content, paths) => {
    expect(pathsOf(content)).toEqual(paths);
  });
});

describe("what a report shows", () => {
  const answer = (batch: number, rating = 4, text = ""): KeptAnswer => ({
    batch,
    ratings: [{ question: "delivery.time", rating }],
    texts: text === "" ? [] : [{ question: "text.best", text }],
  });
  const many = (count: number) => Array.from({ length: count }, (_, index) => answer(Math.floor(index / 5)));

  it.each([
    [4, true, 0],
    [4, false, 0],
    [5, true, 5],
    [9, true, 5],
    [9, false, 9],
    [10, true, 10],
  ])("SV5 of %i answers, collecting %s, shows %i", (count, isCollecting, shown) => {
    expect(shownAnswers(many(count), isCollecting)).toHaveLength(shown);
  });

  it("SV6 counts each rating, and puts texts in an order that says nothing about their writers", () => {
    const questions = sessionQuestionsFrom("online", [], []).filter(({ key }) =>
      ["delivery.time", "text.best"].includes(key),
    );
    const answers = [answer(0, 5, "Tugas"), answer(0, 4), answer(0, 4, "Contoh"), answer(0, 1, "Latihan")];
    expect(surveyResultsFrom(questions, answers)).toEqual([
      { question: questions[0], count: 4, mean: 3.5, distribution: [1, 0, 0, 2, 1], texts: [] },
      {
        question: questions[1],
        count: 3,
        mean: null,
        distribution: [],
        texts: ["Contoh", "Latihan", "Tugas"],
      },
    ]);
    expect(surveyResultsFrom(questions, [])[0]).toMatchObject({ count: 0, mean: null });
  });

  it("SV6 keeps the answers to questions that the form no longer has", () => {
    const rated = (question: string) => ({ ratings: [{ question, rating: 2 }], texts: [] });
    const answers = ["own:scale:Dulu: apa?", "instructor.mastery@stf_1", "what"].map(rated);
    const former = surveyResultsFrom([], answers, [{ id: sari.staffId, name: "Sari" }]);
    expect(former.map(({ question }) => question)).toEqual([
      {
        key: "instructor.mastery@stf_1",
        kind: "scale",
        code: "instructor.mastery",
        instructor: sari,
        words: null,
      },
      { key: "own:scale:Dulu: apa?", kind: "scale", code: "own", instructor: null, words: "Dulu: apa?" },
      { key: "what", kind: "scale", code: "own", instructor: null, words: "what" },
    ]);
  });
});

describe("surveys as a requirement", () => {
  const asked = [
    { survey: first, title: "Sesi 1" },
    { survey: second, title: "Sesi 2" },
    { survey: END_SURVEY, title: null } as const,
  ];
  const decide = (change: Partial<OwedSurveys>, minShare = 10_000) =>
    surveyDecision("survey", minShare, { asked, answered: new Set(), hasEndForm: true, ...change });

  it("CO13 is met by every form asked, and names those that are missing", () => {
    expect(decide({ answered: new Set([first, second, END_SURVEY]) })).toEqual({
      code: "survey",
      required: 3,
      found: 3,
      met: true,
      why: "surveys-answered",
    });
    expect(decide({ answered: new Set([second]) })).toEqual({
      code: "survey",
      required: 3,
      found: 1,
      met: false,
      why: "surveys-missing",
      missingSurveys: [asked[0], asked[2]],
    });
  });

  it("CO13 waits for the form at the end, and is not met by who was asked nothing", () => {
    const toCome = decide({ asked: asked.slice(0, 1), answered: new Set([first]) });
    expect(toCome).toMatchObject({ required: 2, found: 1, met: false, missingSurveys: [] });
    expect(decide({ asked: [], hasEndForm: false })).toMatchObject({ required: 0, met: false });
  });

  it.each([
    [6000, 1, false],
    [6000, 2, true],
    [6667, 2, false],
  ])("CO13 with a share of %i and %i of three: %s", (minShare, count, met) => {
    const answered = new Set(asked.slice(0, count).map(({ survey }) => survey));
    expect(decide({ answered }, minShare).met).toBe(met);
  });
});
