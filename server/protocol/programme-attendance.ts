import { z } from "zod";
import { codeSchema } from "./api-fields.ts";
import { sessionModeSchema } from "./evidence.ts";
import { enrolmentIdSchema, programmeIdSchema, sessionIdSchema } from "./ids.ts";

/** Everybody's JP in every session of a programme: what an office files for a whole training. */

const programmeAttendanceItemSchema = z.strictObject({
  enrolmentId: enrolmentIdSchema,
  externalId: z.string(),
  name: z.string(),
  institution: z.string().nullable(),
  group: z.string().nullable(),
  /** AT11: what counts in the programme, self-study with it. */
  jp: z.number(),
  units: z.array(z.strictObject({ code: z.string(), jp: z.number() })),
  /** In the order of `sessions`; null for one that this person is not asked to. */
  sessions: z.array(z.number().nullable()),
});

export const programmeAttendanceSchema = z.strictObject({
  programme: z.strictObject({ id: programmeIdSchema, code: codeSchema, title: z.string() }),
  sessions: z.array(
    z.strictObject({
      id: sessionIdSchema,
      title: z.string(),
      unit: z.string(),
      mode: sessionModeSchema,
      group: z.string().nullable(),
      timeZone: z.string(),
      /** Of its first slot and its last one (epoch ms); null without slots. */
      startAt: z.number().nullable(),
      endAt: z.number().nullable(),
      /** Of its slots together. */
      jp: z.number(),
    }),
  ),
  /** Ordered by name. */
  items: z.array(programmeAttendanceItemSchema),
});
export type ProgrammeAttendance = z.infer<typeof programmeAttendanceSchema>;

export const programmeAttendanceQuerySchema = z.strictObject({
  format: z.enum(["json", "csv", "xlsx"]).default("json"),
});
