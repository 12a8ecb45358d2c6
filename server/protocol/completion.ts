import { z } from "zod";
import { codeSchema, lineSchema } from "./api-fields.ts";
import { entryFieldSchema } from "./entry.ts";
import { policySchema } from "./evidence.ts";
import { enrolmentIdSchema, programmeIdSchema, resultIdSchema } from "./ids.ts";
import { surveyKeySchema } from "./surveys.ts";
import { takenAtSchema } from "./taken-at.ts";

/** Results of tests and assignments, and the decisions that are made of them and of attendance. */

export const MAX_RESULT_ROWS = 20_000;

export const RESULT_STATUSES = ["accepted", "rejected", "submitted", "completed"] as const;
export type ResultStatus = (typeof RESULT_STATUSES)[number];
const MAX_SCORE = 10_000;

/** What results can be of: DESIGN section 3's codes that do not come from attendance, and self-study. */
const RESULT_REQUIREMENT =
  /^(pre-test|post-test|survey|eligibility|(assignment|self-study):[0-9A-Za-z][0-9A-Za-z.-]{0,31})$/;

export const resultRequirementSchema = z
  .string()
  .regex(
    RESULT_REQUIREMENT,
    "must be pre-test, post-test, assignment:CODE, survey, eligibility or self-study:UNIT",
  );

const absent = z.union([z.literal(""), z.null()]).transform(() => null);

/** A number, or a cell's text with a decimal point or comma. */
const scoreSchema = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^\d{1,6}([.,]\d{1,6})?$/, "must be a number, such as 87,5")
      .transform((text) => Number(text.replace(",", "."))),
  ])
  .pipe(z.number().min(0, "must not be below 0").max(MAX_SCORE, `must not be above ${MAX_SCORE}`));

const statusSchema = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.enum(RESULT_STATUSES, `must be one of ${RESULT_STATUSES.join(", ")}`));

/** Fields are compared only when each is good by itself: one mistake, one message. */
const whenGood = ({ issues }: z.core.ParsePayload): boolean => issues.length === 0;

const NEEDS_STATUS = /^(eligibility$|assignment:|self-study:)/;

export const resultBodySchema = z
  .strictObject({
    externalId: lineSchema(64),
    requirement: resultRequirementSchema,
    score: z
      .union([scoreSchema, absent])
      .optional()
      .transform((score) => score ?? null),
    status: z
      .union([statusSchema, absent])
      .optional()
      .transform((status) => status ?? null),
    takenAt: takenAtSchema,
    /** Where it comes from: the learning system, or whoever wrote it down. */
    source: lineSchema(100),
  })
  .refine(({ requirement, status }) => !NEEDS_STATUS.test(requirement) || status !== null, {
    path: ["status"],
    message: "is needed for this requirement",
    when: whenGood,
  })
  .refine(({ requirement, score }) => requirement !== "post-test" || score !== null, {
    path: ["score"],
    message: "is needed for this requirement",
    when: whenGood,
  });
export const RESULT_FIELDS = ["externalId", "requirement", "score", "status", "takenAt", "source"] as const;

/** Rows as JSON (one, or an array), checked one by one, or a CSV file's text. */
export const resultsBodySchema = z.union([
  z.array(z.unknown()).min(1).max(MAX_RESULT_ROWS),
  z.record(z.string(), z.unknown()),
  z.string(),
]);

const resultRowSchema = z.strictObject({
  /** From 1, the first result of the array or of the file (after its header). */
  row: z.number().int().min(1),
  externalId: z.string().nullable(),
  outcome: z.enum(["created", "updated", "unchanged", "refused"]),
  errors: z.array(z.strictObject({ field: z.string(), message: z.string() })).optional(),
});
export type ResultRow = z.infer<typeof resultRowSchema>;

export const resultReportSchema = z.strictObject({
  created: z.number().int(),
  updated: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
  rows: z.array(resultRowSchema),
});
export type ResultReport = z.infer<typeof resultReportSchema>;

export const resultSchema = z.strictObject({
  id: resultIdSchema,
  programmeId: programmeIdSchema,
  enrolmentId: enrolmentIdSchema,
  requirement: z.string(),
  score: z.number().nullable(),
  status: z.enum(RESULT_STATUSES).nullable(),
  takenAt: z.number(),
  source: z.string(),
  createdAt: z.number(),
  updatedAt: z.number(),
});

// ---------------------------------------------------------------- decisions

/** Why a requirement is met or not, as a code that the client says in words. */
export const COMPLETION_WHY = [
  "enough-jp",
  "too-few-jp",
  "no-slot-held",
  "taken",
  "not-taken",
  "score-reached",
  "score-below",
  "accepted",
  "not-accepted",
  "no-result",
  "entry-met",
  "entry-unmet",
  "surveys-answered",
  "surveys-missing",
] as const;
export type CompletionWhy = (typeof COMPLETION_WHY)[number];

/** What of the conditions of entry somebody does not meet, with the numbers behind it. */
const entryProblemSchema = z.strictObject({
  field: entryFieldSchema,
  rule: z.enum(["required", "maxAgeAtStart", "minEducation", "oneOf"]),
  /** The age, or the words of the roster; null where it says nothing. */
  found: z.union([z.number(), z.string()]).nullable(),
  /** The age, the level, or the values that may be; null where anything will do. */
  needed: z.union([z.number(), z.string()]).nullable(),
});
export type EntryProblemJson = z.infer<typeof entryProblemSchema>;

export const requirementDecisionSchema = z.strictObject({
  code: z.string(),
  /** JP for attendance, a score, a count of surveys, or `taken` / `accepted`; null where nothing can be asked for. */
  required: z.union([z.number(), z.string()]).nullable(),
  /** JP, the best score, or the latest status; null where there is nothing. */
  found: z.union([z.number(), z.string()]).nullable(),
  met: z.boolean(),
  why: z.enum(COMPLETION_WHY),
  /** Of `eligibility` decided by the conditions of entry: their version, and what is not met. */
  entry: z.strictObject({ version: z.number().int(), problems: z.array(entryProblemSchema) }).optional(),
  /** Of `survey`: the forms that are open to the person and not filled in; `title` is null for the last one. */
  missingSurveys: z
    .array(z.strictObject({ survey: surveyKeySchema, title: z.string().nullable() }))
    .optional(),
});
export type RequirementDecision = z.infer<typeof requirementDecisionSchema>;

export const completionStatusSchema = z.enum(["pending", "complete", "incomplete"]);

export const completionDecisionSchema = z.strictObject({
  status: completionStatusSchema,
  /** The programme's JP that this person has. */
  jp: z.number(),
  units: z.array(z.strictObject({ code: z.string(), jp: z.number() })),
  requirements: z.array(requirementDecisionSchema),
});
export type CompletionDecision = z.infer<typeof completionDecisionSchema>;

const completionItemSchema = completionDecisionSchema.extend({
  enrolmentId: enrolmentIdSchema,
  externalId: z.string(),
  name: z.string(),
  institution: z.string().nullable(),
  group: z.string().nullable(),
  /** Their data were erased: the name and the number are a pseudonym, and no certificate is issued. */
  isErased: z.boolean(),
  policyVersion: z.number().int(),
});
export type CompletionItem = z.infer<typeof completionItemSchema>;

const decidedSchema = z.strictObject({
  programme: z.strictObject({ id: programmeIdSchema, code: codeSchema, title: z.string() }),
  policy: policySchema,
  policyVersion: z.number().int(),
  /** When the programme's last slot ends (epoch ms); null where no session is planned. */
  endsAt: z.number().nullable(),
  decidedAt: z.number(),
});

export const completionReportSchema = decidedSchema.extend({ items: z.array(completionItemSchema) });
export type CompletionReport = z.infer<typeof completionReportSchema>;

/** One's own; null for staff. */
export const ownCompletionSchema = z.strictObject({
  programme: z.string(),
  endsAt: z.number().nullable(),
  policyVersion: z.number().int(),
  decision: completionDecisionSchema.nullable(),
});
export type OwnCompletion = z.infer<typeof ownCompletionSchema>;

export const completionQuerySchema = z.strictObject({
  format: z.enum(["json", "csv", "xlsx"]).default("json"),
});
