import { z } from "zod";
import { lineSchema, paragraphSchema } from "./api-fields.ts";
import { adjustmentSchema } from "./api-rulings.ts";
import { jpSchema, slotSchema } from "./evidence.ts";
import { disputeIdSchema, enrolmentIdSchema, sessionIdSchema, slotIdSchema } from "./ids.ts";

/** The HTTP API's bodies about disputes: what a participant says is wrong about a slot. */

/** How long after a session's last slot its slots can be disputed: 14 days. */
export const DISPUTE_PERIOD_MS = 14 * 24 * 3_600_000;

/** The JSON of a file of 5 MB in base64, and of everything beside it. */
export const MAX_DISPUTE_BODY_BYTES = 8 * 1024 * 1024;

export const disputeBodySchema = z.strictObject({
  slotId: slotIdSchema,
  reason: paragraphSchema(1000),
  file: z
    .strictObject({
      /** As the person's computer has it; it is made safe. */
      name: z.string().min(1).max(1000),
      /** Base64 (RFC 4648) of a PDF, JPEG, PNG or WebP of at most 5 MB. */
      content: z.string(),
    })
    .optional(),
});
export type DisputeBody = z.infer<typeof disputeBodySchema>;

const stateSchema = z.enum(["open", "proposed", "approved", "rejected"]);

/** One's own dispute, with what became of it. */
export const ownDisputeSchema = z.strictObject({
  disputeId: disputeIdSchema,
  slotId: z.string(),
  reason: z.string(),
  file: z.strictObject({ name: z.string(), type: z.string(), bytes: z.number().int() }).nullable(),
  createdAt: z.number(),
  state: stateSchema,
  /** What the slot was given, where the dispute was approved. */
  jp: z.number().nullable(),
  /** Why it was rejected, where it was. */
  answer: z.string().nullable(),
  decidedAt: z.number().nullable(),
});
export type OwnDispute = z.infer<typeof ownDisputeSchema>;

export const ownDisputesSchema = z.strictObject({
  items: z.array(ownDisputeSchema),
  /** Until when slots of the session can be disputed (epoch ms). */
  until: z.number(),
  /** When this link stops counting (epoch ms). */
  linkExpiresAt: z.number(),
});
export type OwnDisputes = z.infer<typeof ownDisputesSchema>;

/** A dispute as the administration sees it. */
export const disputeSchema = ownDisputeSchema.extend({
  sessionId: sessionIdSchema,
  enrolmentId: enrolmentIdSchema,
  /** Null for who is no longer on the session's roster. */
  person: z.strictObject({ name: z.string(), externalId: z.string() }).nullable(),
  adjustmentIds: z.array(z.string()),
  /** Who rejected it; null while nobody has. */
  answeredByName: z.string().nullable(),
});
export type DisputeJson = z.infer<typeof disputeSchema>;
export const disputeListSchema = z.strictObject({ items: z.array(disputeSchema) });

export const disputeProposalBodySchema = z.strictObject({ jp: jpSchema, reason: lineSchema(500) });
export const disputeAnswerBodySchema = z.strictObject({ reason: paragraphSchema(1000) });

/** What waits in a programme, oldest first: disputes that nobody has dealt with and proposals for a second person. */
export const correctionQueueSchema = z.strictObject({
  items: z.array(
    z.strictObject({
      waitingSince: z.number(),
      session: z.strictObject({
        id: sessionIdSchema,
        title: z.string(),
        timeZone: z.string(),
        slots: z.array(slotSchema),
      }),
      dispute: disputeSchema.nullable(),
      adjustment: adjustmentSchema.nullable(),
    }),
  ),
});
export type CorrectionQueue = z.infer<typeof correctionQueueSchema>;
