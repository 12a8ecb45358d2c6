import { effect } from "@preact/signals";
import { CloudCheck, CloudOff, LoaderCircle, Lock } from "lucide";
import { useEffect, useState } from "preact/hooks";
import type { BreakoutRoomId } from "../../../server/protocol/ids.ts";
import { errorText } from "../../i18n/t.ts";
import { Icon } from "../../ui/icon.tsx";
import { Notice } from "../../ui/notice.tsx";
import { nameOf } from "../attendees.ts";
import { useClassroom } from "../classroom-context.ts";
import { CaseBrief } from "./case-brief.tsx";
import { ChoiceAnswer } from "./choice-answer.tsx";
import { createSheetCursors, type SheetCursors } from "./sheet-cursors.ts";
import { createSheetDoc, type SheetDoc } from "./sheet-doc.ts";
import { ts } from "./sheet-words.ts";
import { TextAnswer } from "./text-answer.tsx";
import "./sheet.css";

interface OpenSheet {
  readonly sheet: SheetDoc;
  readonly cursors: SheetCursors;
}

/** The questions of a room's case as one form that everybody in the room fills in together. */
export function SheetForm({ roomId }: { roomId: BreakoutRoomId }) {
  const open = useOpenSheet(roomId);
  if (!open) return null;
  const { sheet, cursors } = open;
  const { value: shown } = sheet.case;
  const trouble = sheet.trouble.value;
  if (!shown) {
    const isNone = trouble === "sheet-unknown";
    return <p class="sheet-wait">{ts(isNone ? "sheet.none" : "sheet.loading")}</p>;
  }
  return (
    <section class="sheet" aria-label={ts("sheet.title")}>
      <header class="sheet-head">
        <h2 class="sheet-title">{shown.title}</h2>
        <SaveState sheet={sheet} />
      </header>
      {trouble && <Notice tone="trouble">{errorText(trouble)}</Notice>}
      <div class="sheet-parts">
        {(shown.brief || shown.attachments.length > 0) && (
          <details class="sheet-brief" open>
            <summary>{ts("sheet.brief")}</summary>
            <CaseBrief shown={shown} />
          </details>
        )}
        <ol class="sheet-questions">
          {shown.questions.map(({ questionId, title, help, form }, index) => (
            <li key={questionId} class="sheet-question">
              <p class="sheet-number">{ts("sheet.question", { number: index + 1 })}</p>
              <h3 id={`sheet-${questionId}`} class="sheet-question-title">
                {title}
              </h3>
              {help && <p class="sheet-help">{help}</p>}
              {form.kind === "text" ? (
                <TextAnswer
                  sheet={sheet}
                  cursors={cursors}
                  questionId={questionId}
                  maxLength={form.maxLength}
                />
              ) : (
                <ChoiceAnswer sheet={sheet} questionId={questionId} options={form.options} />
              )}
            </li>
          ))}
        </ol>
      </div>
    </section>
  );
}

/** What happens to the letters, in words; announced when it changes for good, not with every letter. */
function SaveState({ sheet }: { sheet: SheetDoc }) {
  const status = sheet.status.value;
  if (!sheet.canWrite.value && status !== "offline") {
    return (
      <p class="sheet-state">
        <Icon of={Lock} size={16} /> {ts("sheet.readOnly")}
      </p>
    );
  }
  if (status === "offline") {
    return (
      <p class="sheet-state sheet-state-offline" role="status">
        <Icon of={CloudOff} size={16} /> {ts("sheet.offline")}
      </p>
    );
  }
  const isSaved = status === "saved";
  return (
    <p class={isSaved ? "sheet-state sheet-state-saved" : "sheet-state"}>
      <Icon of={isSaved ? CloudCheck : LoaderCircle} size={16} />{" "}
      {ts(isSaved ? "sheet.saved" : "sheet.saving")}
    </p>
  );
}

/** The sheet of a room as long as this component stands; made anew where the server refused something. */
function useOpenSheet(roomId: BreakoutRoomId): OpenSheet | null {
  const { connection, linkId, view } = useClassroom();
  const [open, setOpen] = useState<OpenSheet | null>(null);
  useEffect(() => {
    const sheet = createSheetDoc({
      roomId,
      personId: view.peek().you.personId,
      connection,
      keep: sessionStorage,
      keepAs: `balai.sheet.${linkId}.${roomId}`,
    });
    let cursors: SheetCursors | null = null;
    const stopCursors = effect(() => {
      const doc = sheet.doc.value;
      cursors?.close();
      cursors = createSheetCursors({ doc, roomId, connection, nameOf: (id) => nameOf(view.peek(), id) });
      setOpen({ sheet, cursors });
    });
    let asked = "";
    const stopFollowing = effect(() => {
      const { breakouts, you, connections } = view.value;
      cursors?.keepOnly(new Set(connections.keys()));
      // Each of these can change what one may do with the sheet.
      const now = [
        breakouts?.status,
        breakouts?.presentedRoom,
        breakouts?.assignment[you.personId],
        you.room,
      ].join();
      if (asked !== "" && asked !== now) sheet.refresh();
      asked = now;
    });
    return () => {
      stopFollowing();
      stopCursors();
      cursors?.close();
      sheet.close();
    };
  }, [roomId]);
  return open;
}
