import { Copy, FilePlus, Lightbulb, Trash } from "lucide";
import { useState } from "preact/hooks";
import type { Preparation, SavedCase } from "../../server/protocol/case-work.ts";
import { errorText } from "../i18n/t.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { navigate } from "../ui/location.ts";
import { showToast } from "../ui/toasts.tsx";
import type { CaseApi } from "./case-api.ts";
import { caseDraftName } from "./case-editor.tsx";
import { caseText } from "./case-words.ts";
import type { Prepared } from "./cases-page.tsx";
import { CopyDialog } from "./copy-dialog.tsx";
import { createKeptDraft, hasKeptDraft } from "./kept-draft.ts";
import { SureDialog } from "./sure-dialog.tsx";

interface CaseListProps {
  readonly linkId: string;
  readonly api: CaseApi;
  readonly cases: readonly SavedCase[];
  readonly sessions: Preparation["sessions"];
  readonly onChange: (change: Partial<Prepared>) => void;
}

/** The session's cases, each with what can be done with it. */
export function CaseList({ linkId, api, cases, sessions, onChange }: CaseListProps) {
  const [copied, setCopied] = useState<SavedCase | null>(null);
  const [removed, setRemoved] = useState<SavedCase | null>(null);
  const open = (item: string) => navigate(`/class/${encodeURIComponent(linkId)}/cases/${item}`);
  const hasNewDraft = hasKeptDraft(caseDraftName(linkId, null));
  const remove = async ({ caseId }: SavedCase) => {
    setRemoved(null);
    const answer = await api.removeCase(caseId);
    if (!answer.ok) return showToast({ tone: "trouble", text: errorText(answer.code) });
    createKeptDraft(caseDraftName(linkId, caseId)).forget();
    onChange({ cases: cases.filter((one) => one.caseId !== caseId) });
    showToast({ text: caseText("remove.done") });
  };
  return (
    <section class="card case-part" aria-labelledby="list-cases">
      <div class="part-head">
        <h2 id="list-cases">{caseText("list.title")}</h2>
        <div class="part-actions">
          {!hasNewDraft && (
            <Button icon={Lightbulb} onClick={() => open("example")}>
              {caseText("list.example")}
            </Button>
          )}
          {!hasNewDraft && (
            <Button
              tone={cases.length === 0 ? "primary" : "plain"}
              icon={FilePlus}
              onClick={() => open("new")}
            >
              {caseText("list.new")}
            </Button>
          )}
        </div>
      </div>
      {cases.length === 0 && !hasNewDraft && <p class="soft">{caseText("list.empty")}</p>}
      <ul class="case-list">
        {hasNewDraft && (
          <li class="case-line">
            <span class="case-words">
              <strong>{caseText("list.draft.untitled")}</strong>
              <span class="badge badge-hand">{caseText("list.draft")}</span>
            </span>
            <Button tone="primary" onClick={() => open("new")}>
              {caseText("list.open")}
            </Button>
          </li>
        )}
        {cases.map((work) => (
          <li key={work.caseId} class="case-line">
            <span class="case-words">
              <strong>{work.title}</strong>
              <span class="soft small figures">{factsOf(work)}</span>
              {hasKeptDraft(caseDraftName(linkId, work.caseId)) && (
                <span class="badge badge-hand">{caseText("list.draft")}</span>
              )}
            </span>
            <span class="line-actions">
              <Button
                aria-label={caseText("list.open.this", { title: work.title })}
                onClick={() => open(work.caseId)}
              >
                {caseText("list.open")}
              </Button>
              <IconButton
                icon={Copy}
                label={caseText("copy.this", { title: work.title })}
                onClick={() => setCopied(work)}
              />
              <IconButton
                icon={Trash}
                label={caseText("remove.this", { title: work.title })}
                onClick={() => setRemoved(work)}
              />
            </span>
          </li>
        ))}
      </ul>
      {copied && (
        <CopyDialog
          title={copied.title}
          hint={caseText("copy.case.hint")}
          sessions={sessions}
          copy={(sessionId) => api.copyCase(copied.caseId, sessionId)}
          onClose={() => setCopied(null)}
        />
      )}
      {removed && (
        <SureDialog
          title={caseText("remove.this", { title: removed.title })}
          text={caseText("remove.sure", { title: removed.title })}
          onSure={() => void remove(removed)}
          onClose={() => setRemoved(null)}
        />
      )}
    </section>
  );
}

function factsOf({ minutes, questions, rubric }: SavedCase): string {
  const shared = { minutes, questions: questions.length };
  if (rubric.length === 0) return caseText("list.facts.unscored", shared);
  return caseText("list.facts", {
    ...shared,
    points: rubric.reduce((sum, { maxPoints }) => sum + maxPoints, 0),
  });
}
