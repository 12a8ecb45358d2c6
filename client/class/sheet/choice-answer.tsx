import { CHOICES_ROOT } from "../../../server/protocol/sheets.ts";
import { nameOf } from "../attendees.ts";
import { useClassroom } from "../classroom-context.ts";
import type { SheetDoc } from "./sheet-doc.ts";
import { ts } from "./sheet-words.ts";
import { useDocChanges } from "./use-doc-changes.ts";

/** The answer to one question by one of some options, and who chose it last. */
export function ChoiceAnswer(props: {
  sheet: SheetDoc;
  questionId: string;
  options: readonly { readonly code: string; readonly title: string }[];
}) {
  const { sheet, questionId, options } = props;
  const { view } = useClassroom();
  const doc = sheet.doc.value;
  useDocChanges(doc);
  const chosen = doc.getMap(CHOICES_ROOT).get(questionId);
  const by = sheet.chosenBy(questionId);
  const canWrite = sheet.canWrite.value;
  const isOwn = by === view.value.you.personId;
  return (
    <div role="radiogroup" aria-labelledby={`sheet-${questionId}`} class="sheet-options">
      {options.map(({ code, title }) => (
        <label key={code} class="sheet-option">
          <input
            type="radio"
            name={questionId}
            checked={chosen === code}
            disabled={!canWrite}
            onChange={() => sheet.choose(questionId, code)}
          />
          <span>{title}</span>
        </label>
      ))}
      {by && (
        <p class="sheet-left">
          {isOwn ? ts("sheet.chosenByYou") : ts("sheet.chosenBy", { name: nameOf(view.value, by) })}
        </p>
      )}
    </div>
  );
}
