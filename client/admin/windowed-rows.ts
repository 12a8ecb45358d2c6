import type { RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";

/** The rows to draw of a long list, and how many pixels stand for those before and after. */
export interface RowWindow {
  readonly from: number;
  readonly to: number;
  readonly beforePx: number;
  readonly afterPx: number;
}

/** Few rows are all drawn: searching in the page finds them, and nothing can flicker. */
const DRAW_ALL_UP_TO = 150;
const MARGIN_ROWS = 20;

/** Which rows meet the view. `topPx` is where the first row's top is, from the top of the view. */
export function rowWindowFrom(topPx: number, viewPx: number, rowPx: number, count: number): RowWindow {
  if (count <= DRAW_ALL_UP_TO) return { from: 0, to: count, beforePx: 0, afterPx: 0 };
  const first = Math.floor(-topPx / rowPx) - MARGIN_ROWS;
  const last = Math.ceil((viewPx - topPx) / rowPx) + MARGIN_ROWS;
  // Steps of a margin, so that most scrolling draws nothing anew.
  const from = clamp(Math.floor(first / MARGIN_ROWS) * MARGIN_ROWS, 0, count);
  const to = clamp(Math.ceil(last / MARGIN_ROWS) * MARGIN_ROWS, from, count);
  return { from, to, beforePx: from * rowPx, afterPx: (count - to) * rowPx };
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** Keeps the window at where the list is scrolled to; when printing, every row is drawn. */
export function useWindowedRows<Kind extends HTMLElement>(
  count: number,
  rowPx: number,
): [list: RefObject<Kind | null>, rows: RowWindow] {
  const list = useRef<Kind>(null);
  const [rows, setRows] = useState(() => rowWindowFrom(0, innerHeight, rowPx, count));
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    const update = () => {
      const topPx = list.current?.getBoundingClientRect().top ?? 0;
      const next = rowWindowFrom(topPx, innerHeight, rowPx, count);
      setRows((before) =>
        before.from === next.from && before.to === next.to && before.afterPx === next.afterPx ? before : next,
      );
    };
    const startPrinting = () => setPrinting(true);
    const endPrinting = () => setPrinting(false);
    update();
    // Captured: whatever scrolls, the page or a part of it.
    addEventListener("scroll", update, { capture: true, passive: true });
    addEventListener("resize", update);
    addEventListener("beforeprint", startPrinting);
    addEventListener("afterprint", endPrinting);
    return () => {
      removeEventListener("scroll", update, { capture: true });
      removeEventListener("resize", update);
      removeEventListener("beforeprint", startPrinting);
      removeEventListener("afterprint", endPrinting);
    };
  }, [count, rowPx]);
  return [list, isPrinting ? { from: 0, to: count, beforePx: 0, afterPx: 0 } : rows];
}
