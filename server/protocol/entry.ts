import { z } from "zod";
import { lineSchema } from "./api-fields.ts";

/** The conditions under which a programme takes people: beside its policy, for they decide no JP. */

/** From the lowest; D4 is S1, SMK is SMA, by Indonesia's framework of qualifications (Perpres 8/2012). */
export const EDUCATION_LEVELS = ["SD", "SMP", "SMA", "D1", "D2", "D3", "S1", "S2", "S3"] as const;
export type EducationLevel = (typeof EDUCATION_LEVELS)[number];

export const entryFieldSchema = z.enum([
  "email",
  "institution",
  "group",
  "birthDate",
  "education",
  "assignmentLetter",
]);

export const entryConditionSchema = z.discriminatedUnion("rule", [
  z.strictObject({ rule: z.literal("required"), field: entryFieldSchema }),
  /** At most so many full years on the day of the programme's first slot. */
  z.strictObject({
    rule: z.literal("maxAgeAtStart"),
    field: z.literal("birthDate"),
    years: z.number().int().min(1).max(120),
  }),
  z.strictObject({
    rule: z.literal("minEducation"),
    field: z.literal("education"),
    level: z.enum(EDUCATION_LEVELS),
  }),
  z.strictObject({
    rule: z.literal("oneOf"),
    field: entryFieldSchema,
    values: z.array(lineSchema(300)).min(1).max(200),
  }),
]);
export type EntryCondition = z.infer<typeof entryConditionSchema>;

export const entryBodySchema = z
  .strictObject({ conditions: z.array(entryConditionSchema).max(50) })
  .check(({ value, issues }) => {
    if (issues.length > 0) return;
    const kinds = value.conditions.map(({ rule, field }) => `${rule} ${field}`);
    for (const [index, kind] of kinds.entries()) {
      if (kinds.indexOf(kind) === index) continue;
      issues.push({
        code: "custom",
        input: value,
        path: ["conditions", index],
        message: "stands here twice",
      });
    }
  });

export const entrySchema = z.strictObject({
  /** From 1; rises with every change. */
  version: z.number().int(),
  conditions: z.array(entryConditionSchema),
});
export type EntryJson = z.infer<typeof entrySchema>;
