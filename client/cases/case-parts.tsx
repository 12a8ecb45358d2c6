import { UsersRound } from "lucide";
import { Button } from "../ui/button.tsx";
import { newOption, newQuestion, newRole, type QuestionDraft, usualRoles } from "./case-draft.ts";
import type { PartProps } from "./case-editor.tsx";
import { caseText } from "./case-words.ts";
import { EditableList } from "./editable-list.tsx";
import { AreaField, ChoiceField, LineField } from "./form-field.tsx";
import { replaced } from "./list-edits.ts";
import { usualRoleTitles } from "./usual-role-titles.ts";

/** Roles that people in a room take. */
export function RolesPart({ draft, change, problems }: PartProps) {
  const presenter = draft.roles.find(({ code }) => code === "presenter")?.title;
  return (
    <section class="card case-part" aria-labelledby="part-roles">
      <h2 id="part-roles">{caseText("part.roles")}</h2>
      <p class="soft small">
        {caseText("roles.hint", { presenter: presenter || caseText("roles.presenter") })}
      </p>
      <EditableList
        items={draft.roles}
        onItems={(roles) => change({ roles })}
        idOf={({ code }) => code}
        nameOf={(number) => caseText("roles.name", { number })}
        make={() => newRole()}
        addLabel={caseText("roles.add")}
        most={10}
        isTight
        empty={caseText("roles.none")}
        render={(role, at) => (
          <LineField
            label={caseText("roles.name", { number: at + 1 })}
            hint={role.code === "presenter" ? caseText("roles.may") : undefined}
            value={role.title}
            error={problems.get(`roles.${at}.title`)}
            onValue={(title) => change({ roles: replaced(draft.roles, at, { ...role, title }) })}
          />
        )}
      />
      {draft.roles.length === 0 && (
        <Button icon={UsersRound} onClick={() => change({ roles: usualRoles(usualRoleTitles()) })}>
          {caseText("roles.usual")}
        </Button>
      )}
    </section>
  );
}

/** The questions of the answer sheet. */
export function QuestionsPart({ draft, change, problems }: PartProps) {
  return (
    <section class="card case-part" aria-labelledby="part-questions">
      <h2 id="part-questions">{caseText("part.questions")}</h2>
      <p class="soft small">{caseText("questions.hint")}</p>
      <EditableList
        items={draft.questions}
        onItems={(questions) => change({ questions })}
        idOf={({ questionId }) => questionId}
        nameOf={(number) => caseText("questions.one", { number })}
        make={newQuestion}
        addLabel={caseText("questions.add")}
        most={20}
        empty={caseText("questions.none")}
        render={(question, at) => (
          <QuestionFields
            question={question}
            path={`questions.${at}`}
            problems={problems}
            onQuestion={(to) => change({ questions: replaced(draft.questions, at, to) })}
          />
        )}
      />
    </section>
  );
}

interface QuestionFieldsProps {
  readonly question: QuestionDraft;
  readonly path: string;
  readonly problems: PartProps["problems"];
  readonly onQuestion: (question: QuestionDraft) => void;
}

function QuestionFields({ question, path, problems, onQuestion }: QuestionFieldsProps) {
  const change = (part: Partial<QuestionDraft>) => onQuestion({ ...question, ...part });
  return (
    <>
      <LineField
        label={caseText("questions.title")}
        value={question.title}
        error={problems.get(`${path}.title`)}
        onValue={(title) => change({ title })}
      />
      <AreaField
        label={caseText("questions.help")}
        isOptional
        rows={2}
        value={question.help}
        error={problems.get(`${path}.help`)}
        onValue={(help) => change({ help })}
      />
      <div class="case-row case-row-even">
        <ChoiceField
          label={caseText("questions.kind")}
          value={question.kind}
          onValue={(kind) => change({ kind: kind === "choice" ? "choice" : "text" })}
        >
          <option value="text">{caseText("questions.kind.text")}</option>
          <option value="choice">{caseText("questions.kind.choice")}</option>
        </ChoiceField>
        {question.kind === "text" && (
          <LineField
            label={caseText("questions.maxLength")}
            isNumber
            value={question.maxLength}
            error={problems.get(`${path}.form.maxLength`)}
            onValue={(maxLength) => change({ maxLength })}
          />
        )}
      </div>
      {question.kind === "choice" && (
        <EditableList
          items={question.options}
          onItems={(options) => change({ options })}
          idOf={({ code }) => code}
          nameOf={(number) => caseText("options.one", { number })}
          make={newOption}
          addLabel={caseText("options.add")}
          least={2}
          most={20}
          isTight
          render={(option, at) => (
            <LineField
              label={caseText("options.one", { number: at + 1 })}
              value={option.title}
              error={problems.get(`${path}.form.options.${at}.title`)}
              onValue={(title) => change({ options: replaced(question.options, at, { ...option, title }) })}
            />
          )}
        />
      )}
    </>
  );
}
