import { z } from "zod";
import { codeSchema, lineSchema } from "./api-fields.ts";
import { programmeIdSchema, sessionIdSchema, staffIdSchema } from "./ids.ts";

/** Surveys of a programme: a short form after each session, and one at the end. */

/** Below so many answers a report shows nothing: fewer could be told apart. */
export const MIN_SURVEY_ANSWERS = 5;
export const SURVEY_RATINGS = [1, 2, 3, 4, 5] as const;
export const MAX_OWN_QUESTIONS = 5;
export const MAX_SURVEY_TEXT = 2000;
const MAX_ANSWERED_QUESTIONS = 60;

/** Which form: that of a session, by its id, or the one at the end of the programme. */
export const END_SURVEY = "end";
export const surveyKeySchema = z.union([z.literal(END_SURVEY), sessionIdSchema]);
export type SurveyKey = z.infer<typeof surveyKeySchema>;

/** The built-in questions, whose words the client has in both languages; `own` has its words with it. */
export const SURVEY_SCALES = [
  "instructor.mastery",
  "instructor.clarity",
  "material.relevance",
  "material.quality",
  "delivery.time",
  "delivery.platform",
  "delivery.venue",
  "programme.overall",
  "programme.usefulness",
  "programme.organisation",
  "programme.recommend",
] as const;
export const SURVEY_TEXTS = ["text.best", "text.apply", "text.advice"] as const;
export const SURVEY_CODES = [...SURVEY_SCALES, ...SURVEY_TEXTS, "own"] as const;
export type SurveyCode = (typeof SURVEY_CODES)[number];

const questionKindSchema = z.enum(["scale", "text"]);

export const surveyQuestionSchema = z.strictObject({
  /** What an answer names it by. */
  key: z.string(),
  kind: questionKindSchema,
  code: z.enum(SURVEY_CODES),
  /** Whom it is about; null where it is about nobody in particular. */
  instructor: z.strictObject({ staffId: staffIdSchema, name: z.string() }).nullable(),
  /** Of a question of the programme's own; null for a built-in one. */
  words: z.string().nullable(),
});
export type SurveyQuestion = z.infer<typeof surveyQuestionSchema>;

export const ownQuestionSchema = z.strictObject({
  form: z.enum(["session", "end"]),
  kind: questionKindSchema,
  words: lineSchema(200),
});
export type OwnQuestion = z.infer<typeof ownQuestionSchema>;

export const surveySettingsBodySchema = z
  .strictObject({
    sessionForm: z.boolean(),
    endForm: z.boolean(),
    ownQuestions: z.array(ownQuestionSchema).max(MAX_OWN_QUESTIONS).default([]),
  })
  .check(({ value, issues }) => {
    if (issues.length > 0) return;
    const keys = value.ownQuestions.map(({ form, words }) => `${form} ${words}`);
    for (const [index, key] of keys.entries()) {
      if (keys.indexOf(key) === index) continue;
      const path = ["ownQuestions", index, "words"];
      issues.push({ code: "custom", input: value, path, message: "stands here twice" });
    }
  });

export const surveySettingsSchema = z.strictObject({
  /** From 1; rises with every change. */
  version: z.number().int(),
  sessionForm: z.boolean(),
  endForm: z.boolean(),
  ownQuestions: z.array(ownQuestionSchema),
});
export type SurveySettings = z.infer<typeof surveySettingsSchema>;
export const DEFAULT_SURVEY_SETTINGS: SurveySettings = {
  version: 1,
  sessionForm: true,
  endForm: true,
  ownQuestions: [],
};

// ---------------------------------------------------------------- answering

/** A text as people type it, line breaks kept; other control characters are refused. */
const freeTextSchema = z
  .string()
  .max(MAX_SURVEY_TEXT * 2)
  .refine((text) => text.isWellFormed(), "is not well-formed Unicode")
  .transform((text) => text.normalize("NFC").replace(/\r\n?/g, "\n").trim())
  .refine(
    (text) => !/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/.test(text),
    "must not contain control characters",
  )
  .pipe(z.string().max(MAX_SURVEY_TEXT));

const questionKeySchema = z.string().min(1).max(260);

export const surveyContentSchema = z.strictObject({
  ratings: z
    .array(z.strictObject({ question: questionKeySchema, rating: z.number().int().min(1).max(5) }))
    .max(MAX_ANSWERED_QUESTIONS),
  /** An empty text is none. */
  texts: z
    .array(z.strictObject({ question: questionKeySchema, text: freeTextSchema }))
    .max(MAX_ANSWERED_QUESTIONS),
});
export type SurveyContent = z.infer<typeof surveyContentSchema>;

export const surveyAnswerBodySchema = surveyContentSchema.extend({ survey: surveyKeySchema });

const askedSchema = z.strictObject({
  survey: surveyKeySchema,
  /** Of the session; null for the end's. */
  title: z.string().nullable(),
});

/** One's own surveys: those that can be filled in now, with their questions, and those that are. */
export const ownSurveysSchema = z.strictObject({
  surveys: z.array(askedSchema.extend({ isAnswered: z.boolean(), questions: z.array(surveyQuestionSchema) })),
});
export type OwnSurveys = z.infer<typeof ownSurveysSchema>;
export type OwnSurvey = OwnSurveys["surveys"][number];

export const surveyAnsweredSchema = z.strictObject({ survey: surveyKeySchema });

// ---------------------------------------------------------------- reports

export const surveyResultSchema = z.strictObject({
  question: surveyQuestionSchema,
  /** How many answered this question. */
  count: z.number().int(),
  /** Of the ratings; null for texts, and where nobody rated. */
  mean: z.number().nullable(),
  /** How many gave 1, 2, 3, 4 and 5; empty for texts. */
  distribution: z.array(z.number().int()),
  /** In alphabetical order: nothing tells which belong together, or who came first. */
  texts: z.array(z.string()),
});
export type SurveyResult = z.infer<typeof surveyResultSchema>;

const surveySummarySchema = askedSchema.extend({
  /** How many the form is asked of so far. */
  asked: z.number().int(),
  answered: z.number().int(),
  /** How many answers the results are made of; 0 while they are too few. */
  shown: z.number().int(),
  /** Whether somebody can still answer; until then results come in groups of five. */
  isCollecting: z.boolean(),
  /** Of all ratings shown; null where none are. */
  mean: z.number().nullable(),
});
export type SurveySummary = z.infer<typeof surveySummarySchema>;

const programmeNameSchema = z.strictObject({ id: programmeIdSchema, code: codeSchema, title: z.string() });

export const surveyReportSchema = surveySummarySchema.extend({
  programme: programmeNameSchema,
  minAnswers: z.number().int(),
  results: z.array(surveyResultSchema),
});
export type SurveyReport = z.infer<typeof surveyReportSchema>;

export const programmeSurveysSchema = z.strictObject({
  programme: programmeNameSchema,
  minAnswers: z.number().int(),
  settings: surveySettingsSchema,
  /** In the order of the sessions' first slots. */
  sessions: z.array(surveySummarySchema),
  /** Of the form at the end. */
  end: surveyReportSchema,
});
export type ProgrammeSurveys = z.infer<typeof programmeSurveysSchema>;

export const surveysQuerySchema = z.strictObject({ format: z.enum(["json", "csv", "xlsx"]).default("json") });
