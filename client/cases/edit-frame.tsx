import { ArrowLeft, Check, CircleAlert, LoaderCircle, Pencil, Save } from "lucide";
import type { ComponentChildren } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { caseText } from "./case-words.ts";

export type SaveState =
  | { readonly at: "rest" | "saving" }
  /** In words. */
  | { readonly at: "failed"; readonly why: string };

interface EditFrameProps {
  readonly title: string;
  readonly state: SaveState;
  readonly isDirty: boolean;
  readonly isRestored: boolean;
  /** Null while nothing was saved yet. */
  readonly savedAt: string | null;
  /** Whether it is saved now. */
  readonly onSave: () => Promise<boolean>;
  readonly onDiscard: () => void;
  readonly onLeave: () => void;
  readonly children: ComponentChildren;
}

/** The top of a page where one thing is written: what it is, whether it is saved, and the way out. */
export function EditFrame(props: EditFrameProps) {
  const { title, state, isDirty, isRestored, savedAt, onSave, onDiscard, onLeave, children } = props;
  const [isLeaving, setLeaving] = useState(false);
  const heading = useRef<HTMLHeadingElement>(null);
  // Whoever came by keyboard or hears the page goes on from here.
  useEffect(() => heading.current?.focus(), []);
  const save = useRef(onSave);
  save.current = onSave;
  useEffect(() => {
    const handleKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      void save.current();
    };
    addEventListener("keydown", handleKey);
    return () => removeEventListener("keydown", handleKey);
  }, []);
  return (
    <>
      <div class="edit-head">
        <Button tone="quiet" icon={ArrowLeft} onClick={() => (isDirty ? setLeaving(true) : onLeave())}>
          {caseText("edit.back")}
        </Button>
        <div class="edit-save">
          <SaveWords state={state} isDirty={isDirty} savedAt={savedAt} />
          <Button tone="primary" icon={Save} disabled={state.at === "saving"} onClick={() => void onSave()}>
            {caseText(state.at === "saving" ? "edit.saving" : "edit.save")}
          </Button>
        </div>
      </div>
      <h1 ref={heading} class="edit-title" tabIndex={-1}>
        {title}
      </h1>
      {isRestored && (
        <Notice tone="wait" actions={<Button onClick={onDiscard}>{caseText("edit.discard")}</Button>}>
          {caseText("edit.restored")}
        </Notice>
      )}
      {state.at === "failed" && <Notice tone="trouble">{state.why}</Notice>}
      {children}
      {isLeaving && (
        <Dialog
          title={caseText("leave.title")}
          onClose={() => setLeaving(false)}
          foot={
            <>
              <Button tone="quiet" onClick={onLeave}>
                {caseText("leave.go")}
              </Button>
              <Button onClick={() => setLeaving(false)}>{caseText("leave.stay")}</Button>
              <Button
                tone="primary"
                onClick={async () => {
                  setLeaving(false);
                  if (await onSave()) onLeave();
                }}
              >
                {caseText("leave.save")}
              </Button>
            </>
          }
        >
          <p>{caseText("leave.text")}</p>
        </Dialog>
      )}
    </>
  );
}

function SaveWords({ state, isDirty, savedAt }: Pick<EditFrameProps, "state" | "isDirty" | "savedAt">) {
  const [icon, text] =
    state.at === "saving"
      ? [LoaderCircle, caseText("edit.saving")]
      : state.at === "failed"
        ? [CircleAlert, caseText("edit.unsaved")]
        : isDirty
          ? [Pencil, caseText("edit.unsaved")]
          : [Check, savedAt === null ? "" : caseText("edit.savedAt", { time: savedAt })];
  return (
    <span class="edit-state small" role="status">
      {text && <Icon of={icon} />}
      {text}
    </span>
  );
}
