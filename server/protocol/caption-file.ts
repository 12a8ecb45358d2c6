/** What is shown from one moment to another; milliseconds of the recording's playing time. */
export interface CaptionCue {
  readonly startMs: number;
  readonly endMs: number;
  readonly text: string;
}

/** What can be wrong with a line of a file of captions. */
export type CaptionFault =
  | "not-captions"
  | "no-times"
  | "ends-early"
  | "out-of-order"
  | "no-text"
  | "times-in-text"
  | "text-too-long"
  | "no-cues";

/** The first thing that is wrong, and its line from 1. */
export interface CaptionProblem {
  readonly line: number;
  readonly fault: CaptionFault;
}

/** Cues, or what is wrong with the file. */
export type ReadCaptions =
  | { readonly ok: true; readonly cues: readonly CaptionCue[] }
  | { readonly ok: false; readonly problem: CaptionProblem };

/** So much text is read in two seconds by nobody; it is a file of something else. */
const MAX_CUE_LENGTH = 1_000;
const TIME = String.raw`(?:(\d{1,3}):)?([0-5]\d):([0-5]\d)[.,](\d{3})`;
const TIMES = new RegExp(String.raw`^${TIME}[ \t]+-->[ \t]+${TIME}(?:[ \t].*)?$`);
const MEANT_AS_TIMES = /-->|^\s*\d+:\d/;
const NOT_CUES = /^(NOTE|STYLE|REGION)(\s|$)/;

interface Line {
  readonly number: number;
  readonly text: string;
}

/**
 * The cues of a file, WebVTT (W3C) or SubRip. Strict: the first line that is not as it must be is named. Styles, places
 * and notes are passed over.
 */
export function cuesFrom(content: string): ReadCaptions {
  const lines = linesFrom(content);
  const first = lines.find(({ text }) => text.trim() !== "");
  if (!first) return wrong(1, "no-cues");
  const isWebVtt = /^WEBVTT([ \t].*)?$/.test(first.text);
  if (!isWebVtt && !/^\d+$/.test(first.text.trim()) && !TIMES.test(first.text.trim())) {
    return wrong(first.number, "not-captions");
  }
  const blocks = blocksFrom(lines).slice(isWebVtt ? 1 : 0);
  const cues: CaptionCue[] = [];
  for (const block of blocks) {
    if (isWebVtt && NOT_CUES.test(block[0]?.text ?? "")) continue;
    const cue = cueFrom(block, cues.at(-1)?.startMs ?? 0);
    if ("fault" in cue) return { ok: false, problem: cue };
    cues.push(cue);
  }
  return cues.length > 0 ? { ok: true, cues } : wrong(lines.length, "no-cues");
}

function wrong(line: number, fault: CaptionFault): ReadCaptions {
  return { ok: false, problem: { line, fault } };
}

function linesFrom(content: string): readonly Line[] {
  const lines = content.replace(/^\uFEFF/, "").split(/\r\n|\n|\r/);
  return lines.map((text, index) => ({ number: index + 1, text }));
}

/** Runs of lines with nothing empty between them. */
function blocksFrom(lines: readonly Line[]): readonly (readonly Line[])[] {
  const blocks: Line[][] = [];
  let isOpen = false;
  for (const line of lines) {
    const isEmpty = line.text.trim() === "";
    if (!isEmpty && !isOpen) blocks.push([]);
    if (!isEmpty) blocks.at(-1)?.push(line);
    isOpen = !isEmpty;
  }
  return blocks;
}

/** A block is its times, perhaps after a name or number, and its text. */
function cueFrom(block: readonly Line[], notBeforeMs: number): CaptionCue | CaptionProblem {
  const [one, two] = block;
  if (!one) throw new Error("a block has lines");
  // What was meant as times is what is blamed where they are wrong, not the name before them.
  const isNamed = !MEANT_AS_TIMES.test(one.text) && two !== undefined && MEANT_AS_TIMES.test(two.text);
  const timed = isNamed ? two : one;
  const times = TIMES.exec(timed.text.trim());
  if (!times) return { line: timed.number, fault: "no-times" };
  const startMs = millisecondsFrom(times.slice(1, 5));
  const endMs = millisecondsFrom(times.slice(5, 9));
  if (endMs <= startMs) return { line: timed.number, fault: "ends-early" };
  if (startMs < notBeforeMs) return { line: timed.number, fault: "out-of-order" };
  const texts = block.slice(isNamed ? 2 : 1);
  const nested = texts.find(({ text }) => text.includes("-->"));
  if (nested) return { line: nested.number, fault: "times-in-text" };
  const text = plainTextFrom(texts.map((line) => line.text).join("\n"));
  if (text === "") return { line: timed.number, fault: "no-text" };
  if (text.length > MAX_CUE_LENGTH) return { line: timed.number, fault: "text-too-long" };
  return { startMs, endMs, text };
}

function millisecondsFrom([hours, minutes, seconds, milliseconds]: readonly (string | undefined)[]): number {
  const whole = (Number(hours ?? 0) * 60 + Number(minutes)) * 60 + Number(seconds);
  return whole * 1_000 + Number(milliseconds);
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&amp;": "&",
  "&lt;": "<",
  "&gt;": ">",
  "&nbsp;": " ",
  "&lrm;": "",
  "&rlm;": "",
};

/** Text without marks; who speaks (`<v Ani>`) stands before it. */
function plainTextFrom(marked: string): string {
  return marked
    .replace(/<v(?:\.[^\s>]*)?[ \t]+([^>]+)>/g, "$1: ")
    .replace(/<\/?[a-z\d][^>]*>|\{\\an?\d+\}/gi, "")
    .replace(/&(?:amp|lt|gt|nbsp|lrm|rlm);/g, (entity) => ENTITIES[entity] ?? entity)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .join("\n");
}

/** In English, for who reads a refusal of the API. */
export const CAPTION_FAULTS: Readonly<Record<CaptionFault, string>> = {
  "not-captions": "the file must begin with WEBVTT, or be SubRip (SRT)",
  "no-times": "must be times such as 00:01:02.500 --> 00:01:04.000",
  "ends-early": "must end after it begins",
  "out-of-order": "must not begin before the one before it",
  "no-text": "has no text",
  "times-in-text": "an empty line is missing before these times",
  "text-too-long": `has more than ${MAX_CUE_LENGTH} characters`,
  "no-cues": "the file has no captions",
};
