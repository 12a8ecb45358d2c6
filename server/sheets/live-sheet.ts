import * as Y from "yjs";
import { caseViewFrom } from "../domain/case-view.ts";
import type { Clock, Log, Sheet, SheetKey, SheetReader, SheetStore } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { ConnectionId } from "../protocol/ids.ts";
import type { OpenedSheet, SheetAuthors, SheetMessage } from "../protocol/sheets.ts";
import type { SheetProgress } from "../protocol/views.ts";
import { createSheetDoc, type SheetDoc } from "./sheet-doc.ts";

/** Rows after which a sheet is put together in one. */
const COMPACT_AFTER = 300;

export interface LiveSheet {
  open(reader: SheetReader, stateVector: Uint8Array | undefined): Promise<Result<OpenedSheet>>;
  /** Answers when the change is durable; then it is told to the others who have the sheet open. */
  update(by: SheetReader, update: Uint8Array): Promise<Result>;
  /** Those who have it open and may still read it. */
  readers(): readonly SheetReader[];
  /** How far it is; null while it is not in memory. */
  progress(): SheetProgress | null;
  isIdle(): boolean;
  /** Resolves when what is under way is done. */
  settled(): Promise<void>;
  close(): void;
}

interface Job {
  readonly reader: SheetReader;
  readonly kind: "open" | "update";
  readonly bytes: Uint8Array | undefined;
  resolve(result: Result<unknown>): void;
}

/**
 * One sheet while it is used. Its jobs follow each other: what came together is taken into the document, written,
 * acknowledged and told; only then is the sheet opened for somebody. So nobody ever sees a letter that a crash
 * could take back.
 */
export function createLiveSheet(parts: {
  readonly key: SheetKey;
  readonly store: SheetStore;
  readonly clock: Clock;
  readonly log: Log;
  /** What its writes carry, so that none is taken from a node that lost the class. */
  epoch(): number | undefined;
  tell(readers: readonly SheetReader[], message: SheetMessage): void;
}): LiveSheet {
  const { key, store, clock, log } = parts;
  const readers = new Map<ConnectionId, SheetReader>();
  let waiting: Job[] = [];
  let running: Promise<void> | null = null;
  let content: { readonly sheet: Sheet; readonly doc: SheetDoc } | null = null;
  let rows = 0;

  async function load(): Promise<typeof content> {
    const sheet = await store.find(key);
    if (!sheet) return null;
    const stored = await store.content(key);
    rows = stored.updates.length;
    return { sheet, doc: createSheetDoc(sheet.case, stored) };
  }

  /** The document may hold what is not stored: it is built anew when it is next asked for. */
  function forget(): void {
    content?.doc.close();
    content = null;
  }

  async function work(jobs: readonly Job[]): Promise<void> {
    content ??= await load();
    if (!content) {
      for (const job of jobs) job.resolve(refuse("sheet-unknown"));
      return;
    }
    const updates = jobs.filter((job) => job.kind === "update");
    if (updates.length > 0) await takeAll(content.doc, updates);
    for (const job of jobs) if (job.kind === "open") job.resolve(openFor(content.sheet, content.doc, job));
    if (rows > COMPACT_AFTER) await compact(content.doc);
  }

  async function takeAll(doc: SheetDoc, jobs: readonly Job[]): Promise<void> {
    const outcomes = jobs.map((job) => {
      return { job, result: doc.take(job.reader.personId, job.bytes ?? new Uint8Array()) };
    });
    const changes = outcomes.flatMap(({ job, result }) =>
      result.ok && result.data ? [{ job, ...result.data }] : [],
    );
    if (changes.length > 0) {
      const update = Y.mergeUpdates(changes.map((change) => change.update));
      const authors = changes.flatMap((change) => change.authors);
      await store.append({ ...key, update, authors, at: clock.now(), epoch: parts.epoch() });
      rows += 1;
      tell(
        update,
        authors,
        changes.map(({ job }) => job.reader.connectionId),
      );
    }
    for (const { job, result } of outcomes) job.resolve(result.ok ? accept() : result);
  }

  /** Whoever alone made a change knows it; several hear of each other's, and Yjs passes over their own. */
  function tell(update: Uint8Array, authors: SheetAuthors, by: readonly ConnectionId[]): void {
    const makers = new Set(by);
    const told = currentReaders().filter(({ connectionId }) => makers.size > 1 || !makers.has(connectionId));
    parts.tell(told, { roomId: key.roomId, update, authors });
  }

  function openFor({ case: whole }: Sheet, doc: SheetDoc, job: Job): Result<OpenedSheet> {
    const { reader } = job;
    const access = reader.access();
    if (access === "none") return refuse("sheet-unknown");
    const update = doc.since(job.bytes);
    if (!update.ok) return update;
    readers.set(reader.connectionId, reader);
    return accept({
      case: caseViewFrom(whole),
      stateVector: doc.stateVector(),
      update: update.data,
      authors: doc.authors(),
      canWrite: access === "write",
    });
  }

  async function compact(doc: SheetDoc): Promise<void> {
    const all = doc.since(undefined);
    if (!all.ok) return;
    await store.compact(key, all.data, clock.now(), parts.epoch());
    rows = 1;
  }

  function currentReaders(): readonly SheetReader[] {
    for (const [connectionId, reader] of readers) {
      if (reader.access() === "none") readers.delete(connectionId);
    }
    return [...readers.values()];
  }

  async function run(): Promise<void> {
    while (waiting.length > 0) {
      const jobs = waiting;
      waiting = [];
      try {
        await work(jobs);
      } catch (err) {
        log.error({ err, ...key }, "a sheet could not be read or written");
        forget();
        // Whoever was answered already stays answered.
        for (const job of jobs) job.resolve(refuse("unavailable"));
      }
    }
    running = null;
  }

  function add(reader: SheetReader, kind: Job["kind"], bytes: Uint8Array | undefined) {
    return new Promise<Result<unknown>>((resolve) => {
      waiting.push({ reader, kind, bytes, resolve });
      running ??= run();
    });
  }

  return {
    open: (reader, stateVector) => add(reader, "open", stateVector) as Promise<Result<OpenedSheet>>,
    update: (by, update) => add(by, "update", update) as Promise<Result>,
    readers: currentReaders,
    progress() {
      const answers = content?.doc.answers();
      return answers
        ? { answered: answers.filter(({ answer }) => answer.trim() !== "").length, of: answers.length }
        : null;
    },
    isIdle: () => running === null && currentReaders().length === 0,
    settled: () => running ?? Promise.resolve(),
    close: forget,
  };
}
