import type { Policy } from "../../../server/protocol/evidence.ts";
import { formatNumber, formatShare } from "../../i18n/format.ts";
import { t } from "../admin-words.ts";

/** A programme's attendance rules, one sentence each. */
export function policyWords(policy: Policy): readonly string[] {
  const { minutesPerJp, slotCredit, minSlotShare, bridgeGapMs, minHeldShare, outageRejoinMs } = policy;
  return [
    t("policy.jp", { minutes: minutesPerJp }),
    slotCredit === "threshold"
      ? t("policy.threshold", { share: formatShare(minSlotShare, 2) })
      : t("policy.proportional"),
    bridgeGapMs > 0 ? t("policy.bridge", { time: graceText(bridgeGapMs) }) : t("policy.noBridge"),
    t("policy.outage", { time: graceText(outageRejoinMs) }),
    t("policy.held", { share: formatShare(minHeldShare, 2) }),
    requirementsText(policy.requirements),
  ];
}

/** A rule's time: whole minutes where it is some, else seconds. */
export function graceText(ms: number): string {
  return ms % 60_000 === 0
    ? t("policy.minutes", { count: ms / 60_000 })
    : t("policy.seconds", { count: formatNumber(ms / 1000) });
}

function requirementsText(requirements: Policy["requirements"]): string {
  if (requirements.length === 0) return t("policy.noRequirements");
  return t("policy.requirements", { list: requirements.map(requirementText).join("; ") });
}

/** A requirement in words, with what it asks for. */
export function requirementText({ code, minShare, minScore }: Policy["requirements"][number]): string {
  const what = requirementName(code);
  if (minShare !== undefined) return t("requirement.share", { what, share: formatShare(minShare, 2) });
  if (minScore !== undefined) return t("requirement.score", { what, score: formatNumber(minScore) });
  return what;
}

function requirementName(requirement: string): string {
  const [kind, code = ""] = requirement.split(/:(.*)/);
  switch (kind) {
    case "attendance.total":
    case "pre-test":
    case "post-test":
    case "survey":
    case "eligibility":
      return t(`requirement.${kind}`);
    case "attendance.unit":
    case "assignment":
      return t(`requirement.${kind}`, { code });
    default:
      return requirement;
  }
}
