import { standardKeymap } from "@codemirror/commands";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap, placeholder } from "@codemirror/view";
import { yCollab, ySyncAnnotation, yUndoManagerKeymap } from "y-codemirror.next";
import type { Awareness } from "y-protocols/awareness";
import { type Text, UndoManager } from "yjs";

export interface AnswerEditor {
  setWritable(canWrite: boolean): void;
  close(): void;
}

/** The field of one text answer: others' letters and cursors appear in it, undo takes back one's own alone. */
export function createAnswerEditor(parts: {
  readonly parent: HTMLElement;
  readonly text: Text;
  readonly awareness: Awareness;
  readonly maxLength: number;
  readonly labelledBy: string;
  readonly describedBy: string;
  readonly placeholder: string;
}): AnswerEditor {
  const { parent, text, awareness, maxLength } = parts;
  const undoManager = new UndoManager(text);
  const access = new Compartment();
  const accessOf = (canWrite: boolean) => [
    EditorView.editable.of(canWrite),
    EditorState.readOnly.of(!canWrite),
    // What can be read by keyboard can also be reached by it.
    EditorView.contentAttributes.of({ tabindex: "0", "aria-readonly": String(!canWrite) }),
  ];
  const view = new EditorView({
    parent,
    state: EditorState.create({
      doc: text.toString(),
      extensions: [
        access.of(accessOf(false)),
        EditorView.lineWrapping,
        EditorView.contentAttributes.of({
          "aria-labelledby": parts.labelledBy,
          "aria-describedby": parts.describedBy,
          spellcheck: "true",
          autocapitalize: "sentences",
        }),
        placeholder(parts.placeholder),
        keymap.of([...yUndoManagerKeymap, ...standardKeymap]),
        EditorState.transactionFilter.of((change) => {
          const isOthers = change.annotation(ySyncAnnotation) !== undefined;
          const isLonger = change.newDoc.length > Math.max(maxLength, change.startState.doc.length);
          return change.docChanged && isLonger && !isOthers ? [] : change;
        }),
        yCollab(text, awareness, { undoManager }),
      ],
    }),
  });
  return {
    setWritable: (canWrite) => view.dispatch({ effects: access.reconfigure(accessOf(canWrite)) }),
    close() {
      view.destroy();
      undoManager.destroy();
    },
  };
}
