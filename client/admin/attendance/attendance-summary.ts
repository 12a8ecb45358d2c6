import type { AttendanceItem, AttendanceReportJson } from "../../../server/protocol/api.ts";
import { creditedTotalMs } from "../../../server/protocol/credited-time.ts";
import type { Slot, SlotAttendance } from "../../../server/protocol/evidence.ts";
import { isMatching } from "../matching.ts";

/**
 * What a session comes to for one person: all JP that could be earned, some missing, never there; `open` while
 * nothing could be earned yet.
 */
export type Outcome = "met" | "short" | "absent" | "open";

export interface PersonSummary {
  readonly item: AttendanceItem;
  readonly outcome: Outcome;
  /** Time that counts, and the time it is measured against, over the slots that were held. */
  readonly creditedMs: number;
  readonly heldMs: number;
  /** Basis points, floored; null where nothing was held. */
  readonly share: number | null;
  /** The JP of the slots that were held: what somebody could have earned. */
  readonly possibleJp: number;
}

/** Sums up one person; `isClassHeld` says whether the class was open at all: else nobody was absent from it. */
export function summaryFrom(item: AttendanceItem, slots: readonly Slot[], isClassHeld = true): PersonSummary {
  const jpOf = new Map(slots.map((slot) => [slot.id, slot.jp]));
  const held = item.slots.filter((slot) => slot.because !== "not-held");
  const heldMs = sum(held.map((slot) => slot.heldMs));
  const creditedMs = creditedTotalMs(held);
  return {
    item,
    outcome: outcomeOf(item, held, jpOf, isClassHeld),
    creditedMs,
    heldMs,
    share: heldMs === 0 ? null : Math.floor((10_000 * creditedMs) / heldMs),
    possibleJp: sum(held.map((slot) => Math.round((jpOf.get(slot.slotId) ?? 0) * 100))) / 100,
  };
}

function outcomeOf(
  item: AttendanceItem,
  held: readonly SlotAttendance[],
  jpOf: ReadonlyMap<string, number>,
  isClassHeld: boolean,
): Outcome {
  const hasAny = item.firstJoinedAt !== null || item.jp > 0;
  if (held.length === 0) return hasAny || !isClassHeld ? "open" : "absent";
  if (!hasAny) return "absent";
  return held.every((slot) => slot.jp >= (jpOf.get(slot.slotId) ?? 0)) ? "met" : "short";
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

export const FILTERS = ["all", "met", "short", "absent"] as const;
export type Filter = (typeof FILTERS)[number];
export const SORTS = ["name", "minutes", "share", "jp"] as const;
export type Sort = (typeof SORTS)[number];

export interface View {
  readonly filter: Filter;
  readonly query: string;
  readonly sort: Sort;
  readonly isDescending: boolean;
}

export function summariesFrom(report: AttendanceReportJson): readonly PersonSummary[] {
  return report.items.map((item) => summaryFrom(item, report.session.slots, report.held.length > 0));
}

export const isOfFilter = (summary: PersonSummary, filter: Filter): boolean =>
  filter === "all" || summary.outcome === filter;

/** The people that a view shows, in its order; equals are ordered by name. */
export function peopleIn(summaries: readonly PersonSummary[], view: View): readonly PersonSummary[] {
  const direction = view.isDescending ? -1 : 1;
  return summaries
    .filter(
      (summary) =>
        isOfFilter(summary, view.filter) &&
        isMatching(view.query, [summary.item.name, summary.item.externalId, summary.item.institution]),
    )
    .toSorted((a, b) => direction * compare(a, b, view.sort) || byName(a, b));
}

const collator = new Intl.Collator("id");
const byName = (a: PersonSummary, b: PersonSummary) => collator.compare(a.item.name, b.item.name);

function compare(a: PersonSummary, b: PersonSummary, sort: Sort): number {
  switch (sort) {
    case "name":
      return byName(a, b);
    case "minutes":
      return creditedTotalMs(a.item.slots) - creditedTotalMs(b.item.slots);
    case "share":
      return (a.share ?? 0) - (b.share ?? 0);
    case "jp":
      return a.item.jp - b.item.jp;
  }
}
