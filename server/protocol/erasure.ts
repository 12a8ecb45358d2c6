import { z } from "zod";
import { enrolmentIdSchema } from "./ids.ts";

/** Why somebody's data are erased. A closed list: words of one's own could name the person for ever. */
export const ERASURE_REASONS = ["request", "retention", "mistake"] as const;
export const erasureBodySchema = z.strictObject({ reason: z.enum(ERASURE_REASONS) });
export type ErasureReason = (typeof ERASURE_REASONS)[number];

export const erasedSchema = z.strictObject({ id: enrolmentIdSchema, name: z.string(), erasedAt: z.number() });
export type ErasedJson = z.infer<typeof erasedSchema>;

/** What stands in a person's place once their data are erased. */
export function erasedName(enrolmentId: string): string {
  return `Peserta terhapus ${enrolmentId.slice(4, 9)}`;
}
