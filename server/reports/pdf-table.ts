import type { Pdf } from "./pdf-document.ts";

/** A column as it is drawn; `width` in points. */
export interface PdfColumn {
  readonly title: string;
  readonly width: number;
  readonly align: "left" | "right" | "center";
}

type WantedColumn = PdfColumn | (Omit<PdfColumn, "width"> & { readonly share: number });

/** Columns that fill `width`: those with a share divide what the others leave. */
export function columnsFrom(width: number, wanted: readonly WantedColumn[]): readonly PdfColumn[] {
  const fixed = wanted.reduce((sum, column) => sum + ("width" in column ? column.width : 0), 0);
  const shares = wanted.reduce((sum, column) => sum + ("share" in column ? column.share : 0), 0);
  return wanted.map((column) => {
    if ("width" in column) return column;
    const { share, title, align } = column;
    return { title, align, width: ((width - fixed) * share) / shares };
  });
}

/** What the tallest cell needs at 8 points; never less than a hand needs to sign in. */
export function rowHeight(pdf: Pdf, columns: readonly PdfColumn[], cells: readonly string[]): number {
  pdf.font("regular").fontSize(8);
  const heights = columns.map(({ width }, i) => pdf.heightOfString(cells[i] ?? "", { width: width - 8 }));
  return Math.max(20, ...heights.map((height) => height + 8));
}
