import { useRef, useState } from "preact/hooks";
import type { SavedCase } from "../../server/protocol/case-work.ts";
import type { DeckItem } from "../class/slides/slides-api.ts";
import { formatClock } from "../i18n/format.ts";
import { errorText } from "../i18n/t.ts";
import { Brief } from "./brief/brief.tsx";
import type { CaseApi } from "./case-api.ts";
import { type CaseDraft, caseBodyFrom, caseDraftFrom, emptyCaseDraft, usualRoles } from "./case-draft.ts";
import { CaseFilesPart } from "./case-files.tsx";
import { QuestionsPart, RolesPart } from "./case-parts.tsx";
import { caseProblemsFrom, type Problems } from "./case-problems.ts";
import { caseText } from "./case-words.ts";
import { EditFrame, type SaveState } from "./edit-frame.tsx";
import { exampleCaseDraft } from "./example-case.ts";
import { AreaField, focusFirstProblem, LineField } from "./form-field.tsx";
import { RubricPart } from "./rubric-part.tsx";
import { SlidesPart } from "./slides-part.tsx";
import { useDraft } from "./use-draft.ts";
import { usualRoleTitles } from "./usual-role-titles.ts";

interface CaseEditorProps {
  readonly linkId: string;
  readonly api: CaseApi;
  /** Null: a new one. */
  readonly work: SavedCase | null;
  readonly isExample: boolean;
  readonly decks: readonly DeckItem[];
  readonly assignments: readonly string[];
  readonly timeZone: string;
  readonly onSaved: (work: SavedCase) => void;
  readonly onLeave: () => void;
}

/** The name under which an unsaved case is kept in this browser. */
export function caseDraftName(linkId: string, caseId: string | null): string {
  return `case.${linkId}.${caseId ?? "new"}`;
}

/** One case: brief, files, roles, questions, scoring, slides. */
export function CaseEditor(props: CaseEditorProps) {
  const { linkId, api, isExample, decks, assignments, timeZone, onSaved, onLeave } = props;
  const [work, setWork] = useState(props.work);
  const [starts] = useState(() => startsOf(props.work, isExample));
  const form = useDraft<CaseDraft>(caseDraftName(linkId, work?.caseId ?? null), starts.stored, starts.first);
  const { draft, change } = form;
  const [problems, setProblems] = useState<Problems>(new Map());
  const [state, setState] = useState<SaveState>({ at: "rest" });
  const root = useRef<HTMLFormElement>(null);
  const pageCount = decks.find(({ id }) => id === draft.slides?.deckId)?.pageCount ?? null;

  const refuse = (found: Problems, why: string) => {
    setProblems(found);
    setState({ at: "failed", why });
    focusFirstProblem(root.current);
    return null;
  };
  const save = async (): Promise<SavedCase | null> => {
    const found = caseProblemsFrom(draft, pageCount);
    if (found.size > 0) return refuse(found, caseText("edit.wrong", { count: found.size }));
    setState({ at: "saving" });
    if (work) {
      const now = await api.oneCase(work.caseId);
      if (now.ok && now.data.updatedAt !== work.updatedAt) {
        // Known from now on: saving once more writes over it.
        setWork(now.data);
        return refuse(new Map(), caseText("edit.changed"));
      }
    }
    const answer = await api.saveCase(work?.caseId ?? null, caseBodyFrom(draft));
    if (!answer.ok) {
      const named = new Map(answer.errors?.map(({ path }) => [path, caseText("problem.other")]));
      return refuse(named, caseText("edit.failed", { reason: errorText(answer.code) }));
    }
    setProblems(new Map());
    setState({ at: "rest" });
    form.saved(caseDraftFrom(answer.data), draft);
    keep(answer.data);
    return answer.data;
  };
  const keep = (stored: SavedCase) => {
    setWork(stored);
    onSaved(stored);
  };
  return (
    <EditFrame
      title={draft.title || caseText("edit.new")}
      state={state}
      isDirty={form.isDirty}
      isRestored={form.isRestored}
      savedAt={work && formatClock(work.updatedAt, timeZone)}
      onSave={async () => (await save()) !== null}
      onDiscard={() => {
        form.discard();
        setProblems(new Map());
        setState({ at: "rest" });
      }}
      onLeave={onLeave}
    >
      <form
        ref={root}
        class="case-form"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <BriefPart draft={draft} change={change} problems={problems} />
        <CaseFilesPart linkId={linkId} api={api} work={work} onCase={keep} onSave={save} />
        <SlidesPart linkId={linkId} decks={decks} draft={draft} change={change} problems={problems} />
        <RolesPart draft={draft} change={change} problems={problems} />
        <QuestionsPart draft={draft} change={change} problems={problems} />
        <RubricPart draft={draft} change={change} problems={problems} assignments={assignments} />
      </form>
    </EditFrame>
  );
}

function startsOf(work: SavedCase | null, isExample: boolean) {
  const roles = usualRoles(usualRoleTitles());
  const stored = work ? caseDraftFrom(work) : emptyCaseDraft(roles);
  return { stored, first: isExample ? exampleCaseDraft(roles) : stored };
}

export interface PartProps {
  readonly draft: CaseDraft;
  readonly change: (change: Partial<CaseDraft>) => void;
  readonly problems: Problems;
}

function BriefPart({ draft, change, problems }: PartProps) {
  return (
    <section class="card case-part" aria-labelledby="part-brief">
      <h2 id="part-brief">{caseText("part.brief")}</h2>
      <div class="case-row">
        <LineField
          label={caseText("field.title")}
          value={draft.title}
          error={problems.get("title")}
          onValue={(title) => change({ title })}
        />
        <LineField
          label={caseText("field.minutes")}
          isNumber
          value={draft.minutes}
          error={problems.get("minutes")}
          onValue={(minutes) => change({ minutes })}
        />
      </div>
      <div class="brief-both">
        <AreaField
          label={caseText("field.brief")}
          hint={caseText("field.brief.hint")}
          rows={18}
          value={draft.brief}
          error={problems.get("brief")}
          onValue={(brief) => change({ brief })}
        />
        <div class="field">
          <span class="field-label">{caseText("field.brief.preview")}</span>
          <div class="brief-preview">
            {draft.brief.trim() ? (
              <Brief text={draft.brief} />
            ) : (
              <p class="soft small">{caseText("field.brief.preview.empty")}</p>
            )}
          </div>
        </div>
      </div>
    </section>
  );
}
