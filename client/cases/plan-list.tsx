import { Copy, History, Trash, UsersRound } from "lucide";
import { useState } from "preact/hooks";
import type { Preparation, SavedGroupPlan } from "../../server/protocol/case-work.ts";
import { errorText } from "../i18n/t.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { navigate } from "../ui/location.ts";
import { showToast } from "../ui/toasts.tsx";
import type { CaseApi, LastGroups } from "./case-api.ts";
import { caseText } from "./case-words.ts";
import type { Prepared } from "./cases-page.tsx";
import { CopyDialog } from "./copy-dialog.tsx";
import { createKeptDraft, hasKeptDraft } from "./kept-draft.ts";
import { planDraftName } from "./plan-editor.tsx";
import { SureDialog } from "./sure-dialog.tsx";

interface PlanListProps {
  readonly linkId: string;
  readonly api: CaseApi;
  readonly plans: readonly SavedGroupPlan[];
  readonly last: LastGroups;
  readonly sessions: Preparation["sessions"];
  readonly onChange: (change: Partial<Prepared>) => void;
}

/** The session's plans of groups. */
export function PlanList({ linkId, api, plans, last, sessions, onChange }: PlanListProps) {
  const [copied, setCopied] = useState<SavedGroupPlan | null>(null);
  const [removed, setRemoved] = useState<SavedGroupPlan | null>(null);
  const open = (item: string) => navigate(`/class/${encodeURIComponent(linkId)}/cases/${item}`);
  const hasNewDraft = hasKeptDraft(planDraftName(linkId, null));
  const remove = async ({ planId }: SavedGroupPlan) => {
    setRemoved(null);
    const answer = await api.removePlan(planId);
    if (!answer.ok) return showToast({ tone: "trouble", text: errorText(answer.code) });
    createKeptDraft(planDraftName(linkId, planId)).forget();
    onChange({ plans: plans.filter((one) => one.planId !== planId) });
    showToast({ text: caseText("remove.done") });
  };
  return (
    <section class="card case-part" aria-labelledby="list-plans">
      <div class="part-head">
        <h2 id="list-plans">{caseText("plans.title")}</h2>
        {!hasNewDraft && (
          <div class="part-actions">
            {last.from && (
              <Button icon={History} onClick={() => open("like-last")}>
                {caseText("plans.last")}
              </Button>
            )}
            <Button icon={UsersRound} onClick={() => open("new-plan")}>
              {caseText("plans.new")}
            </Button>
          </div>
        )}
      </div>
      {plans.length === 0 && !hasNewDraft && <p class="soft">{caseText("plans.empty")}</p>}
      <ul class="case-list">
        {hasNewDraft && (
          <li class="case-line">
            <span class="case-words">
              <strong>{caseText("plans.new.title")}</strong>
              <span class="badge badge-hand">{caseText("list.draft")}</span>
            </span>
            <Button
              aria-label={caseText("list.open.this", { title: caseText("plans.new.title") })}
              onClick={() => open("new-plan")}
            >
              {caseText("list.open")}
            </Button>
          </li>
        )}
        {plans.map((plan) => (
          <li key={plan.planId} class="case-line">
            <span class="case-words">
              <strong>{plan.title}</strong>
              <span class="soft small figures">{factsOf(plan)}</span>
              {hasKeptDraft(planDraftName(linkId, plan.planId)) && (
                <span class="badge badge-hand">{caseText("list.draft")}</span>
              )}
            </span>
            <span class="line-actions">
              <Button
                aria-label={caseText("list.open.this", { title: plan.title })}
                onClick={() => open(plan.planId)}
              >
                {caseText("list.open")}
              </Button>
              <IconButton
                icon={Copy}
                label={caseText("copy.this", { title: plan.title })}
                onClick={() => setCopied(plan)}
              />
              <IconButton
                icon={Trash}
                label={caseText("remove.this", { title: plan.title })}
                onClick={() => setRemoved(plan)}
              />
            </span>
          </li>
        ))}
      </ul>
      {copied && (
        <CopyDialog
          title={copied.title}
          hint={caseText("copy.plan.hint")}
          sessions={sessions}
          copy={(sessionId) => api.copyPlan(copied.planId, sessionId)}
          onClose={() => setCopied(null)}
        />
      )}
      {removed && (
        <SureDialog
          title={caseText("remove.this", { title: removed.title })}
          text={caseText("remove.plan.sure", { title: removed.title })}
          onSure={() => void remove(removed)}
          onClose={() => setRemoved(null)}
        />
      )}
    </section>
  );
}

function factsOf({ count, assign, groups, minutes }: SavedGroupPlan): string {
  const how = caseText(groups ? "how.list" : `how.${assign}`);
  return minutes === null
    ? caseText("plans.facts", { count, how })
    : caseText("plans.facts.minutes", { count, how, minutes });
}
