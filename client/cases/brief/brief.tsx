import { type BriefBlock, type BriefPiece, briefBlocksFrom } from "./brief-blocks.ts";
import "./brief.css";

/** A case's brief: paragraphs, lists and headings. */
export function Brief({ text }: { text: string }) {
  return (
    <div class="brief-text">
      {briefBlocksFrom(text).map((block) => (
        <Block key={JSON.stringify(block)} block={block} />
      ))}
    </div>
  );
}

function Block({ block }: { block: BriefBlock }) {
  if ("lines" in block) {
    return <p class={block.kind === "heading" ? "brief-text-heading" : undefined}>{linesOf(block.lines)}</p>;
  }
  const items = block.items.map((item) => <li key={keyOf(item)}>{piecesOf(item)}</li>);
  return block.kind === "bullets" ? <ul>{items}</ul> : <ol start={block.from}>{items}</ol>;
}

function linesOf(lines: readonly (readonly BriefPiece[])[]) {
  return lines.flatMap((line, index) =>
    index === 0 ? piecesOf(line) : [<br key={keyOf(line)} />, ...piecesOf(line)],
  );
}

function piecesOf(line: readonly BriefPiece[]) {
  return line.map(({ text, isBold }) => (isBold ? <strong key={text}>{text}</strong> : text));
}

function keyOf(line: readonly BriefPiece[]): string {
  return line.map(({ text }) => text).join("");
}
