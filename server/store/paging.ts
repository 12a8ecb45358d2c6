import type { Page, PageRequest } from "../ports.ts";

/**
 * Lists are ordered by `position` and continue after the last one seen, so that what is created meanwhile
 * neither repeats nor hides a row. A query takes rows with a greater position than `positionAfter`, at most
 * `limit + 1` of them; `pageFrom` makes the page.
 */
export function positionAfter({ limit, cursor }: PageRequest): number {
  if (!Number.isInteger(limit) || limit < 1) throw new Error(`A page cannot have ${limit} items`);
  if (cursor === null) return 0;
  const text = Buffer.from(cursor, "base64url").toString("latin1");
  // A cursor that is not one of ours stands after everything: its page is empty.
  return /^[0-9]{1,15}$/.test(text) ? Number(text) : Number.MAX_SAFE_INTEGER;
}

export function pageFrom<Row extends { readonly position: number }, Item>(
  rows: readonly Row[],
  { limit }: PageRequest,
  itemFrom: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    items: shown.map(itemFrom),
    nextCursor: last ? Buffer.from(String(last.position)).toString("base64url") : null,
  };
}
