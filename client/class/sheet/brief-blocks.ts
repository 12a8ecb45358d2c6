/** A brief as it is shown: paragraphs, and lists of the lines that begin with a dash or a number. */
export type BriefBlock =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] };

const ITEM = /^\s*(?:[-*•]|\d{1,2}[.)])\s+(.+)$/;

/** Plain text as blocks: an empty line ends a paragraph. Nothing of it is ever markup. */
export function blocksFrom(brief: string): readonly BriefBlock[] {
  const blocks: BriefBlock[] = [];
  for (const part of brief.split(/\n{2,}/)) {
    let text: string[] = [];
    let items: string[] = [];
    const endText = () => {
      if (text.length > 0) blocks.push({ kind: "text", text: text.join("\n") });
      text = [];
    };
    const endItems = () => {
      if (items.length > 0) blocks.push({ kind: "list", items });
      items = [];
    };
    for (const line of part.split("\n")) {
      const item = ITEM.exec(line)?.[1];
      if (item !== undefined) {
        endText();
        items.push(item);
      } else if (line.trim() !== "") {
        endItems();
        text.push(line.trim());
      }
    }
    endText();
    endItems();
  }
  return blocks;
}
