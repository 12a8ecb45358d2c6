import { z } from "zod";
import { codeSchema, lineSchema } from "./api-fields.ts";
import {
  attachmentIdSchema,
  caseIdSchema,
  criterionIdSchema,
  deckIdSchema,
  questionIdSchema,
} from "./ids.ts";

/** A case that breakout rooms work on: its brief, its roles, the questions of its answer sheet, its rubric. */

export const MAX_BRIEF_LENGTH = 20_000;
/** Characters of one answer at most, as JavaScript counts them. */
export const MAX_ANSWER_LENGTH = 10_000;
const MAX_ATTACHMENT_BYTES = 50_000_000;

/** Text of several lines, which may be empty. */
function longText(maxLength: number) {
  return z
    .string()
    .max(maxLength)
    .refine((text) => text.isWellFormed(), "is not well-formed Unicode")
    .transform((text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "").trim());
}

/** Whether no two items have the same key. */
function areDistinct<Item>(items: readonly Item[], keyOf: (item: Item) => string): boolean {
  return new Set(items.map(keyOf)).size === items.length;
}

const optionsSchema = z
  .array(z.strictObject({ code: codeSchema, title: lineSchema(300) }))
  .min(2)
  .max(20)
  .refine((options) => areDistinct(options, ({ code }) => code), "has a code twice");

const answerFormSchema = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("text"),
    maxLength: z.number().int().min(1).max(MAX_ANSWER_LENGTH).default(4000),
  }),
  z.strictObject({ kind: z.literal("choice"), options: optionsSchema }),
]);

export const caseQuestionSchema = z.strictObject({
  questionId: questionIdSchema,
  title: lineSchema(500),
  help: longText(2000).default(""),
  form: answerFormSchema,
});
export type CaseQuestion = z.infer<typeof caseQuestionSchema>;

const criterionSchema = z.strictObject({
  criterionId: criterionIdSchema,
  title: lineSchema(200),
  description: longText(2000).default(""),
  maxPoints: z.number().int().min(1).max(1000),
});

const attachmentSchema = z.strictObject({
  attachmentId: attachmentIdSchema,
  name: lineSchema(200),
  /** Media type. */
  type: z.string().regex(/^[a-z]+\/[0-9a-z.+-]{1,100}$/),
  bytes: z.number().int().min(0).max(MAX_ATTACHMENT_BYTES),
});

const slidesSchema = z
  .strictObject({
    deckId: deckIdSchema,
    /** From 1, both included. */
    fromPage: z.number().int().min(1).max(10_000),
    toPage: z.number().int().min(1).max(10_000),
  })
  .refine(({ fromPage, toPage }) => fromPage <= toPage, { path: ["toPage"], message: "is before fromPage" });

export const caseSchema = z.strictObject({
  caseId: caseIdSchema,
  title: lineSchema(200),
  /** Plain text or Markdown. */
  brief: longText(MAX_BRIEF_LENGTH).default(""),
  attachments: z.array(attachmentSchema).max(20).default([]),
  /** What people in a room can be, such as `chair`, `scribe`, `presenter`. */
  roles: z
    .array(z.strictObject({ code: codeSchema, title: lineSchema(100) }))
    .max(10)
    .refine((roles) => areDistinct(roles, ({ code }) => code), "has a code twice")
    .default([]),
  questions: z
    .array(caseQuestionSchema)
    .max(20)
    .refine((questions) => areDistinct(questions, ({ questionId }) => questionId), "has an id twice"),
  rubric: z
    .array(criterionSchema)
    .max(10)
    .refine((criteria) => areDistinct(criteria, ({ criterionId }) => criterionId), "has an id twice")
    .default([]),
  /** How long rooms are open for it. */
  minutes: z.number().int().min(1).max(480),
  slides: slidesSchema.nullable().default(null),
  /** The code of the assignment that a score feeds (`assignment:CODE`). */
  requirement: codeSchema.nullable().default(null),
  /** From so many points the assignment is accepted; null: every score is. */
  passingPoints: z.number().int().min(0).max(10_000).nullable().default(null),
});
export type Case = z.infer<typeof caseSchema>;

/** What the room sees of its case: not by what it is scored. */
export type CaseView = Omit<Case, "rubric" | "requirement" | "passingPoints">;
