import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileKindFrom, safeFileName } from "../domain/dispute-file.ts";
import type { NewId } from "../ports.ts";
import { MAX_CASE_FILE_BYTES } from "../protocol/case-work.ts";
import type { Case } from "../protocol/cases.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import { type AttachmentId, attachmentIdSchema } from "../protocol/ids.ts";

type Attachment = Case["attachments"][number];

/** Where the files of cases lie: each under an id of ours, whole or not there, for the server's user alone. */
export interface CaseFiles {
  /** Keeps a file as its bytes say; refuses `bad-request`, `too-large`, `unsupported-media-type`. */
  keep(sent: { readonly name: string; readonly content: string }): Promise<Result<Attachment>>;
  /** The same file once more under another id, for a copy of the case. */
  copy(attachment: Attachment): Promise<Attachment>;
  remove(id: AttachmentId): Promise<void>;
  path(id: AttachmentId): string;
}

export function createCaseFiles(dataDir: string, newId: NewId): CaseFiles {
  const folder = join(resolve(dataDir), "cases");
  // Parsed once more beside the type: it becomes a path.
  const path = (id: AttachmentId) => join(folder, attachmentIdSchema.parse(id));

  async function write(id: AttachmentId, bytes: Uint8Array): Promise<void> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await writeFile(`${path(id)}.making`, bytes, { flag: "wx", mode: 0o600, flush: true });
    await rename(`${path(id)}.making`, path(id));
  }

  return {
    async keep({ name, content }) {
      const bytes = Buffer.from(content, "base64");
      if (bytes.toString("base64") !== content) return fileRefused("bad-request", "is not base64");
      if (bytes.length > MAX_CASE_FILE_BYTES) {
        return fileRefused("too-large", `may have ${MAX_CASE_FILE_BYTES} bytes`);
      }
      const kind = fileKindFrom(bytes);
      if (!kind) return fileRefused("unsupported-media-type", "is no PDF, JPEG, PNG or WebP");
      const attachmentId = newId("att");
      await write(attachmentId, bytes);
      return accept({
        attachmentId,
        name: safeFileName(name, kind.ending),
        type: kind.type,
        bytes: bytes.length,
      });
    },
    async copy(attachment) {
      const attachmentId = newId("att");
      await write(attachmentId, await readFile(path(attachment.attachmentId)));
      return { ...attachment, attachmentId };
    },
    async remove(id) {
      await rm(path(id), { force: true });
    },
    path,
  };
}

function fileRefused(
  code: "bad-request" | "too-large" | "unsupported-media-type",
  message: string,
): Result<never> {
  return refuse(code, { errors: [{ path: "content", message }] });
}
