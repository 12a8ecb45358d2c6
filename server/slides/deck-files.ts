import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { SlidePage, SlideWidth } from "../ports.ts";
import { SLIDE_WIDTHS } from "../ports.ts";
import { type DeckId, deckIdSchema } from "../protocol/ids.ts";
import { slidePageSchema } from "./rasteriser-messages.ts";

/** Begins the name of a folder in the making; no deck's id can look like it. */
const MAKING = "making-";

/** The name of one picture inside a deck's folder. */
export function pictureName(page: number, width: SlideWidth): string {
  return `p${page}-${width}.webp`;
}

/** Where decks lie on disk: a folder each, which is either whole or not there. */
export interface DeckFiles {
  /** A new empty folder beside the decks. */
  make(): Promise<string>;
  /** Writes the pages' list into a folder in the making and gives it its deck's name. */
  finish(folder: string, deckId: DeckId, pages: readonly SlidePage[]): Promise<void>;
  discard(folder: string): Promise<void>;
  has(deckId: DeckId): boolean;
  picture(deckId: DeckId, page: number, width: SlideWidth): string | null;
  pages(deckId: DeckId): Promise<readonly SlidePage[] | null>;
}

/**
 * The decks under `root`, which only one process may use at a time, or several nodes with a name each. Removes what a
 * crash of this one left in the making.
 */
export function createDeckFiles(root: string, nodeName: string | null): DeckFiles {
  const making = nodeName === null ? MAKING : `${MAKING}${nodeName}-`;
  // A second check beside the type: these ids become paths, and a path out of here would be a leak.
  const folderOf = (deckId: DeckId): string | null =>
    deckIdSchema.safeParse(deckId).success ? join(root, deckId) : null;
  mkdirSync(root, { recursive: true });
  clearLeftovers(root, making);

  return {
    make: () => mkdtemp(join(root, making)),
    async finish(folder, deckId, pages) {
      const target = folderOf(deckId);
      if (target === null) throw new Error("a deck's id cannot name a folder");
      await writeFile(join(folder, "pages.json"), JSON.stringify(pages), { flush: true });
      await rename(folder, target);
    },
    async discard(folder) {
      await rm(folder, { recursive: true, force: true });
    },
    has(deckId) {
      const folder = folderOf(deckId);
      return folder !== null && existsSync(folder);
    },
    picture(deckId, page, width) {
      const folder = folderOf(deckId);
      if (folder === null || !Number.isSafeInteger(page) || page < 1 || !SLIDE_WIDTHS.includes(width)) {
        return null;
      }
      const file = join(folder, pictureName(page, width));
      return existsSync(file) ? file : null;
    },
    async pages(deckId) {
      const folder = folderOf(deckId);
      return folder === null ? null : await readPages(join(folder, "pages.json"));
    },
  };
}

function clearLeftovers(root: string, making: string): void {
  for (const name of readdirSync(root)) {
    if (name.startsWith(making)) rmSync(join(root, name), { recursive: true, force: true });
  }
}

async function readPages(file: string): Promise<readonly SlidePage[] | null> {
  try {
    return z.array(slidePageSchema).parse(JSON.parse(await readFile(file, "utf8")));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw new Error(`cannot read ${file}`, { cause: error });
  }
}
