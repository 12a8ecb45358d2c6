import { Check, X } from "lucide";
import type { RequirementDecision } from "../../server/protocol/completion.ts";
import { Icon } from "../ui/icon.tsx";
import "./completion.css";
import { completionText, requirementTitle, whyText } from "./completion-words.ts";

/** Every requirement of a decision, with its mark and why. */
export function RequirementList({ requirements }: { requirements: readonly RequirementDecision[] }) {
  return (
    <ul class="needs figures">
      {requirements.map((requirement) => (
        <li key={requirement.code} class="need">
          <RequirementMark isMet={requirement.met} />
          <span>
            <strong>{requirementTitle(requirement.code)}</strong>
            <span class="need-why">{whyText(requirement)}</span>
          </span>
        </li>
      ))}
    </ul>
  );
}

/** ✓ or ✗, with the word for who does not see it. */
export function RequirementMark({ isMet }: { isMet: boolean }) {
  return (
    <span class={`need-mark ${isMet ? "need-met" : "need-unmet"}`}>
      <Icon of={isMet ? Check : X} size={16} />
      <span class="visually-hidden">{completionText(isMet ? "mark.met" : "mark.unmet")}</span>
    </span>
  );
}
