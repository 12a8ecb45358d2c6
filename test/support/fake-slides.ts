import { readFile, rm } from "node:fs/promises";
import type { Slides } from "../../server/ports.ts";
import { accept, type Result, refuse } from "../../server/protocol/errors.ts";

/** Slides of files that begin with %PDF: two pages, whose pictures are all `pictures`. */
export class FakeSlides implements Slides {
  readonly #picture: string;
  /** What the next files are waited for; resolves at once unless a test says otherwise. */
  gate: Promise<void> = Promise.resolve();
  readonly seen: { readonly file: string; readonly bytes: number }[] = [];

  constructor(picture: string) {
    this.#picture = picture;
  }

  async rasterise(
    _deckId: string,
    pdfFile: string,
    onProgress: (done: number, total: number) => void,
  ): Promise<Result<{ readonly pageCount: number }>> {
    const bytes = await readFile(pdfFile);
    this.seen.push({ file: pdfFile, bytes: bytes.length });
    onProgress(1, 2);
    await this.gate;
    await rm(pdfFile);
    if (bytes.toString("latin1").startsWith("CRASH")) throw new Error("the rasteriser is broken");
    return bytes.toString("latin1").startsWith("%PDF") ? accept({ pageCount: 2 }) : refuse("pdf-broken");
  }

  pictureFile(_deckId: string, page: number): string | null {
    return page <= 2 ? this.#picture : null;
  }

  async pages() {
    return [1, 2].map((page) => ({ page, text: `Halaman ${page}`, width: 960, height: 540 }));
  }

  async close(): Promise<void> {}
}
