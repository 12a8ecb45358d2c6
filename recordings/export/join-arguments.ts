import { FRAME_MS } from "./export-plan.ts";
import { seconds } from "./segment-list.ts";
import { HEADROOM } from "./sound-arguments.ts";

export const SOUND_BITS_PER_S = 96_000;

/**
 * ffmpeg's arguments for the MP4 of finished pieces: pictures are copied, sound is encoded in one run over all pieces.
 * The index goes to the beginning, so that it plays while it loads.
 */
export function joinArguments(parts: {
  readonly shots: string;
  readonly sounds: string;
  /** FFMETADATA. */
  readonly facts: string;
  readonly language: string;
  readonly out: string;
}): readonly string[] {
  const list = (file: string) => ["-protocol_whitelist", "file", "-f", "concat", "-safe", "0", "-i", file];
  return [
    ...[...list(parts.shots), ...list(parts.sounds), "-f", "ffmetadata", "-i", parts.facts],
    ...["-map", "0:v", "-map", "1:a", "-map_metadata", "2", "-map_chapters", "2", "-c:v", "copy"],
    ...["-af", `volume=${1 / HEADROOM},alimiter=limit=0.97:level=disabled`],
    ...["-c:a", "aac", "-b:a", String(SOUND_BITS_PER_S), "-ar", "48000", "-ac", "2"],
    ...["-metadata:s:a:0", `language=${parts.language}`],
    ...["-movflags", "+faststart", "-f", "mp4", parts.out],
  ];
}

/** Pieces in their order, each exactly as long as its frames. */
export function pieceListFrom(pieces: readonly { readonly file: string; readonly frames: number }[]): string {
  const lines = pieces.flatMap(({ file, frames }) => [
    `file '${file}'`,
    `duration ${seconds(frames * FRAME_MS)}`,
  ]);
  return ["ffconcat version 1.0", ...lines, ""].join("\n");
}

export interface ExportFacts {
  readonly title: string;
  /** ISO 8601. */
  readonly date: string;
  readonly durationMs: number;
  readonly chapters: readonly { readonly atMs: number; readonly title: string }[];
}

/** Title, date and chapters as ffmpeg reads them (FFMETADATA1). What people typed cannot become a line of its own. */
export function factsText({ title, date, durationMs, chapters }: ExportFacts): string {
  const lines = chapters.flatMap((chapter, index) => [
    "[CHAPTER]",
    "TIMEBASE=1/1000",
    `START=${chapter.atMs}`,
    `END=${chapters[index + 1]?.atMs ?? durationMs}`,
    `title=${escaped(chapter.title)}`,
  ]);
  const head = [";FFMETADATA1", `title=${escaped(title)}`, `date=${escaped(date)}`, `creation_time=${date}`];
  return [...head, ...lines, ""].join("\n");
}

function escaped(text: string): string {
  const plain = text.replace(/\p{Cc}+/gu, " ").trim();
  return plain.replace(/[\\=;#]/g, (sign) => `\\${sign}`);
}
