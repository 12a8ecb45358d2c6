import { statSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Log, SlidePage, Slides } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { DeckId } from "../protocol/ids.ts";
import { createDeckFiles } from "./deck-files.ts";
import { createJobQueue } from "./job-queue.ts";
import { type RasteriserRun, runRasteriser } from "./run-rasteriser.ts";
import { DEFAULT_SLIDE_LIMITS, type SlideLimits } from "./slide-limits.ts";

export interface SlidesOptions {
  /** Decks lie in its folder `slides`, which no other process may use but nodes of the same cluster. */
  readonly dataDir: string;
  /** Of this node, in a cluster. */
  readonly nodeName?: string | null;
  /** Node 24 or newer; the one that runs this process when not given. */
  readonly nodeBin?: string;
  readonly log: Log;
  readonly limits?: Partial<SlideLimits>;
}

/** Makes slides of PDFs, each in a child process of its own, which a hostile file can kill and nothing more. */
export function createSlides({
  dataDir,
  nodeName = null,
  nodeBin = process.execPath,
  log,
  limits: given,
}: SlidesOptions): Slides {
  const limits: SlideLimits = { ...DEFAULT_SLIDE_LIMITS, ...given };
  const files = createDeckFiles(join(resolve(dataDir), "slides"), nodeName);
  const queue = createJobQueue(limits.children);
  const runs = new Set<RasteriserRun>();
  const works = new Set<Promise<unknown>>();
  const taken = new Set<DeckId>();
  let isClosed = false;

  const drawInto = async (
    folder: string,
    deckId: DeckId,
    pdfFile: string,
    onProgress: (done: number, total: number) => void,
  ): Promise<Result<{ readonly pageCount: number }>> => {
    if (isClosed) return refuse("unavailable", "the server is stopping");
    const run = runRasteriser({ nodeBin, limits, pdfFile: resolve(pdfFile), folder, onProgress });
    runs.add(run);
    const result = await run.result;
    runs.delete(run);
    if (!result.ok) return result;
    await files.finish(folder, deckId, result.data);
    return accept({ pageCount: result.data.length });
  };

  const make: Slides["rasterise"] = async (deckId, pdfFile, onProgress) => {
    // Without waiting, so that files queue in the order in which they came.
    const refusal = refusalBeforeReading(pdfFile, limits);
    if (refusal !== null) return refusal;
    return await queue.run(async () => {
      const folder = await files.make();
      try {
        return await drawInto(folder, deckId, pdfFile, onProgress);
      } finally {
        await files.discard(folder);
      }
    });
  };

  const rasterise: Slides["rasterise"] = async (deckId, pdfFile, onProgress) => {
    const startedAt = performance.now();
    const isTaken = taken.has(deckId) || files.has(deckId);
    if (!isTaken) taken.add(deckId);
    try {
      const result = isTaken ? refuse("already-exists") : await make(deckId, pdfFile, onProgress);
      const context = { deckId, ms: Math.round(performance.now() - startedAt) };
      if (result.ok) log.info({ ...context, pageCount: result.data.pageCount }, "slides made");
      else log.warn({ ...context, code: result.code, details: result.details }, "slides refused");
      return result;
    } catch (error) {
      // A full disk, a folder that went away: nothing the file did, and it may work later.
      log.error({ deckId, err: error }, "slides could not be made");
      return refuse("unavailable");
    } finally {
      if (!isTaken) taken.delete(deckId);
      await rm(pdfFile, { force: true });
    }
  };

  return {
    rasterise(deckId, pdfFile, onProgress) {
      const work = rasterise(deckId, pdfFile, onProgress);
      works.add(work);
      return work.finally(() => works.delete(work));
    },
    pictureFile: files.picture,
    pages: (deckId): Promise<readonly SlidePage[] | null> => files.pages(deckId),
    async close() {
      isClosed = true;
      for (const run of runs) run.stop();
      await Promise.allSettled(works);
    },
  };
}

function refusalBeforeReading(pdfFile: string, limits: SlideLimits) {
  const { size } = statSync(pdfFile);
  if (size > limits.maxBytes) return refuse("pdf-too-large", `${size} bytes`);
  return size === 0 ? refuse("pdf-broken", "an empty file") : null;
}
