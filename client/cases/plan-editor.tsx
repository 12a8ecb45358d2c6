import { useRef, useState } from "preact/hooks";
import type { Preparation, SavedCase, SavedGroupPlan } from "../../server/protocol/case-work.ts";
import { formatClock } from "../i18n/format.ts";
import { errorText } from "../i18n/t.ts";
import type { CaseApi, LastGroups } from "./case-api.ts";
import type { Problems } from "./case-problems.ts";
import { caseText } from "./case-words.ts";
import { EditFrame, type SaveState } from "./edit-frame.tsx";
import { ChoiceField, focusFirstProblem, LineField } from "./form-field.tsx";
import { GroupBoard } from "./group-board.tsx";
import { GroupPaste } from "./group-paste.tsx";
import { emptyPlanDraft, HOWS, newGroup, type PlanDraft, planBodyFrom, planDraftFrom } from "./plan-draft.ts";
import { planProblemsFrom } from "./plan-problems.ts";
import { useDraft } from "./use-draft.ts";

interface PlanEditorProps {
  readonly linkId: string;
  readonly api: CaseApi;
  /** Null: a new one. */
  readonly plan: SavedGroupPlan | null;
  /** The groups it begins with; null unless it is to be like last time. */
  readonly last: LastGroups | null;
  readonly cases: readonly SavedCase[];
  readonly people: Preparation["people"];
  readonly timeZone: string;
  readonly onSaved: (plan: SavedGroupPlan) => void;
  readonly onLeave: () => void;
}

/** The name under which an unsaved plan is kept in this browser. */
export function planDraftName(linkId: string, planId: string | null): string {
  return `plan.${linkId}.${planId ?? "new"}`;
}

/** One plan of groups: how people are dealt out, or who is in which group. */
export function PlanEditor(props: PlanEditorProps) {
  const { linkId, api, last, cases, people, timeZone, onSaved, onLeave } = props;
  const [plan, setPlan] = useState(props.plan);
  const [starts] = useState(() => startsOf(props.plan, last));
  const form = useDraft<PlanDraft>(planDraftName(linkId, plan?.planId ?? null), starts.stored, starts.first);
  const { draft, change } = form;
  const [problems, setProblems] = useState<Problems>(new Map());
  const [state, setState] = useState<SaveState>({ at: "rest" });
  const root = useRef<HTMLFormElement>(null);
  const refuse = (found: Problems, why: string) => {
    setProblems(found);
    setState({ at: "failed", why });
    focusFirstProblem(root.current);
    return false;
  };
  const save = async (): Promise<boolean> => {
    const found = planProblemsFrom(draft);
    if (found.size > 0) return refuse(found, caseText("edit.wrong", { count: found.size }));
    setState({ at: "saving" });
    const answer = await api.savePlan(plan?.planId ?? null, planBodyFrom(draft));
    if (!answer.ok) {
      const named = new Map(answer.errors?.map(({ path }) => [path, caseText("problem.other")]));
      return refuse(named, caseText("edit.failed", { reason: errorText(answer.code) }));
    }
    setProblems(new Map());
    setState({ at: "rest" });
    form.saved(planDraftFrom(answer.data, groupTitles(2)), draft);
    setPlan(answer.data);
    onSaved(answer.data);
    return true;
  };
  return (
    <EditFrame
      title={draft.title || caseText("plans.new.title")}
      state={state}
      isDirty={form.isDirty}
      isRestored={form.isRestored}
      savedAt={plan && formatClock(plan.updatedAt, timeZone)}
      onSave={save}
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
        <RulePart draft={draft} change={change} problems={problems} cases={cases} />
        {draft.how === "list" && (
          <>
            <GroupBoard
              groups={draft.groups}
              people={people}
              problems={problems}
              onGroups={(groups) => change({ groups })}
            />
            <GroupPaste
              people={people}
              onGroups={(groups) =>
                change({ groups: groups.map(({ title, enrolmentIds }) => newGroup(title, enrolmentIds)) })
              }
            />
          </>
        )}
      </form>
    </EditFrame>
  );
}

function groupTitles(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => caseText("groups.default", { number: at + 1 }));
}

function startsOf(plan: SavedGroupPlan | null, last: LastGroups | null) {
  const stored = plan ? planDraftFrom(plan, groupTitles(2)) : emptyPlanDraft(groupTitles(2));
  if (plan || !last?.from) return { stored, first: stored };
  const groups = last.groups.map(({ title, enrolmentIds }) => newGroup(title, enrolmentIds));
  const title = caseText("plans.last.title", { session: last.from.title }).slice(0, 100);
  return { stored, first: { ...stored, title, how: "list" as const, groups } };
}

interface RulePartProps {
  readonly draft: PlanDraft;
  readonly change: (change: Partial<PlanDraft>) => void;
  readonly problems: Problems;
  readonly cases: readonly SavedCase[];
}

function RulePart({ draft, change, problems, cases }: RulePartProps) {
  return (
    <section class="card case-part" aria-label={caseText("plan.how")}>
      <div class="case-row">
        <LineField
          label={caseText("plan.title")}
          value={draft.title}
          error={problems.get("title")}
          onValue={(title) => change({ title })}
        />
        <LineField
          label={caseText("plan.minutes")}
          hint={caseText("plan.minutes.hint")}
          isNumber
          value={draft.minutes}
          error={problems.get("minutes")}
          onValue={(minutes) => change({ minutes })}
        />
      </div>
      <ChoiceField
        label={caseText("plan.case")}
        value={draft.caseId}
        error={problems.get("caseId")}
        onValue={(caseId) => change({ caseId })}
      >
        <option value="">{caseText("plan.case.none")}</option>
        {cases.map(({ caseId, title }) => (
          <option key={caseId} value={caseId}>
            {title}
          </option>
        ))}
      </ChoiceField>
      <fieldset class="plan-hows">
        <legend class="field-label">{caseText("plan.how")}</legend>
        {HOWS.map((how) => (
          <label key={how} class="plan-how">
            <input type="radio" name="how" checked={draft.how === how} onChange={() => change({ how })} />
            <span>
              {caseText(`how.${how}`)}
              <span class="field-hint plan-how-hint">{caseText(`how.${how}.hint`)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      {draft.how !== "list" && (
        <div class="case-row case-row-even">
          <LineField
            label={caseText("plan.count")}
            isNumber
            value={draft.count}
            error={problems.get("count")}
            onValue={(count) => change({ count })}
          />
          {draft.how === "chosen" && (
            <LineField
              label={caseText("plan.limit")}
              isNumber
              value={draft.limit}
              error={problems.get("limit")}
              onValue={(limit) => change({ limit })}
            />
          )}
        </div>
      )}
    </section>
  );
}
