export interface Grid {
  readonly columns: number;
  /** CSS pixels; the height follows from 16:9. */
  readonly tileWidth: number;
}

const RATIO = 16 / 9;

/** How many tiles a page holds on a screen this wide (UI: 25 on wide, 9 on a laptop, 4 on a phone). */
export function pageSizeFor(viewportWidth: number): number {
  if (viewportWidth >= 1600) return 25;
  return viewportWidth >= 768 ? 9 : 4;
}

/** The columns that make `count` tiles of 16:9 as large as they can be in a box (CSS pixels). */
export function gridFrom(count: number, box: { width: number; height: number }, gap: number): Grid {
  let best: Grid = { columns: 1, tileWidth: 0 };
  for (let columns = 1; columns <= Math.max(1, count); columns++) {
    const rows = Math.ceil(count / columns);
    const byWidth = (box.width - gap * (columns - 1)) / columns;
    const byHeight = ((box.height - gap * (rows - 1)) / rows) * RATIO;
    const tileWidth = Math.max(0, Math.floor(Math.min(byWidth, byHeight)));
    if (tileWidth > best.tileWidth) best = { columns, tileWidth };
  }
  return best;
}

export interface TilePage<Item> {
  readonly items: readonly Item[];
  /** From 0; the last page that exists where the wanted one does not. */
  readonly page: number;
  readonly pageCount: number;
}

export function pageFrom<Item>(items: readonly Item[], wanted: number, size: number): TilePage<Item> {
  const pageCount = Math.max(1, Math.ceil(items.length / size));
  const page = Math.min(Math.max(0, wanted), pageCount - 1);
  return { items: items.slice(page * size, (page + 1) * size), page, pageCount };
}
