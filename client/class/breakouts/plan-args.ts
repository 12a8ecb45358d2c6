import type { GroupPlanBody } from "../../../server/protocol/case-work.ts";
import type { CommandInput } from "../../../server/protocol/commands.ts";

type PlanArgs = CommandInput<"breakouts.plan">;

/** A saved plan as the class takes it, with the case and the minutes that were chosen in its place. */
export function planArgsFrom(
  plan: Pick<GroupPlanBody, "count" | "assign" | "limit" | "groups">,
  chosen: { readonly caseId: string | null; readonly minutes: number | null },
): PlanArgs {
  const { count, assign, limit, groups } = plan;
  return {
    count,
    assign,
    ...(limit === null ? {} : { limit }),
    ...(chosen.minutes === null ? {} : { minutes: chosen.minutes }),
    ...(chosen.caseId === null ? {} : { caseId: chosen.caseId }),
    ...(groups === null
      ? {}
      : { groups: groups.map(({ title, enrolmentIds }) => ({ title, personIds: [...enrolmentIds] })) }),
  };
}
