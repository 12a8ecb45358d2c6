import { z } from "zod";
import { exportIdSchema, recordingIdSchema, sessionIdSchema } from "./ids.ts";
import { languageSchema } from "./recordings.ts";

/** How far an MP4 of a recording is. `deleted`: it was there, and somebody or the recording's end took it away. */
export const exportStatusSchema = z.enum(["queued", "running", "done", "failed", "cancelled", "deleted"]);
export type ExportStatus = z.infer<typeof exportStatusSchema>;

/** Why an export failed, or cannot begin. */
export const exportProblemSchema = z.enum([
  "recorder-missing",
  "encoder-missing",
  "disk-full",
  "nothing-recorded",
  "render-failed",
]);
export type ExportProblem = z.infer<typeof exportProblemSchema>;

/** One MP4 of a recording. Milliseconds `…Ms` are of the MP4, but `leftMs`, which is how long it will still take. */
export const recordingExportSchema = z.strictObject({
  exportId: exportIdSchema,
  recordingId: recordingIdSchema,
  sessionId: sessionIdSchema,
  status: exportStatusSchema,
  /** Of the words in the picture and the chapters. */
  language: languageSchema,
  requestedAt: z.number(),
  /** An account's, a key's or a staff member's id. */
  requestedBy: z.string(),
  endedAt: z.number().nullable(),
  doneMs: z.number(),
  totalMs: z.number(),
  /** Null while nobody can say. */
  leftMs: z.number().nullable(),
  /** It stands still because the class that is open needs the machine. */
  isHeld: z.boolean(),
  /** Of the file; null before it is there. */
  bytes: z.number().nullable(),
  failure: exportProblemSchema.nullable(),
});
export type RecordingExport = z.infer<typeof recordingExportSchema>;

/** The exports of a recording, the latest first, and whether one can be made now. */
export const exportListSchema = z.strictObject({
  items: z.array(recordingExportSchema),
  /** Why none can be made; null where one can. */
  problem: exportProblemSchema.nullable(),
  /** The recording is still under way: it can be exported once it has ended. */
  isUnderWay: z.boolean(),
  /** How long the MP4 would be. */
  totalMs: z.number(),
  /** What making one takes on the disk at most times, and what is free there beyond the reserve. */
  neededBytes: z.number(),
  freeBytes: z.number(),
  /** When the recording began (epoch ms), and of which session. */
  startedAt: z.number(),
  session: z.strictObject({ title: z.string(), programme: z.string(), timeZone: z.string() }),
  /** Whether who asks may make one, cancel and delete. */
  canChange: z.boolean(),
});
export type ExportList = z.infer<typeof exportListSchema>;

export const exportBodySchema = z.strictObject({ language: languageSchema });
