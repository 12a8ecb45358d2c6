import { useState } from "preact/hooks";
import type { Preparation } from "../../server/protocol/case-work.ts";
import type { Answer } from "../http/request-json.ts";
import { formatShortDate } from "../i18n/format.ts";
import { errorText } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Notice } from "../ui/notice.tsx";
import { showToast } from "../ui/toasts.tsx";
import { caseText } from "./case-words.ts";
import { ChoiceField } from "./form-field.tsx";

interface CopyDialogProps {
  readonly title: string;
  readonly hint: string;
  readonly sessions: Preparation["sessions"];
  readonly copy: (sessionId: string) => Promise<Answer<unknown>>;
  readonly onClose: () => void;
}

/** Copies a case or a plan to another session of the programme. */
export function CopyDialog({ title, hint, sessions, copy, onClose }: CopyDialogProps) {
  const [sessionId, setSession] = useState<string>(sessions[0]?.sessionId ?? "");
  const [problem, setProblem] = useState<string | null>(null);
  const run = async () => {
    const answer = await copy(sessionId);
    if (!answer.ok) return setProblem(errorText(answer.code));
    const session = sessions.find((one) => one.sessionId === sessionId)?.title ?? "";
    showToast({ tone: "good", text: caseText("copy.done", { session }) });
    onClose();
  };
  return (
    <Dialog
      title={caseText("copy.this", { title })}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{caseText("cancel")}</Button>
          {sessions.length > 0 && (
            <Button tone="primary" onClick={() => void run()}>
              {caseText("copy.do")}
            </Button>
          )}
        </>
      }
    >
      {problem && <Notice tone="trouble">{problem}</Notice>}
      {sessions.length === 0 ? (
        <p>{caseText("copy.none")}</p>
      ) : (
        <ChoiceField label={caseText("copy.to")} hint={hint} value={sessionId} onValue={setSession}>
          {sessions.map((one) => (
            <option key={one.sessionId} value={one.sessionId}>
              {one.title} · {formatShortDate(one.startAt, one.timeZone)}
            </option>
          ))}
        </ChoiceField>
      )}
    </Dialog>
  );
}
