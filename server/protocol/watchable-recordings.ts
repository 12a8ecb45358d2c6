import { z } from "zod";
import { recordingIdSchema } from "./ids.ts";

/** A recording that one may watch: times are epoch ms, `endedAt` null while it is being made. */
export const watchableRecordingSchema = z.strictObject({
  recordingId: recordingIdSchema,
  startedAt: z.number(),
  endedAt: z.number().nullable(),
});
export type WatchableRecording = z.infer<typeof watchableRecordingSchema>;

export const watchableRecordingsSchema = z.strictObject({ items: z.array(watchableRecordingSchema) });
