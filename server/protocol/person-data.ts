import { z } from "zod";
import { enrolmentSchema } from "./api-records.ts";
import { surveyKeySchema } from "./surveys.ts";

/** Lists of records as they are kept: their fields follow what they record. */
const recordsSchema = z.array(z.record(z.string(), z.unknown()));

/** Everything that is held about one person, in one file (`balai-person/1`). */
export const personDataSchema = z.strictObject({
  format: z.literal("balai-person/1"),
  /** Epoch ms, as every time in it. */
  preparedAt: z.number(),
  programme: z.strictObject({ code: z.string(), title: z.string() }),
  enrolment: enrolmentSchema,
  sessions: z.array(
    z.strictObject({
      id: z.string(),
      title: z.string(),
      unit: z.string(),
      /** Links without their tokens, which nobody keeps. */
      links: recordsSchema,
      /** Rows of the ledger about this person: connections with their device, marks, adjustments. */
      ledger: recordsSchema,
      /** What they wrote in the class. */
      messages: recordsSchema,
      /** What they answered to being recorded, with the hash of the text. */
      consents: recordsSchema,
      /** Recordings that have something of them, or had until they were taken out. */
      recordings: z.array(
        z.strictObject({
          recordingId: z.string(),
          startedAt: z.number(),
          endedAt: z.number().nullable(),
          keptUntil: z.number().nullable(),
          tracks: recordsSchema,
          withdrawnAt: z.number().nullable(),
          removedAt: z.number().nullable(),
        }),
      ),
      disputes: recordsSchema,
      /** What the ledger comes to; null for who is not on the session's roster. */
      attendance: z.record(z.string(), z.unknown()).nullable(),
    }),
  ),
  results: recordsSchema,
  certificates: recordsSchema,
  /**
   * Which surveys they sent: a session's id, or `end`. What they answered is kept without who gave it, so that it
   * cannot be found again for anybody.
   */
  surveysAnswered: z.array(surveyKeySchema),
  /** Who saw or changed it: entries that name this person, and looks at lists of the programme. */
  trail: recordsSchema,
});
export type PersonData = z.infer<typeof personDataSchema>;
