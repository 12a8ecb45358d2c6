import { FileText } from "lucide";
import type { CaseView } from "../../../server/protocol/cases.ts";
import { Brief } from "../../cases/brief/brief.tsx";
import { Icon } from "../../ui/icon.tsx";
import { useClassroom } from "../classroom-context.ts";
import { addressAt, crossOriginOf } from "../file-place.ts";
import { ts } from "./sheet-words.ts";

/** What the group works on: the text, its pictures and its files. */
export function CaseBrief({ shown }: { shown: CaseView }) {
  const { linkId, connection } = useClassroom();
  const from = connection.files.value;
  const address = (attachmentId: string) =>
    addressAt(from, `/api/v1/join/${linkId}/cases/${shown.caseId}/files/${attachmentId}`);
  const pictures = shown.attachments.filter(({ type }) => type.startsWith("image/"));
  const files = shown.attachments.filter(({ type }) => !type.startsWith("image/"));
  return (
    <div class="brief">
      <Brief text={shown.brief} />
      {pictures.map(({ attachmentId, name }) => (
        <a key={attachmentId} href={address(attachmentId)} target="_blank" rel="noreferrer">
          <img
            crossOrigin={crossOriginOf(from)}
            src={address(attachmentId)}
            alt={name}
            onError={() => void connection.lookForFiles()}
          />
        </a>
      ))}
      {files.map(({ attachmentId, name }) => (
        <a key={attachmentId} class="brief-file" href={address(attachmentId)} download={name}>
          <Icon of={FileText} /> {ts("sheet.brief.file", { name })}
        </a>
      ))}
    </div>
  );
}
