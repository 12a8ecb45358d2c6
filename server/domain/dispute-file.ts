/** A file with a dispute can have this many bytes: 5 MB. */
export const MAX_DISPUTE_FILE_BYTES = 5 * 1024 * 1024;

const MAX_STEM_LENGTH = 80;

interface FileKind {
  readonly type: string;
  readonly ending: string;
  /** Bytes that such a file has at these places. */
  readonly signs: readonly { readonly at: number; readonly bytes: readonly number[] }[];
}

const bytesOf = (text: string) => [...text].map((letter) => letter.charCodeAt(0));

const KINDS: readonly FileKind[] = [
  { type: "application/pdf", ending: "pdf", signs: [{ at: 0, bytes: bytesOf("%PDF-") }] },
  { type: "image/jpeg", ending: "jpg", signs: [{ at: 0, bytes: [0xff, 0xd8, 0xff] }] },
  { type: "image/png", ending: "png", signs: [{ at: 0, bytes: [0x89, ...bytesOf("PNG\r\n\u001a\n")] }] },
  {
    type: "image/webp",
    ending: "webp",
    signs: [
      { at: 0, bytes: bytesOf("RIFF") },
      { at: 8, bytes: bytesOf("WEBP") },
    ],
  },
];

/** DP3: what a file is, by its first bytes alone; null for what is none of PDF, JPEG, PNG, WebP. */
export function fileKindFrom(bytes: Uint8Array): Pick<FileKind, "type" | "ending"> | null {
  const kind = KINDS.find(({ signs }) =>
    signs.every(({ at, bytes: sign }) => sign.every((byte, index) => bytes[at + index] === byte)),
  );
  return kind ? { type: kind.type, ending: kind.ending } : null;
}

/** DP3: a name that is safe anywhere: without folders, signs of shells and hidden characters, with its kind's ending. */
export function safeFileName(name: string, ending: string): string {
  const last = name.normalize("NFC").split(/[/\\]/).at(-1) ?? "";
  const stem = last
    .replace(/\.[^.]*$/, "")
    .replace(/[^\p{L}\p{N} _-]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim()
    .slice(0, MAX_STEM_LENGTH)
    .toWellFormed()
    .trim();
  return `${stem === "" ? "lampiran" : stem}.${ending}`;
}
