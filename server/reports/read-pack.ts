import { z } from "zod";
import {
  DEFAULT_POLICY,
  type EvidenceRow,
  type EvidenceType,
  evidenceBodySchemas,
  evidencePackSchema,
  packEventSchema,
  policySchema,
  slotSchema,
} from "../protocol/evidence.ts";

/** A duration or a length that the rules compute with; the bounds of our own forms are not the format's. */
const amount = (fallback: number) => z.number().int().nonnegative().default(fallback);
const readPolicySchema = z.object({
  minutesPerJp: amount(DEFAULT_POLICY.minutesPerJp),
  slotCredit: policySchema.shape.slotCredit,
  minSlotShare: policySchema.shape.minSlotShare,
  bridgeGapMs: amount(DEFAULT_POLICY.bridgeGapMs),
  minHeldShare: policySchema.shape.minHeldShare,
  outageRejoinMs: amount(DEFAULT_POLICY.outageRejoinMs),
});

/**
 * Evidence packs as they come from outside. What the rules need is checked strictly and named by its path;
 * what they do not need may be missing (a device, a reason) or more than the format knows.
 */
const readSchema = z.object({
  format: evidencePackSchema.shape.format,
  session: evidencePackSchema.shape.session.pick({ id: true, mode: true }).extend({
    slots: z.array(slotSchema.refine((slot) => slot.startAt <= slot.endAt, "must not end before it starts")),
  }),
  policy: readPolicySchema,
  roster: z.array(z.object({ enrolmentId: z.string().min(1) })),
  events: z.array(
    z.looseObject({
      ...packEventSchema.shape,
      seq: z.number().int().nonnegative(),
      // Whether they are there and right is the chain's business, not the reading's.
      prev: z.unknown().optional(),
      hash: z.unknown().optional(),
    }),
  ),
});

const opaque = z.string().default("");
const rowSchemas: Record<EvidenceType, z.ZodType> = {
  ...evidenceBodySchemas,
  "class.opened": evidenceBodySchemas["class.opened"].extend({ by: opaque }),
  "class.closed": evidenceBodySchemas["class.closed"].extend({ by: opaque }),
  "presence.joined": evidenceBodySchemas["presence.joined"].extend({ device: opaque, room: opaque }),
  "presence.left": evidenceBodySchemas["presence.left"].extend({ reason: opaque }),
  "room.moved": evidenceBodySchemas["room.moved"].extend({ room: opaque }),
  "attendance.adjusted": evidenceBodySchemas["attendance.adjusted"].extend({
    reason: opaque,
    approvedBy: opaque,
  }),
};

export interface ReadPack {
  readonly session: z.infer<typeof readSchema>["session"];
  readonly policy: z.infer<typeof readSchema>["policy"];
  readonly roster: z.infer<typeof readSchema>["roster"];
  /** The rows of known types, for the rules. */
  readonly rows: readonly EvidenceRow[];
  /** Every row as the file has it, for the chain. */
  readonly events: z.infer<typeof readSchema>["events"];
  /** The file as it is, for the signature and the stated attendance. */
  readonly raw: { readonly attendance?: unknown; readonly signature?: unknown };
}

export type PackReading =
  | { readonly ok: true; readonly pack: ReadPack }
  /** A sentence that names the field or the row. */
  | { readonly ok: false; readonly why: string };

/** Reads an evidence pack's text (UTF-8, a BOM is no fault). */
export function readPack(text: string): PackReading {
  let raw: unknown;
  try {
    raw = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    return { ok: false, why: `It is not JSON: ${error instanceof Error ? error.message : error}.` };
  }
  const parsed = readSchema.safeParse(raw);
  if (!parsed.success) return { ok: false, why: sentenceFrom(parsed.error, "") };
  const rows: EvidenceRow[] = [];
  for (const [index, event] of parsed.data.events.entries()) {
    const row = rowFrom(event);
    if (!row) continue;
    if (!row.success) {
      const place = `events[${index}] (seq ${event.seq}, ${event.type})`;
      return { ok: false, why: sentenceFrom(row.error, place) };
    }
    rows.push(row.data);
  }
  const { session, policy, roster } = parsed.data;
  const file = raw as ReadPack["raw"] & Pick<ReadPack, "events">;
  return { ok: true, pack: { session, policy, roster, rows, events: file.events, raw: file } };
}

type RowParsing =
  | { readonly success: true; readonly data: EvidenceRow }
  | { readonly success: false; readonly error: z.ZodError };

/** Null for a type that is not known here: it is chained and ignored. */
function rowFrom(event: ReadPack["events"][number]): RowParsing | null {
  const schema = Object.hasOwn(rowSchemas, event.type) ? rowSchemas[event.type as EvidenceType] : null;
  if (!schema) return null;
  const present = Object.entries(event).filter(([, value]) => value !== null);
  const body = schema.safeParse(Object.fromEntries(present));
  if (!body.success) return body;
  return { success: true, data: { ...(body.data as EvidenceRow), seq: event.seq, at: event.at } };
}

function sentenceFrom(error: z.ZodError, place: string): string {
  const issue = error.issues[0];
  const path = (issue?.path ?? []).reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : `${text}${text && "."}${String(step)}`),
    place,
  );
  return `${path || "The file"}: ${issue?.message ?? "not valid"}.`;
}
