import { useState } from "preact/hooks";
import type { Preparation } from "../../server/protocol/case-work.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { caseText } from "./case-words.ts";
import { AreaField } from "./form-field.tsx";
import { groupsFromPaste, type PastedGroups, type PasteProblem } from "./groups-from-paste.ts";

const MOST_SHOWN = 8;

/** Groups from a list of `group;name or number`; what fits nobody is said line by line. */
export function GroupPaste(props: {
  people: Preparation["people"];
  onGroups: (groups: PastedGroups["groups"]) => void;
}) {
  const { people, onGroups } = props;
  const [text, setText] = useState("");
  const [pasted, setPasted] = useState<PastedGroups | null>(null);
  const run = () => {
    const found = groupsFromPaste(text, people);
    setPasted(found);
    if (found.groups.some(({ enrolmentIds }) => enrolmentIds.length > 0)) onGroups(found.groups);
  };
  return (
    <details class="card case-part group-paste">
      <summary>{caseText("paste.title")}</summary>
      <AreaField
        label={caseText("paste.title")}
        hint={caseText("paste.hint")}
        rows={6}
        value={text}
        onValue={setText}
      />
      <pre class="soft small paste-example">{caseText("paste.example")}</pre>
      <div>
        <Button disabled={!text.trim()} onClick={run}>
          {caseText("paste.do")}
        </Button>
      </div>
      {pasted && <PasteResult {...pasted} />}
    </details>
  );
}

function PasteResult({ groups, problems }: PastedGroups) {
  const placed = groups.reduce((sum, { enrolmentIds }) => sum + enrolmentIds.length, 0);
  const rest = problems.length - MOST_SHOWN;
  return (
    <Notice tone={problems.length > 0 ? "wait" : "good"}>
      <p>{caseText("paste.done", { placed, groups: groups.length })}</p>
      {problems.length > 0 && (
        <ul class="small">
          {problems.slice(0, MOST_SHOWN).map((problem) => (
            <li key={problem.row}>
              {caseText("paste.wrong", { row: problem.row, reason: reasonOf(problem) })}
            </li>
          ))}
          {rest > 0 && <li>{caseText("paste.more", { count: rest })}</li>}
        </ul>
      )}
    </Notice>
  );
}

function reasonOf({ why, who }: PasteProblem): string {
  return why === "shape" ? caseText("paste.shape") : caseText(`paste.${why}`, { who });
}
