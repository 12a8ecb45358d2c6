import { z } from "zod";

/**
 * The evidence of DESIGN section 3 as it stands in the ledger and in an evidence pack
 * (`balai-evidence/1`). Ids are opaque strings here: an auditor's pack may come from anywhere.
 */
const id = z.string().min(1);
const at = z.number().int().nonnegative();

/** JP with two decimals outside; integer hundredths inside (AT8). */
export const jpSchema = z
  .number()
  .min(0)
  .max(10_000)
  .refine((jp) => Math.abs(jp * 100 - Math.round(jp * 100)) < 1e-6, "at most two decimals");

export const markStatusSchema = z.enum(["present", "excused", "sick", "absent"]);
export type MarkStatus = z.infer<typeof markStatusSchema>;

const row = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.object({ type: z.literal(type), ...shape });

export const evidenceBodySchemas = {
  "class.opened": row("class.opened", { by: id }),
  "class.closed": row("class.closed", { by: id }),
  "presence.joined": row("presence.joined", {
    connectionId: id,
    enrolmentId: id.optional(),
    staffId: id.optional(),
    device: z.string(),
    room: id,
  }),
  "presence.left": row("presence.left", { connectionId: id, reason: z.string() }),
  "room.moved": row("room.moved", { connectionId: id, room: id }),
  "presence.mark": row("presence.mark", {}),
  "server.recovered": row("server.recovered", { lastAliveAt: at }),
  "attendance.marked": row("attendance.marked", {
    slotId: id,
    enrolmentId: id,
    status: markStatusSchema,
    by: id,
  }),
  "adjustment.proposed": row("adjustment.proposed", {
    adjustmentId: id,
    slotId: id,
    enrolmentId: id,
    jp: z.number(),
    reason: z.string(),
    by: id,
  }),
  "adjustment.rejected": row("adjustment.rejected", { adjustmentId: id, by: id }),
  "attendance.adjusted": row("attendance.adjusted", {
    adjustmentId: id,
    slotId: id,
    enrolmentId: id,
    jp: z.number(),
    reason: z.string(),
    by: z.string(),
    approvedBy: z.string(),
  }),
} as const;

export type EvidenceType = keyof typeof evidenceBodySchemas;
export type EvidenceBody = {
  [Type in EvidenceType]: z.infer<(typeof evidenceBodySchemas)[Type]>;
}[EvidenceType];

/** One ledger row: a body of a known type with its place in the session and its time (epoch ms). */
export type EvidenceRow = EvidenceBody & { readonly seq: number; readonly at: number };
/** A row as stored: chained to the one before it. */
export type ChainedRow = EvidenceRow & { readonly prev: string; readonly hash: string };

/** The main entry for rows from outside: known types are parsed, unknown ones kept as they are and ignored. */
export const packEventSchema = z.looseObject({
  seq: z.number().int().positive(),
  at,
  type: z.string().min(1),
  prev: z.string().optional(),
  hash: z.string().optional(),
});
export type PackEvent = z.infer<typeof packEventSchema>;

export const requirementSchema = z.strictObject({
  code: z.string().min(1).max(100),
  minShare: z.number().int().min(0).max(10_000).optional(),
  minScore: z.number().min(0).optional(),
});

/** The policy of a programme; shares are basis points (8000 = 80 %), durations milliseconds. */
export const policySchema = z.strictObject({
  minutesPerJp: z.number().int().min(1).max(600).default(45),
  slotCredit: z.enum(["threshold", "proportional"]).default("threshold"),
  minSlotShare: z.number().int().min(0).max(10_000).default(8000),
  bridgeGapMs: z.number().int().min(0).max(3_600_000).default(120_000),
  minHeldShare: z.number().int().min(0).max(10_000).default(5000),
  outageRejoinMs: z.number().int().min(0).max(86_400_000).default(300_000),
  requirements: z.array(requirementSchema).max(200).default([]),
});
export type Policy = z.infer<typeof policySchema>;
export const DEFAULT_POLICY: Policy = policySchema.parse({});

export const slotSchema = z.object({ id, startAt: at, endAt: at, jp: jpSchema });
export type Slot = z.infer<typeof slotSchema>;

export const sessionModeSchema = z.enum(["online", "offline", "hybrid"]);
export type SessionMode = z.infer<typeof sessionModeSchema>;

export const BECAUSE = [
  "not-held",
  "met",
  "below",
  "proportional",
  "marked",
  "unmarked",
  "adjusted",
] as const;

export const slotAttendanceSchema = z.strictObject({
  slotId: id,
  heldMs: z.number().int(),
  observedMs: z.number().int(),
  /** What counts of the bridged time (AT4's cap applied). */
  bridgedMs: z.number().int(),
  outageMs: z.number().int(),
  /** Basis points, floored; 0 where nothing was held. */
  share: z.number().int(),
  jp: z.number(),
  computedJp: z.number(),
  because: z.enum(BECAUSE),
});
export type SlotAttendance = z.infer<typeof slotAttendanceSchema>;

export const personAttendanceSchema = z.strictObject({
  enrolmentId: id,
  jp: z.number(),
  slots: z.array(slotAttendanceSchema),
});
export type PersonAttendance = z.infer<typeof personAttendanceSchema>;

export const EVIDENCE_FORMAT = "balai-evidence/1";

export const evidencePackSchema = z.object({
  format: z.literal(EVIDENCE_FORMAT),
  session: z.object({
    id,
    title: z.string(),
    unit: z.string(),
    mode: sessionModeSchema,
    timeZone: z.string(),
    slots: z.array(slotSchema),
  }),
  policy: policySchema,
  roster: z.array(z.object({ enrolmentId: id, externalId: z.string(), name: z.string() })),
  events: z.array(packEventSchema),
  attendance: z.array(personAttendanceSchema).optional(),
  signature: z.string().optional(),
});
export type EvidencePack = z.infer<typeof evidencePackSchema>;
