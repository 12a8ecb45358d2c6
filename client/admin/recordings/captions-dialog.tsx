import { useSignal } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { cuesFrom } from "../../../server/protocol/caption-file.ts";
import { type CaptionTrack, MAX_CAPTION_BYTES } from "../../../server/protocol/captions.ts";
import { formatShortDate, formatTime } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { captionLanguageName } from "../../recording/caption-language.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { adminApi, canChange } from "../admin-api.ts";
import { useResource } from "../resource.ts";
import { Loaded } from "../shell/loaded.tsx";
import { CAPTION_LANGUAGES, captionsText } from "./captions-words.ts";
import "./captions.css";

interface CaptionsDialogProps {
  readonly recordingId: string;
  readonly timeZone: string;
  readonly onClose: () => void;
}

/** A recording's captions by language: which there are, a file for another, and removing them. */
export function CaptionsDialog({ recordingId, timeZone, onClose }: CaptionsDialogProps) {
  const captions = useResource(`captions ${recordingId}`, () => adminApi.captions(recordingId));
  return (
    <Dialog title={captionsText("captions.title")} onClose={onClose}>
      <div class="captions">
        <p class="soft">{captionsText("captions.lead")}</p>
        <Loaded of={captions}>
          {({ items }) => <Tracks {...{ recordingId, items, timeZone, onChanged: captions.reload }} />}
        </Loaded>
        {canChange.value && <UploadForm recordingId={recordingId} onDone={captions.reload} />}
      </div>
    </Dialog>
  );
}

function Tracks(props: {
  recordingId: string;
  items: readonly CaptionTrack[];
  timeZone: string;
  onChanged: () => void;
}) {
  const { recordingId, items, timeZone, onChanged } = props;
  const asked = useSignal<string | null>(null);
  const remove = async (language: string) => {
    const answer = await adminApi.removeCaptions(recordingId, language);
    asked.value = null;
    if (answer.ok) onChanged();
    else showToast({ tone: "trouble", text: errorText(answer.code) });
  };
  if (items.length === 0) return <p>{captionsText("captions.none")}</p>;
  return (
    <ul class="captions-list">
      {items.map(({ language, cueCount, updatedAt }) => {
        const name = captionLanguageName(language);
        return (
          <li key={language}>
            <span>
              <strong>{name}</strong>
              <br />
              <span class="small soft figures">
                {captionsText("captions.count", { count: cueCount })} · {formatShortDate(updatedAt, timeZone)}{" "}
                {formatTime(updatedAt, timeZone)}
              </span>
            </span>
            {canChange.value &&
              (asked.value === language ? (
                <Button tone="trouble" onClick={() => remove(language)}>
                  {captionsText("captions.remove.sure", { name })}
                </Button>
              ) : (
                <Button
                  aria-label={captionsText("captions.remove.of", { name })}
                  onClick={() => {
                    asked.value = language;
                  }}
                >
                  {captionsText("captions.remove")}
                </Button>
              ))}
          </li>
        );
      })}
    </ul>
  );
}

/** The file is read here first: a line that is wrong is named before anything is sent. */
function UploadForm({ recordingId, onDone }: { recordingId: string; onDone: () => void }) {
  const id = useId();
  const language = useSignal("id");
  const problem = useSignal<string | null>(null);
  const isSending = useSignal(false);
  const picker = useRef<HTMLInputElement>(null);
  const send = async () => {
    if (isSending.peek()) return;
    const file = picker.current?.files?.[0];
    isSending.value = true;
    problem.value = file
      ? await sent(recordingId, language.peek(), file)
      : captionsText("captions.file.missing");
    isSending.value = false;
    if (problem.peek() !== null) return;
    if (picker.current) picker.current.value = "";
    showToast({
      tone: "good",
      text: captionsText("captions.done", { name: captionLanguageName(language.peek()) }),
    });
    onDone();
  };
  return (
    <form
      class="captions-form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <div class="field">
        <label class="field-label" for={`${id}-language`}>
          {captionsText("captions.language")}
        </label>
        <select
          id={`${id}-language`}
          class="input"
          value={language.value}
          onChange={(event) => {
            language.value = event.currentTarget.value;
          }}
        >
          {CAPTION_LANGUAGES.map((tag) => (
            <option key={tag} value={tag}>
              {captionLanguageName(tag)}
            </option>
          ))}
        </select>
      </div>
      <div class="field">
        <label class="field-label" for={`${id}-file`}>
          {captionsText("captions.file")}
        </label>
        <input
          ref={picker}
          id={`${id}-file`}
          class="input"
          type="file"
          accept=".vtt,.srt,text/vtt"
          aria-describedby={`${id}-hint`}
          onChange={() => {
            problem.value = null;
          }}
        />
        <span id={`${id}-hint`} class="field-hint">
          {captionsText("captions.file.hint")}
        </span>
      </div>
      {problem.value && <Notice tone="trouble">{problem.value}</Notice>}
      <Button type="submit" tone="primary" disabled={isSending.value}>
        {captionsText("captions.upload")}
      </Button>
    </form>
  );
}

/** Null when it was taken, else what is wrong. */
async function sent(recordingId: string, language: string, file: File): Promise<string | null> {
  if (file.size > MAX_CAPTION_BYTES) return captionsText("captions.file.tooLarge");
  const content = await textOf(file);
  if (content === null) return captionsText("captions.file.encoding");
  const read = cuesFrom(content);
  if (!read.ok) {
    const { line, fault } = read.problem;
    return captionsText("captions.line", { line, problem: captionsText(`captions.fault.${fault}`) });
  }
  const answer = await adminApi.writeCaptions(recordingId, language, content);
  return answer.ok ? null : errorText(answer.code);
}

/** Null where the browser cannot read it (any more), or it is not UTF-8. */
async function textOf(file: File): Promise<string | null> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    return null;
  }
}
