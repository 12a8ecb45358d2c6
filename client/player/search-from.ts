import type { CaptionCue } from "../../server/protocol/caption-file.ts";
import type { PlaybackTimeline } from "../../server/protocol/playback.ts";
import type { Chapter } from "./chapters-from.ts";

/** Where the words were found: `text` with the words at `from` to `to`. */
export interface SearchHit {
  readonly kind: "chapter" | "slide" | "chat" | "caption";
  readonly atMs: number;
  readonly text: string;
  readonly from: number;
  readonly to: number;
  /** The page of a slide, for its small picture. */
  readonly page: { readonly deckId: string; readonly page: number } | null;
}

interface SearchedTexts {
  readonly timeline: Pick<PlaybackTimeline, "chat">;
  readonly chapters: readonly Chapter[];
  readonly captions: readonly CaptionCue[];
  /** A page's text; undefined while it is not known. */
  readonly textOf: (deckId: string, page: number) => string | undefined;
}

const MOST_HITS = 200;
const AROUND = 40;

/** Every place where the words stand, in order of time; letters' size and accents do not matter. */
export function searchFrom(
  words: string,
  { timeline, chapters, captions, textOf }: SearchedTexts,
): readonly SearchHit[] {
  const wanted = folded(words).trim();
  if (wanted === "") return [];
  const hits: SearchHit[] = [];
  const look = (kind: SearchHit["kind"], atMs: number, text: string, page: SearchHit["page"] = null) => {
    const at = folded(text).indexOf(wanted);
    if (at >= 0) hits.push({ kind, atMs, page, ...excerptOf(text, at, wanted.length) });
    return at >= 0;
  };
  for (const chapter of chapters) {
    if (chapter.kind !== "slide") continue;
    const { deckId, page, title, atMs } = chapter;
    const place = { deckId, page };
    if (!look("chapter", atMs, title ?? "", place))
      look("slide", atMs, oneLine(textOf(deckId, page) ?? ""), place);
  }
  for (const { atMs, text } of timeline.chat) look("chat", atMs, oneLine(text));
  for (const { startMs, text } of captions) look("caption", startMs, oneLine(text));
  return hits.toSorted((a, b) => a.atMs - b.atMs).slice(0, MOST_HITS);
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Each letter stays one letter, so that places in the folded text are places in the text. */
function folded(text: string): string {
  return Array.from(text, (letter) => {
    const base = letter.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return base.length === letter.length ? base : letter;
  }).join("");
}

function excerptOf(text: string, at: number, length: number): Pick<SearchHit, "text" | "from" | "to"> {
  const start = at > AROUND ? text.lastIndexOf(" ", at - AROUND / 2) + 1 || at : 0;
  const shown = text.slice(start, at + length + AROUND * 2);
  const before = start > 0 ? "… " : "";
  const after = start + shown.length < text.length ? " …" : "";
  const from = before.length + at - start;
  return { text: `${before}${shown}${after}`, from, to: from + length };
}
