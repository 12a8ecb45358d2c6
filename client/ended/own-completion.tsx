import type { CompletionDecision } from "../../server/protocol/completion.ts";
import { completionText } from "../completion/completion-words.ts";
import { RequirementList } from "../completion/requirement-list.tsx";
import { surveyText } from "../survey/survey-words.ts";
import "./ended.css";

/** One's own requirements of the programme; nothing where it has none. */
export function OwnCompletionList({ decision }: { decision: CompletionDecision }) {
  if (decision.requirements.length === 0) return null;
  return (
    <section class="own" aria-labelledby="own-completion-title">
      <h2 id="own-completion-title" class="own-title">
        {completionText("own.title")}
      </h2>
      <p class="soft">{completionText(`own.${decision.status}`)}</p>
      <RequirementList requirements={decision.requirements} />
      {decision.requirements.some(({ missingSurveys = [] }) => missingSurveys.length > 0) && (
        <a href="#survei">{surveyText("form.open")}</a>
      )}
    </section>
  );
}
