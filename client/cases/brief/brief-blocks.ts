/** A piece of a line: plain, or between two pairs of asterisks. */
export interface BriefPiece {
  readonly text: string;
  readonly isBold: boolean;
}

/** What a brief is made of. Lists and headings begin a line as in Markdown; everything else is a paragraph. */
export type BriefBlock =
  | { readonly kind: "heading" | "paragraph"; readonly lines: readonly (readonly BriefPiece[])[] }
  | {
      readonly kind: "bullets" | "numbers";
      /** What the first number is. */
      readonly from: number;
      readonly items: readonly (readonly BriefPiece[])[];
    };

const HEADING = /^#{1,3}\s+(.*)$/;
const BULLET = /^\s*[-*•]\s+(.*)$/;
const NUMBER = /^\s*(\d{1,3})[.)]\s+(.*)$/;

/** Reads a brief. It becomes text in elements, never HTML: what looks like a tag is shown as it was typed. */
export function briefBlocksFrom(brief: string): readonly BriefBlock[] {
  return brief.split(/\n\s*\n/).flatMap((part) => blocksOf(part.split("\n").filter((line) => line.trim())));
}

type Line = { readonly kind: BriefBlock["kind"]; readonly text: string; readonly number: number };

function blocksOf(lines: readonly string[]): readonly BriefBlock[] {
  const runs: Line[][] = [];
  for (const line of lines.map(lineFrom)) {
    const run = runs.at(-1);
    if (run && run[0]?.kind === line.kind && line.kind !== "heading") run.push(line);
    else runs.push([line]);
  }
  return runs.flatMap((run) => {
    const [first] = run;
    if (!first) return [];
    const pieces = run.map(({ text }) => piecesFrom(text));
    const { kind } = first;
    const block: BriefBlock =
      kind === "heading" || kind === "paragraph"
        ? { kind, lines: pieces }
        : { kind, from: first.number, items: pieces };
    return [block];
  });
}

function lineFrom(line: string): Line {
  const heading = HEADING.exec(line);
  if (heading) return { kind: "heading", text: heading[1] ?? "", number: 1 };
  const bullet = BULLET.exec(line);
  if (bullet) return { kind: "bullets", text: bullet[1] ?? "", number: 1 };
  const number = NUMBER.exec(line);
  if (number) return { kind: "numbers", text: number[2] ?? "", number: Number(number[1]) };
  return { kind: "paragraph", text: line, number: 1 };
}

function piecesFrom(text: string): readonly BriefPiece[] {
  return text
    .split(/\*\*(.+?)\*\*/)
    .map((piece, index) => ({ text: piece, isBold: index % 2 === 1 }))
    .filter((piece) => piece.text !== "");
}
