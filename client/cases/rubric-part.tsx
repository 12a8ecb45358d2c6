import { type CriterionDraft, newCriterion, pointsOf } from "./case-draft.ts";
import type { PartProps } from "./case-editor.tsx";
import { caseText } from "./case-words.ts";
import { EditableList } from "./editable-list.tsx";
import { AreaField, ChoiceField, LineField } from "./form-field.tsx";
import { replaced } from "./list-edits.ts";

/** By what the work is scored, and what the score feeds. */
export function RubricPart(props: PartProps & { readonly assignments: readonly string[] }) {
  const { draft, change, problems, assignments } = props;
  const put = (at: number, criterion: CriterionDraft) =>
    change({ rubric: replaced(draft.rubric, at, criterion) });
  return (
    <section class="card case-part" aria-labelledby="part-rubric">
      <h2 id="part-rubric">{caseText("part.rubric")}</h2>
      <p class="soft small">{caseText("rubric.hint", { points: pointsOf(draft.rubric) })}</p>
      <EditableList
        items={draft.rubric}
        onItems={(rubric) => change({ rubric })}
        idOf={({ criterionId }) => criterionId}
        nameOf={(number) => caseText("rubric.one", { number })}
        make={newCriterion}
        addLabel={caseText("rubric.add")}
        most={10}
        empty={caseText("rubric.none")}
        render={(criterion, at) => (
          <>
            <div class="case-row">
              <LineField
                label={caseText("rubric.title")}
                value={criterion.title}
                error={problems.get(`rubric.${at}.title`)}
                onValue={(title) => put(at, { ...criterion, title })}
              />
              <LineField
                label={caseText("rubric.maxPoints")}
                isNumber
                value={criterion.maxPoints}
                error={problems.get(`rubric.${at}.maxPoints`)}
                onValue={(maxPoints) => put(at, { ...criterion, maxPoints })}
              />
            </div>
            <AreaField
              label={caseText("rubric.description")}
              isOptional
              rows={2}
              value={criterion.description}
              onValue={(description) => put(at, { ...criterion, description })}
            />
          </>
        )}
      />
      {draft.rubric.length > 0 && (
        <div class="case-row case-row-even">
          <RequirementField {...props} assignments={assignments} />
          {draft.requirement.trim() && (
            <LineField
              label={caseText("assignment.passing")}
              hint={caseText("assignment.passing.hint")}
              isNumber
              value={draft.passingPoints}
              error={problems.get("passingPoints")}
              onValue={(passingPoints) => change({ passingPoints })}
            />
          )}
        </div>
      )}
    </section>
  );
}

/** One of the programme's assignments; where it has none, or the case names another, a code as it is typed. */
function RequirementField(props: PartProps & { readonly assignments: readonly string[] }) {
  const { draft, change, problems, assignments } = props;
  const shared = {
    label: caseText("assignment.code"),
    hint: caseText("assignment.code.hint"),
    value: draft.requirement,
    error: problems.get("requirement"),
    onValue: (requirement: string) => change({ requirement }),
  };
  const isKnown = draft.requirement === "" || assignments.includes(draft.requirement);
  if (assignments.length === 0 || !isKnown) return <LineField {...shared} />;
  return (
    <ChoiceField {...shared}>
      <option value="">{caseText("assignment.none")}</option>
      {assignments.map((code) => (
        <option key={code} value={code}>
          {code}
        </option>
      ))}
    </ChoiceField>
  );
}
