import { useEffect, useRef } from "preact/hooks";
import { type AnswerEditor, createAnswerEditor } from "./answer-editor.ts";
import type { SheetCursors } from "./sheet-cursors.ts";
import { answerText, type SheetDoc } from "./sheet-doc.ts";
import { ts } from "./sheet-words.ts";
import { useDocChanges } from "./use-doc-changes.ts";

/** From so few letters on it is worth saying how many are left. */
const FEW_LEFT = 200;

/** The answer to one question in words. */
export function TextAnswer(props: {
  sheet: SheetDoc;
  cursors: SheetCursors;
  questionId: string;
  maxLength: number;
}) {
  const { sheet, cursors, questionId, maxLength } = props;
  const field = useRef<HTMLDivElement>(null);
  const editor = useRef<AnswerEditor | null>(null);
  const { doc } = cursors.awareness;
  const canWrite = sheet.canWrite.value;
  const text = answerText(doc, questionId);
  useDocChanges(doc);
  useEffect(() => {
    if (!field.current) return;
    editor.current = createAnswerEditor({
      parent: field.current,
      text,
      awareness: cursors.awareness,
      maxLength,
      labelledBy: `sheet-${questionId}`,
      describedBy: `sheet-left-${questionId}`,
      placeholder: ts(sheet.canWrite.peek() ? "sheet.placeholder" : "sheet.unanswered"),
    });
    editor.current.setWritable(sheet.canWrite.peek());
    return () => {
      editor.current?.close();
      editor.current = null;
    };
  }, [cursors]);
  useEffect(() => editor.current?.setWritable(canWrite), [canWrite]);
  const left = maxLength - text.length;
  return (
    <>
      <div ref={field} class={canWrite ? "sheet-text" : "sheet-text sheet-text-fixed"} />
      <p id={`sheet-left-${questionId}`} class={left <= 0 ? "sheet-left sheet-left-none" : "sheet-left"}>
        {canWrite && left <= 0 && ts("sheet.full", { count: maxLength })}
        {canWrite &&
          left > 0 &&
          left <= Math.max(FEW_LEFT, maxLength / 5) &&
          ts("sheet.left", { count: left })}
      </p>
    </>
  );
}
