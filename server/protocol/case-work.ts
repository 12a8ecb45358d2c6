import { z } from "zod";
import { lineSchema } from "./api-fields.ts";
import { caseSchema } from "./cases.ts";
import { MAX_BREAKOUT_ROOMS } from "./commands.ts";
import {
  breakoutRoomIdSchema,
  caseIdSchema,
  criterionIdSchema,
  enrolmentIdSchema,
  groupPlanIdSchema,
  questionIdSchema,
  sessionIdSchema,
} from "./ids.ts";

/** The HTTP API's bodies about cases, plans of groups and scores. */

/** A case as staff write it: its files are added one by one. */
export const caseBodySchema = caseSchema.omit({ caseId: true, attachments: true });
export type CaseBody = z.infer<typeof caseBodySchema>;

export const savedCaseSchema = caseSchema.extend({ sessionId: sessionIdSchema, updatedAt: z.number() });
export type SavedCase = z.infer<typeof savedCaseSchema>;
export const caseListSchema = z.strictObject({ items: z.array(savedCaseSchema) });

/** The JSON of a file of 10 MB in base64. */
export const MAX_CASE_FILE_BODY_BYTES = 15 * 1024 * 1024;
export const MAX_CASE_FILE_BYTES = 10 * 1024 * 1024;
export const caseFileBodySchema = z.strictObject({
  /** As the person's computer has it; it is made safe. */
  name: z.string().min(1).max(1000),
  /** Base64 (RFC 4648) of a PDF, JPEG, PNG or WebP. */
  content: z.string(),
});

export const copyBodySchema = z.strictObject({ sessionId: sessionIdSchema });

const groupSchema = z.strictObject({
  title: lineSchema(60),
  enrolmentIds: z.array(enrolmentIdSchema).max(1000),
});

/** A saved plan: a rule, or groups by name (then the rule places whoever is in none). */
export const groupPlanBodySchema = z
  .strictObject({
    title: lineSchema(100),
    count: z.number().int().min(1).max(MAX_BREAKOUT_ROOMS),
    assign: z.enum(["even", "mixed", "together", "chosen", "empty"]),
    limit: z.number().int().min(1).max(1000).nullable().default(null),
    minutes: z.number().int().min(1).max(480).nullable().default(null),
    caseId: caseIdSchema.nullable().default(null),
    groups: z.array(groupSchema).min(1).max(MAX_BREAKOUT_ROOMS).nullable().default(null),
  })
  .refine((plan) => plan.assign !== "chosen" || plan.limit !== null, {
    path: ["limit"],
    message: "is needed where people choose",
  })
  .refine(({ groups }) => isEachOnce((groups ?? []).flatMap((group) => group.enrolmentIds)), {
    path: ["groups"],
    message: "have somebody twice",
  })
  .refine(({ groups, count }) => groups === null || groups.length === count, {
    path: ["count"],
    message: "must be the number of groups",
  });
export type GroupPlanBody = z.infer<typeof groupPlanBodySchema>;

export const savedGroupPlanSchema = z.strictObject({
  planId: groupPlanIdSchema,
  sessionId: sessionIdSchema,
  updatedAt: z.number(),
  ...groupPlanBodySchema.shape,
});
export type SavedGroupPlan = z.infer<typeof savedGroupPlanSchema>;
export const groupPlanListSchema = z.strictObject({ items: z.array(savedGroupPlanSchema) });

/** The groups of the last breakout rooms of this session, or of the one before it in the programme. */
export const lastGroupsSchema = z.strictObject({
  from: z.strictObject({ sessionId: sessionIdSchema, title: z.string() }).nullable(),
  groups: z.array(groupSchema),
});

export const scoreBodySchema = z.strictObject({
  points: z
    .array(
      z.strictObject({ criterionId: criterionIdSchema, points: z.number().min(0).max(1000).multipleOf(0.5) }),
    )
    .max(10),
  comment: z
    .string()
    .max(4000)
    .refine((text) => text.isWellFormed(), "is not well-formed Unicode")
    .transform((text) => text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, "").trim())
    .default(""),
});
export type ScoreBody = z.infer<typeof scoreBodySchema>;

export const scoreSchema = z.strictObject({
  roomId: breakoutRoomIdSchema,
  caseId: caseIdSchema,
  points: z.array(z.strictObject({ criterionId: criterionIdSchema, points: z.number() })),
  total: z.number(),
  maxTotal: z.number(),
  /** Whether it is enough for the assignment; null where the case feeds none. */
  isAccepted: z.boolean().nullable(),
  comment: z.string(),
  /** Whose result it is: the group as it was when the rooms were open. */
  members: z.array(enrolmentIdSchema),
  by: z.string(),
  at: z.number(),
});
export type Score = z.infer<typeof scoreSchema>;

/** A room that worked on a case, for whoever scores it. */
export const workedRoomSchema = z.strictObject({
  roomId: breakoutRoomIdSchema,
  title: z.string(),
  caseId: caseIdSchema,
  members: z.array(z.strictObject({ enrolmentId: enrolmentIdSchema, name: z.string() })),
  roles: z.array(z.strictObject({ code: z.string(), title: z.string(), name: z.string().nullable() })),
  score: scoreSchema.nullable(),
});
export const workedRoomListSchema = z.strictObject({ items: z.array(workedRoomSchema) });
export type WorkedRoom = z.infer<typeof workedRoomSchema>;

/** What the groups of a session wrote, with scores and roles: the export of the work in rooms. */
export const groupWorkSchema = z.strictObject({
  session: z.strictObject({ id: sessionIdSchema, title: z.string() }),
  rooms: z.array(
    workedRoomSchema.extend({
      case: z.strictObject({ title: z.string(), requirement: z.string().nullable() }),
      answers: z.array(
        z.strictObject({ questionId: z.string(), title: z.string(), answer: z.string().nullable() }),
      ),
      criteria: z.array(
        z.strictObject({ title: z.string(), maxPoints: z.number(), points: z.number().nullable() }),
      ),
    }),
  ),
});
/** One room's work as whoever scores it reads it: the case as the room was given it, with its rubric, and the answers. */
export const roomWorkSchema = z.strictObject({
  roomId: breakoutRoomIdSchema,
  case: caseSchema,
  /** Of a choice the option's code; null where nothing was answered. */
  answers: z.array(z.strictObject({ questionId: questionIdSchema, answer: z.string().nullable() })),
});
export type RoomWork = z.infer<typeof roomWorkSchema>;

/** What staff need beside cases and plans: who is on the roster, where copies can go, what a score can feed. */
export const preparationSchema = z.strictObject({
  people: z.array(
    z.strictObject({
      enrolmentId: enrolmentIdSchema,
      externalId: z.string(),
      name: z.string(),
      institution: z.string().nullable(),
    }),
  ),
  /** The programme's other sessions, by their first slot. */
  sessions: z.array(
    z.strictObject({
      sessionId: sessionIdSchema,
      title: z.string(),
      startAt: z.number(),
      timeZone: z.string(),
    }),
  ),
  /** Codes of the assignments that the programme's policy requires. */
  assignments: z.array(z.string()),
});
export type Preparation = z.infer<typeof preparationSchema>;

/** `?format=`: JSON unless said otherwise. */
export const groupWorkQuerySchema = z.strictObject({
  format: z.enum(["json", "csv", "xlsx"]).default("json"),
});
export type GroupWork = z.infer<typeof groupWorkSchema>;

function isEachOnce(ids: readonly string[]): boolean {
  return new Set(ids).size === ids.length;
}
