import { createWriteStream } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import type { Clock, Deck, Log, NewId, Slides, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { DeckId, SessionId } from "../protocol/ids.ts";

export const MAX_PDF_BYTES = 100 * 1024 * 1024;
/** Of one session, waiting or being drawn: each holds its whole file on disk. */
export const MAX_DECKS_IN_WORK = 5;

interface DeckProgress {
  readonly done: number;
  readonly total: number;
}

export interface DeckUploads {
  /**
   * Takes a PDF from the wire to disk and answers as soon as it is there; its pages are drawn after that.
   * Refuses `pdf-too-large`, `rate-limited` (too many in work), `bad-request` (it ended early).
   */
  take(sessionId: SessionId, title: string, pdf: Readable): Promise<Result<Deck>>;
  /** Pages drawn of a deck that is in work; null before the first one is known and after the last. */
  progress(deckId: DeckId): DeckProgress | null;
  /** Resolves when nothing is in work any more; close the slides first to make that soon. */
  close(): Promise<void>;
}

interface DeckUploadParts {
  readonly store: Store;
  readonly slides: Slides;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly dataDir: string;
  /** Of this node, in a cluster: each has its own uploads. */
  readonly nodeName?: string | null;
  readonly log: Log;
}

export function createDeckUploads({
  store,
  slides,
  clock,
  newId,
  dataDir,
  nodeName = null,
  log,
}: DeckUploadParts): DeckUploads {
  const folder = join(resolve(dataDir), "uploads", nodeName ?? "");
  // What an earlier process was killed over is of no use to anybody.
  const folderReady = rm(folder, { recursive: true, force: true });
  const sessionsInWork = new Map<DeckId, SessionId>();
  const progresses = new Map<DeckId, DeckProgress>();
  const works = new Set<Promise<void>>();

  async function draw(deckId: DeckId, pdfFile: string): Promise<void> {
    const result = await slides
      .rasterise(deckId, pdfFile, (done, total) => progresses.set(deckId, { done, total }))
      .catch((fault: unknown) => {
        log.error({ err: fault, deckId }, "a deck could not be made");
        return refuse("internal");
      });
    await store.decks.update(
      deckId,
      result.ok
        ? { status: "ready", failure: null, pageCount: result.data.pageCount }
        : { status: "failed", failure: result.code, pageCount: 0 },
    );
  }

  function drawLater(deckId: DeckId, pdfFile: string): void {
    const work = draw(deckId, pdfFile)
      .catch((fault: unknown) => log.error({ err: fault, deckId }, "a deck's end could not be written down"))
      .finally(() => {
        sessionsInWork.delete(deckId);
        progresses.delete(deckId);
        works.delete(work);
      });
    works.add(work);
  }

  return {
    async take(sessionId, title, pdf) {
      const inWork = [...sessionsInWork.values()].filter((session) => session === sessionId).length;
      if (inWork >= MAX_DECKS_IN_WORK) return refuse("rate-limited", "wait until the other decks are made");
      const deckId = newId("dck");
      sessionsInWork.set(deckId, sessionId);
      const pdfFile = join(folder, `${deckId}.pdf`);
      let isDrawing = false;
      try {
        await folderReady;
        await mkdir(folder, { recursive: true });
        const written = await writeBounded(pdf, pdfFile);
        if (!written.ok) return written;
        const deck: Deck = {
          id: deckId,
          sessionId,
          title,
          status: "processing",
          failure: null,
          pageCount: 0,
          createdAt: clock.now(),
        };
        await store.decks.create(deck);
        isDrawing = true;
        drawLater(deckId, pdfFile);
        return accept(deck);
      } finally {
        if (!isDrawing) {
          sessionsInWork.delete(deckId);
          await rm(pdfFile, { force: true });
        }
      }
    },
    progress: (deckId) => progresses.get(deckId) ?? null,
    async close() {
      await Promise.all(works);
    },
  };
}

/** Writes a stream to a file, up to the bound; what is too much is left to node to throw away. */
async function writeBounded(pdf: Readable, file: string): Promise<Result> {
  const out = createWriteStream(file, { flags: "wx" });
  const outFailed = new Promise<never>((_resolve, reject) => out.once("error", reject));
  outFailed.catch(() => undefined);
  let bytes = 0;
  // Destroying the request would take the connection away before the answer.
  const chunks = pdf.iterator({ destroyOnReturn: false })[Symbol.asyncIterator]();
  for (;;) {
    const next = await nextChunk(chunks);
    if (next === "ended-early") {
      out.destroy();
      return refuse("bad-request", "the upload ended early");
    }
    if (next === null) break;
    bytes += next.length;
    if (bytes > MAX_PDF_BYTES) {
      out.destroy();
      pdf.resume();
      return refuse("pdf-too-large");
    }
    if (!out.write(next)) {
      await Promise.race([new Promise<void>((drained) => out.once("drain", drained)), outFailed]);
    }
  }
  out.end();
  await finished(out);
  return accept();
}

async function nextChunk(chunks: AsyncIterator<unknown>): Promise<Buffer | "ended-early" | null> {
  try {
    const { done, value } = await chunks.next();
    if (done) return null;
    return Buffer.isBuffer(value) ? value : Buffer.from(String(value));
  } catch {
    return "ended-early";
  }
}
