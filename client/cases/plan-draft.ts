import type { GroupPlanBody, SavedGroupPlan } from "../../server/protocol/case-work.ts";
import type { CaseId, EnrolmentId } from "../../server/protocol/ids.ts";
import { newDraftId } from "./new-draft-id.ts";

export type How = "even" | "mixed" | "together" | "chosen" | "empty" | "list";
export const HOWS: readonly How[] = ["even", "mixed", "together", "chosen", "empty", "list"];

export interface GroupDraft {
  /** Of this page alone. */
  readonly groupId: string;
  readonly title: string;
  readonly enrolmentIds: readonly EnrolmentId[];
}

/** A plan of groups while it is written: numbers as they are typed. */
export interface PlanDraft {
  readonly title: string;
  readonly how: How;
  readonly count: string;
  readonly limit: string;
  /** Empty: as the case says. */
  readonly minutes: string;
  /** Empty: none. */
  readonly caseId: string;
  readonly groups: readonly GroupDraft[];
}

export function newGroup(title: string, enrolmentIds: readonly EnrolmentId[] = []): GroupDraft {
  return { groupId: newDraftId("g"), title, enrolmentIds };
}

/** `titles` names the two groups it begins with. */
export function emptyPlanDraft(titles: readonly string[]): PlanDraft {
  return {
    title: "",
    how: "even",
    count: "4",
    limit: "5",
    minutes: "",
    caseId: "",
    groups: titles.map((title) => newGroup(title)),
  };
}

export function planDraftFrom(plan: SavedGroupPlan, titles: readonly string[]): PlanDraft {
  const { title, count, assign, limit, minutes, caseId, groups } = plan;
  const empty = emptyPlanDraft(titles);
  return {
    title,
    how: groups ? "list" : assign,
    count: String(count),
    limit: limit === null ? empty.limit : String(limit),
    minutes: minutes === null ? "" : String(minutes),
    caseId: caseId ?? "",
    // Numbered, not drawn: what is stored twice is the same draft twice.
    groups: groups?.map((group, at) => ({ ...group, groupId: `g_${at}` })) ?? empty.groups,
  };
}

/** What is sent. By list whoever comes without a group is placed by the rule `even`, into the emptiest room. */
export function planBodyFrom(draft: PlanDraft): GroupPlanBody {
  const { title, how, minutes, caseId, groups } = draft;
  const isList = how === "list";
  return {
    title,
    count: isList ? groups.length : Number(draft.count),
    assign: isList ? "even" : how,
    limit: how === "chosen" ? Number(draft.limit) : null,
    minutes: minutes.trim() ? Number(minutes) : null,
    caseId: (caseId || null) as CaseId | null,
    groups: isList
      ? groups.map((group) => ({ title: group.title, enrolmentIds: [...group.enrolmentIds] }))
      : null,
  };
}

/** Puts somebody into one group (or into none) and out of every other. */
export function placed(
  groups: readonly GroupDraft[],
  enrolmentId: EnrolmentId,
  groupId: string | null,
): readonly GroupDraft[] {
  return groups.map((group) => {
    const others = group.enrolmentIds.filter((id) => id !== enrolmentId);
    if (group.groupId === groupId) return { ...group, enrolmentIds: [...others, enrolmentId] };
    return others.length === group.enrolmentIds.length ? group : { ...group, enrolmentIds: others };
  });
}

/** Deals those without a group out, each to the group that is smallest then. */
export function sharedOut(
  groups: readonly GroupDraft[],
  rest: readonly EnrolmentId[],
): readonly GroupDraft[] {
  return rest.reduce((now, id) => {
    const smallest = now.toSorted((a, b) => a.enrolmentIds.length - b.enrolmentIds.length)[0];
    return smallest ? placed(now, id, smallest.groupId) : now;
  }, groups);
}
