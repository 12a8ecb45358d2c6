import { z } from "zod";
import { pageQuerySchema } from "./api-fields.ts";
import { programmeIdSchema, sessionIdSchema } from "./ids.ts";

/**
 * Everything the trail tells of, and of which kind it is. Reads and refusals that repeat are written once in a
 * while (TR4); changes, files that went out and sign-ins are written each time.
 */
export const TRAIL_ACTIONS = {
  "programme.created": "change",
  "programme.changed": "change",
  "policy.changed": "change",
  "entry.read": "read",
  "entry.changed": "change",
  "roster.imported": "change",
  "roster.previewed": "read",
  "roster.read": "read",
  "person.read": "read",
  "person.data-exported": "file",
  "person.erased": "change",
  "person.changed": "change",
  "person.removed": "change",
  "staff.added": "change",
  "staff.changed": "change",
  "staff.removed": "change",
  "staff.read": "read",
  "session.created": "change",
  "session.changed": "change",
  "session.cancelled": "change",
  "class.opened": "change",
  "class.closed": "change",
  "link.created": "change",
  "link.revoked": "change",
  "links.created": "change",
  "links.revoked": "change",
  "links.read": "read",
  "deck.uploaded": "change",
  "recording.watched": "file",
  "captions.written": "change",
  "captions.removed": "change",
  "recording.exported": "file",
  "recording.export-requested": "change",
  "recording.export-removed": "change",
  "recordings.read": "read",
  "recording.prolonged": "change",
  "recording.deletion-due": "change",
  "recording.deleted": "change",
  "recording.shared": "change",
  "recording.share-ended": "change",
  "recording.withdrawn": "change",
  "recording-settings.changed": "change",
  "case.written": "change",
  "case.removed": "change",
  "group-plan.written": "change",
  "group-plan.removed": "change",
  "group-work.scored": "change",
  "group-work.read": "read",
  "group-work.exported": "file",
  "attendance.read": "read",
  "attendance.exported": "file",
  "evidence.exported": "file",
  "marks.made": "change",
  "marks.read": "read",
  "adjustment.proposed": "change",
  "adjustment.approved": "change",
  "adjustment.rejected": "change",
  "adjustments.read": "read",
  "dispute.filed": "change",
  "dispute.rejected": "change",
  "dispute.file-exported": "file",
  "disputes.read": "read",
  "corrections.read": "read",
  "results.recorded": "change",
  "results.read": "read",
  "completion.read": "read",
  "completion.exported": "file",
  "surveys.read": "read",
  "surveys.exported": "file",
  "surveys.changed": "change",
  "certificates.issued": "change",
  "certificates.read": "read",
  "certificate.exported": "file",
  "certificate.revoked": "change",
  "numbering.changed": "change",
  "issuer.changed": "change",
  "api-key.created": "change",
  "api-key.revoked": "change",
  "api-keys.read": "read",
  "account.created": "change",
  "account.link-made": "change",
  "account.password-changed": "change",
  "account.second-factor-set": "change",
  "account.second-factor-removed": "change",
  "account.sign-in-ended": "change",
  "account.changed": "change",
  "accounts.read": "read",
  "account.signed-in": "access",
  "account.signed-out": "access",
  "sign-in.refused": "refusal",
  "access.refused": "refusal",
  "trail.read": "read",
  "trail.exported": "file",
} as const satisfies Record<string, "change" | "read" | "file" | "access" | "refusal">;
export type TrailAction = keyof typeof TRAIL_ACTIONS;
export type TrailKind = (typeof TRAIL_ACTIONS)[TrailAction];

const actionSchema = z.enum(Object.keys(TRAIL_ACTIONS) as [TrailAction, ...TrailAction[]]);

/** Who did it. `account` is a person who signed in, `command-line` whoever has the server's machine. */
export const trailActorSchema = z.strictObject({
  kind: z.enum(["account", "key", "staff", "participant", "guest", "command-line", "server", "anonymous"]),
  /** Null for those who have none. */
  id: z.string().max(64).nullable(),
});
export type TrailActor = z.infer<typeof trailActorSchema>;

const wordSchema = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/);

/** What it was done to: the kind of thing, and its id where it is one thing. */
export const trailSubjectSchema = z.strictObject({ kind: wordSchema, id: z.string().max(64).nullable() });
export type TrailSubject = z.infer<typeof trailSubjectSchema>;

/** Numbers, formats, and names of fields: never what a field holds. */
export const trailDetailSchema = z.record(
  z.string().regex(/^[a-z][A-Za-z]{0,31}$/),
  z.union([z.number().int().min(0), z.string().max(120), z.array(z.string().max(64)).max(100)]),
);
export type TrailDetail = z.infer<typeof trailDetailSchema>;

/** What is chained. Ids only: nobody's name, number or words stand in it. */
export const trailEntrySchema = z.strictObject({
  at: z.number().int().min(0),
  actor: trailActorSchema,
  /** Of `TRAIL_ACTIONS`; a reader passes over those it does not know. */
  action: z.string().regex(/^[a-z][a-z-]{0,31}\.[a-z][a-z-]{0,31}$/),
  subject: trailSubjectSchema,
  /** Enrolments and staff whom it names; empty where it is about a whole list. */
  people: z.array(z.string().max(64)).max(20_000),
  programmeId: programmeIdSchema.nullable(),
  sessionId: sessionIdSchema.nullable(),
  detail: trailDetailSchema,
});
export type TrailEntry = z.infer<typeof trailEntrySchema>;

export const trailRowSchema = trailEntrySchema.extend({
  /** From 1, without gaps. */
  seq: z.number().int().min(1),
  prev: z.string(),
  hash: z.string(),
});
export type TrailRow = z.infer<typeof trailRowSchema>;

const whenSchema = z
  .string()
  .regex(/^\d{1,15}$/, "must be epoch milliseconds")
  .transform(Number);

const trailFilterShape = {
  programme: programmeIdSchema.optional(),
  session: sessionIdSchema.optional(),
  /** An enrolment's or a staff member's id: rows that name them. */
  person: z
    .string()
    .regex(/^(enr|stf)_[0-9A-Za-z]{1,48}$/, "must be the id of an enrolment or of a member of the staff")
    .optional(),
  actor: z
    .string()
    .regex(/^[a-z]{3}_[0-9A-Za-z]{1,48}$/, "must be an id")
    .optional(),
  action: actionSchema.optional(),
  kind: z.enum(["change", "read", "file", "access", "refusal"]).optional(),
  from: whenSchema.optional(),
  to: whenSchema.optional(),
} as const;

export const trailQuerySchema = z
  .strictObject({
    ...trailFilterShape,
    limit: z.string().optional(),
    cursor: z.string().optional(),
    format: z.enum(["json", "csv"]).default("json"),
  })
  .transform(({ limit, cursor, format, ...filter }, context) => {
    const page = pageQuerySchema.safeParse({ limit, cursor });
    if (!page.success) {
      for (const { path, message } of page.error.issues) context.addIssue({ code: "custom", path, message });
      return z.NEVER;
    }
    return { filter, page: page.data, format };
  });
export type TrailFilter = z.output<typeof trailQuerySchema>["filter"];

/** A row as it is shown; the chain is for `balai trail verify`. */
export const trailItemSchema = trailRowSchema.omit({ prev: true, hash: true });
export type TrailItem = z.infer<typeof trailItemSchema>;

/**
 * One page, the newest first. `names` has what the ids in it stand for now, null for who was erased; an id that
 * nobody knows (any more) is not in it.
 */
export const trailPageSchema = z.strictObject({
  items: z.array(trailItemSchema),
  names: z.record(z.string(), z.string().nullable()),
  nextCursor: z.string().nullable(),
});
export type TrailPage = z.infer<typeof trailPageSchema>;
