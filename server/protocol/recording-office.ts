import { z } from "zod";
import { atSchema, lineSchema, pageQuerySchema, pageSchema } from "./api-fields.ts";
import { programmeIdSchema, recordingIdSchema, recordingLinkIdSchema, sessionIdSchema } from "./ids.ts";
import { keptDaysSchema, recordedRoomsSchema, recordingEndSchema } from "./recordings.ts";

/** The recordings as the office sees them: how long they are kept, who may see them, what room there is. */

/** Why a recording was deleted: its time was over, or somebody said so. */
export const recordingDeletionReasonSchema = z.enum(["retention", "staff"]);
export type RecordingDeletionReason = z.infer<typeof recordingDeletionReasonSchema>;

/**
 * `running`: being made; `whole`: ended by staff or with the class; `fault`: ended by what `endReason` says; `deleting`
 * and `deleted`: only this row is left, or will be.
 */
const recordingStateSchema = z.enum(["running", "whole", "fault", "deleting", "deleted"]);
export type RecordingState = z.infer<typeof recordingStateSchema>;

const whoSchema = z.strictObject({ id: z.string(), name: z.string().nullable() });
const count = z.number().int().min(0);

export const recordingSchema = z.strictObject({
  id: recordingIdSchema,
  session: z.strictObject({ id: sessionIdSchema, title: z.string(), timeZone: z.string() }),
  programme: z.strictObject({ id: programmeIdSchema, code: z.string(), title: z.string() }),
  state: recordingStateSchema,
  rooms: recordedRoomsSchema,
  hasChat: z.boolean(),
  startedAt: z.number(),
  startedBy: whoSchema,
  endedAt: z.number().nullable(),
  endReason: recordingEndSchema.nullable(),
  /** What its folder takes on the disk now, with what was made of it. */
  bytes: count,
  /** How long it was to be kept when it began. */
  keptDays: count,
  /** When it is deleted (epoch ms); null while it runs. */
  keptUntil: z.number().nullable(),
  /** It is deleted soon enough to be warned of. */
  isDueSoon: z.boolean(),
  /** The last time somebody prolonged it. */
  prolonged: z.strictObject({ at: z.number(), by: whoSchema, reason: z.string() }).nullable(),
  /** Links that count now. */
  openLinks: count,
  deletion: z
    .strictObject({
      at: z.number(),
      /** Null until nothing is left of it. */
      doneAt: z.number().nullable(),
      reason: recordingDeletionReasonSchema,
      note: z.string().nullable(),
      by: whoSchema,
    })
    .nullable(),
});
export type RecordingJson = z.infer<typeof recordingSchema>;

export const recordingPageSchema = pageSchema(recordingSchema);
export type RecordingPage = z.infer<typeof recordingPageSchema>;
export const recordingListSchema = z.strictObject({ items: z.array(recordingSchema) });

export const recordingsQuerySchema = z
  .strictObject({
    programme: programmeIdSchema.optional(),
    session: sessionIdSchema.optional(),
    limit: z.string().optional(),
    cursor: z.string().optional(),
  })
  .transform(({ limit, cursor, ...filter }, context) => {
    const page = pageQuerySchema.safeParse({ limit, cursor });
    if (page.success) return { filter, page: page.data };
    for (const { path, message } of page.error.issues) context.addIssue({ code: "custom", path, message });
    return z.NEVER;
  });

const reason = lineSchema(300);
/** Words that name nobody are asked for: they outlive the recording. */
export const recordingDeletionBodySchema = z.strictObject({ reason });
export const recordingProlongationBodySchema = z.strictObject({ keptUntil: atSchema, reason });

// ---------------------------------------------------------------- links

export const recordingLinkBodySchema = z.strictObject({ label: lineSchema(80), expiresAt: atSchema });

export const recordingLinkSchema = z.strictObject({
  id: recordingLinkIdSchema,
  recordingId: recordingIdSchema,
  label: z.string(),
  createdAt: z.number(),
  createdBy: whoSchema,
  expiresAt: z.number(),
  revokedAt: z.number().nullable(),
  viewCount: count,
  lastViewedAt: z.number().nullable(),
});
export type RecordingLinkJson = z.infer<typeof recordingLinkSchema>;
export const recordingLinkListSchema = z.strictObject({ items: z.array(recordingLinkSchema) });
/** `url` is the only place where the token ever stands. */
export const recordingLinkCreatedSchema = recordingLinkSchema.extend({ url: z.string() });

/** What a guest is told of the recording that a link opens. */
export const sharedRecordingSchema = z.strictObject({
  recordingId: recordingIdSchema,
  title: z.string(),
  programme: z.string(),
  timeZone: z.string(),
  startedAt: z.number(),
  endedAt: z.number(),
  expiresAt: z.number(),
});
export type SharedRecording = z.infer<typeof sharedRecordingSchema>;

// ---------------------------------------------------------------- settings and room

const MAX_BUDGET_BYTES = 2 ** 50;

export const recordingSettingsSchema = z.strictObject({
  /** For recordings that begin from now on, where the programme has no number of its own. */
  keptDays: keptDaysSchema,
  /** What all recordings together may take; null: as much as the disk has. */
  budgetBytes: z.number().int().min(1_000_000_000).max(MAX_BUDGET_BYTES).nullable(),
});
export type RecordingSettings = z.infer<typeof recordingSettingsSchema>;

/** A programme's own number of days; null: the installation's. */
export const programmeKeepingSchema = z.strictObject({ keptDays: keptDaysSchema.nullable() });
export type ProgrammeKeeping = z.infer<typeof programmeKeepingSchema>;

export const recordingSpaceSchema = z.strictObject({
  usedBytes: count,
  diskFreeBytes: count,
  /** Left for recordings: of the budget, or of the disk above its floor, whichever is less. */
  leftBytes: count,
  budgetBytes: count.nullable(),
  bytesPerHour: count,
  /** Hours of own recordings that `bytesPerHour` was measured on; 0: it is a guess. */
  measuredHours: z.number().min(0),
  hoursLeft: z.number().min(0),
  /** Planned sessions of the next 60 days, if all were recorded. */
  planned: z.strictObject({ sessions: count, hours: z.number().min(0), bytes: count }),
  /** The first planned sessions that find no room. */
  short: z.array(
    z.strictObject({
      sessionId: sessionIdSchema,
      title: z.string(),
      timeZone: z.string(),
      startAt: z.number(),
      missingBytes: count,
    }),
  ),
  /** How many there are of these. */
  shortCount: count,
});
export type RecordingSpace = z.infer<typeof recordingSpaceSchema>;

// ---------------------------------------------------------------- one's own consent

export const ownConsentSchema = z.strictObject({
  /** The last answer; null before the first. */
  isGiven: z.boolean().nullable(),
  answeredAt: z.number().nullable(),
  /** Whether one ever agreed, so that something may have been recorded. */
  wasGiven: z.boolean(),
  /** How many recordings of the session are kept. */
  recordings: count,
  withdrawnAt: z.number().nullable(),
  /** Out of all of them. */
  isRemoved: z.boolean(),
  keptUntil: z.number().nullable(),
});
export type OwnConsent = z.infer<typeof ownConsentSchema>;

/** Recordings that have lost somebody, and those under way that will when they end. */
export const withdrawnSchema = z.strictObject({ removed: count, waiting: count });
export type Withdrawn = z.infer<typeof withdrawnSchema>;
