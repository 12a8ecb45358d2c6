import type { EvidenceRow } from "../protocol/evidence.ts";

export type Mark = Extract<EvidenceRow, { type: "attendance.marked" }>;
export type Adjustment = Extract<EvidenceRow, { type: "attendance.adjusted" }>;

/** What a QR check-in writes as `by`: it never overrides a mark by staff (AT10). */
export const CHECK_IN = "check-in";

/** The marks and adjustments of one person in one slot, in order of `seq`. */
export interface SlotRulings {
  readonly marks: readonly Mark[];
  readonly adjustments: readonly Adjustment[];
}

export interface Rulings {
  of(slotId: string, enrolmentId: string): SlotRulings;
  /** Whether anybody at all was marked in the slot (AT6, hybrid). */
  isMarked(slotId: string): boolean;
}

const NONE: SlotRulings = { marks: [], adjustments: [] };

/** Gathers roll call and adjustments; `rows` must be in order of `seq`. Proposals and rejections change no credit. */
export function rulingsFrom(rows: readonly EvidenceRow[]): Rulings {
  const bySlot = new Map<string, Map<string, { marks: Mark[]; adjustments: Adjustment[] }>>();
  const marked = new Set<string>();
  const entry = (row: Mark | Adjustment) => {
    const people = bySlot.get(row.slotId) ?? new Map<string, { marks: Mark[]; adjustments: Adjustment[] }>();
    bySlot.set(row.slotId, people);
    const rulings = people.get(row.enrolmentId) ?? { marks: [], adjustments: [] };
    people.set(row.enrolmentId, rulings);
    return rulings;
  };
  for (const row of rows) {
    if (row.type === "attendance.marked") {
      entry(row).marks.push(row);
      marked.add(row.slotId);
    }
    if (row.type === "attendance.adjusted") entry(row).adjustments.push(row);
  }
  return {
    of: (slotId, enrolmentId) => bySlot.get(slotId)?.get(enrolmentId) ?? NONE,
    isMarked: (slotId) => marked.has(slotId),
  };
}

/** AT10: the last mark by staff, or the last check-in where staff made none; null for no mark. */
export function decisiveMark(marks: readonly Mark[]): Mark | null {
  return marks.findLast((mark) => mark.by !== CHECK_IN) ?? marks.at(-1) ?? null;
}
