import { z } from "zod";
import { lineSchema } from "./api-fields.ts";
import { evidencePackSchema, jpSchema, markStatusSchema } from "./evidence.ts";
import { adjustmentIdSchema, enrolmentIdSchema, sessionIdSchema, slotIdSchema } from "./ids.ts";

/** The HTTP API's bodies of what people decide about a slot: roll call and adjustments. */

const markBodySchema = z.strictObject({
  slotId: slotIdSchema,
  enrolmentId: enrolmentIdSchema,
  status: markStatusSchema,
});
/** A person's mark in a slot, or many: all are written, or none. */
export const marksBodySchema = z.union([markBodySchema, z.array(markBodySchema).min(1).max(5000)]);

/** The mark that decides; `by` is a person's or key's id, or `check-in`. */
export const markSchema = z.strictObject({
  slotId: z.string(),
  enrolmentId: z.string(),
  status: markStatusSchema,
  by: z.string(),
  at: z.number(),
});
export type MarkJson = z.infer<typeof markSchema>;
export const markListSchema = z.strictObject({ items: z.array(markSchema) });

/** All that a roll call needs: the slots, the roster as it counts, and the marks that decide. */
export const rollCallSchema = z.strictObject({
  session: evidencePackSchema.shape.session,
  people: z.array(
    z.strictObject({
      enrolmentId: z.string(),
      externalId: z.string(),
      name: z.string(),
      institution: z.string().nullable(),
    }),
  ),
  marks: z.array(markSchema),
});
export type RollCallJson = z.infer<typeof rollCallSchema>;

export const adjustmentBodySchema = z.strictObject({
  slotId: slotIdSchema,
  enrolmentId: enrolmentIdSchema,
  jp: jpSchema,
  reason: lineSchema(500),
});
export const adjustmentCreatedSchema = z.strictObject({ adjustmentId: adjustmentIdSchema });
export const adjustmentSchema = z.strictObject({
  adjustmentId: z.string(),
  sessionId: sessionIdSchema,
  slotId: z.string(),
  enrolmentId: z.string(),
  /** Null for who is no longer on the session's roster. */
  person: z.strictObject({ name: z.string(), externalId: z.string() }).nullable(),
  jp: z.number(),
  reason: z.string(),
  state: z.enum(["proposed", "approved", "rejected"]),
  proposedBy: z.string(),
  /** An administrator's e-mail or a key's name; null for who is not known any more. */
  proposedByName: z.string().nullable(),
  proposedAt: z.number().nullable(),
  decidedBy: z.string().nullable(),
  decidedByName: z.string().nullable(),
  decidedAt: z.number().nullable(),
});
export type AdjustmentJson = z.infer<typeof adjustmentSchema>;
export const adjustmentListSchema = z.strictObject({ items: z.array(adjustmentSchema) });

export const checkInBodySchema = z.strictObject({ code: z.string().min(1).max(64) });
/** What the hall's screen shows; `url` changes in `changesInMs`. */
export const checkInScreenSchema = z.strictObject({
  url: z.string(),
  changesInMs: z.number(),
  title: z.string(),
  timeZone: z.string(),
  slots: evidencePackSchema.shape.session.shape.slots,
  /** The slot that is on; null between slots. */
  slotId: z.string().nullable(),
  /** How many of the roster are marked present in it, however that came; 0 between slots. */
  present: z.number().int(),
  /** The roster's length. */
  people: z.number().int(),
});
export type CheckInScreenJson = z.infer<typeof checkInScreenSchema>;
export const checkedInSchema = z.strictObject({
  name: z.string(),
  title: z.string(),
  slotId: z.string(),
  /** False for who was checked in already. */
  isNew: z.boolean(),
  /** The status that decides: a mark by staff comes before a check-in (AT10). */
  status: markStatusSchema,
});
export type CheckedInJson = z.infer<typeof checkedInSchema>;
