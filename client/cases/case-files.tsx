import { FileText, Trash, Upload } from "lucide";
import { useRef, useState } from "preact/hooks";
import type { SavedCase } from "../../server/protocol/case-work.ts";
import { formatBytes } from "../i18n/format.ts";
import { errorText } from "../i18n/t.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Notice } from "../ui/notice.tsx";
import { type CaseApi, caseFileAddress } from "./case-api.ts";
import { caseText } from "./case-words.ts";

const MOST_BYTES = 10 * 1024 * 1024;
const MOST_FILES = 20;
const TYPES = ["application/pdf", "image/jpeg", "image/png", "image/webp"];

interface CaseFilesPartProps {
  readonly linkId: string;
  readonly api: CaseApi;
  readonly work: SavedCase | null;
  readonly onCase: (work: SavedCase) => void;
  /** A case must be there before it can have a file. */
  readonly onSave: () => Promise<SavedCase | null>;
}

/** Pictures and PDFs that belong to the brief. They are sent and removed at once, apart from the rest of the form. */
export function CaseFilesPart({ linkId, api, work, onCase, onSave }: CaseFilesPartProps) {
  const [sending, setSending] = useState<{ readonly name: string; readonly share: number } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const picker = useRef<HTMLInputElement>(null);
  const send = async (files: readonly File[]) => {
    setProblem(fileProblemOf(files));
    const fine = files.filter((file) => fileProblemOf([file]) === null);
    if (fine.length === 0) return;
    const to = work ?? (await onSave());
    if (!to) return;
    for (const file of fine) {
      const { name } = file;
      setSending({ name, share: 0 });
      const answer = await api.addFile(to.caseId, file, (share) => setSending({ name, share }));
      if (answer.ok) onCase(answer.data);
      else setProblem(caseText("files.failed", { name, reason: errorText(answer.code) }));
    }
    setSending(null);
  };
  const remove = async (attachmentId: string) => {
    if (!work) return;
    const answer = await api.removeFile(work.caseId, attachmentId);
    if (answer.ok) onCase(answer.data);
    else setProblem(errorText(answer.code));
  };
  const files = work?.attachments ?? [];
  return (
    <section class="card case-part" aria-labelledby="part-files">
      <h2 id="part-files">{caseText("part.files")}</h2>
      <p class="soft small">
        {caseText("files.hint")} {!work && caseText("files.saveFirst")}
      </p>
      {problem && <Notice tone="trouble">{problem}</Notice>}
      {files.length > 0 && (
        <ul class="case-files">
          {files.map(({ attachmentId, name, type, bytes }) => {
            const address = caseFileAddress(linkId, work?.caseId ?? "", attachmentId);
            return (
              <li key={attachmentId} class="case-file">
                <span class="case-file-picture">
                  {type.startsWith("image/") ? <img src={address} alt="" /> : <Icon of={FileText} />}
                </span>
                <a class="case-file-name" href={address} target="_blank" rel="noopener">
                  {name}
                </a>
                <span class="soft small figures">{formatBytes(bytes)}</span>
                <IconButton
                  icon={Trash}
                  label={caseText("take", { what: name })}
                  onClick={() => void remove(attachmentId)}
                />
              </li>
            );
          })}
        </ul>
      )}
      {sending && (
        <label class="field">
          <span class="field-label">
            {caseText("files.sending", { name: sending.name, share: Math.round(sending.share * 100) })}
          </span>
          <progress class="case-progress" max={1} value={sending.share} />
        </label>
      )}
      <input
        ref={picker}
        class="visually-hidden"
        type="file"
        multiple
        tabIndex={-1}
        aria-hidden="true"
        accept={TYPES.join(",")}
        onChange={(event) => {
          const chosen = [...(event.currentTarget.files ?? [])];
          event.currentTarget.value = "";
          void send(chosen);
        }}
      />
      <div>
        <Button
          icon={Upload}
          disabled={sending !== null || files.length >= MOST_FILES}
          onClick={() => picker.current?.click()}
        >
          {caseText("files.add")}
        </Button>
      </div>
    </section>
  );
}

function fileProblemOf(files: readonly File[]): string | null {
  for (const { name, size, type } of files) {
    if (!TYPES.includes(type)) return caseText("files.wrongType", { name });
    if (size > MOST_BYTES) return caseText("files.tooLarge", { name });
  }
  return null;
}
