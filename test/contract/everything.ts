import { expect } from "vitest";
import type { Page, PageRequest } from "../../server/ports.ts";

/** Reads a whole list in pages of `limit`. */
export async function everything<Item>(
  limit: number,
  list: (page: PageRequest) => Promise<Page<Item>>,
): Promise<Item[]> {
  const items: Item[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Item> = await list({ limit, cursor });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return items;
}
