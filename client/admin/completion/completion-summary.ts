import type { CompletionItem, CompletionReport } from "../../../server/protocol/completion.ts";
import { isMatching } from "../matching.ts";

export const FILTERS = ["all", "complete", "incomplete", "pending"] as const;
export type Filter = (typeof FILTERS)[number];

export const isOfFilter = (item: CompletionItem, filter: Filter): boolean =>
  filter === "all" || item.status === filter;

/** The people that a view shows, in the report's order. */
export function peopleIn(report: CompletionReport, filter: Filter, query: string): readonly CompletionItem[] {
  return report.items.filter(
    (item) =>
      isOfFilter(item, filter) &&
      isMatching(query, [item.name, item.externalId, item.institution, item.group]),
  );
}

export interface MissedRequirement {
  readonly code: string;
  readonly count: number;
}

const MOST_SHOWN = 5;

/** The requirements that most people have not met, the worst first; at most five. */
export function mostMissed({ items, policy }: CompletionReport): readonly MissedRequirement[] {
  return policy.requirements
    .map(({ code }) => ({ code, count: items.filter((item) => isMissing(item, code)).length }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => b.count - a.count)
    .slice(0, MOST_SHOWN);
}

function isMissing({ requirements }: CompletionItem, code: string): boolean {
  return requirements.some((requirement) => requirement.code === code && !requirement.met);
}
