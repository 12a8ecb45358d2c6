import { mkdir, readdir, rm } from "node:fs/promises";
import os from "node:os";
import { join } from "node:path";
import type {
  Clock,
  ExportSource,
  ExportStore,
  Exports,
  Log,
  NewId,
  Slides,
  StoredExport,
} from "../../server/ports.ts";
import { accept, refuse } from "../../server/protocol/errors.ts";
import type { ExportProblem, ExportStatus, RecordingExport } from "../../server/protocol/exports.ts";
import type { ExportId, RecordingId } from "../../server/protocol/ids.ts";
import { busyShareOf, decideHold, processorTimesFrom } from "./decide-hold.ts";
import { exportBytesFor } from "./export-bytes.ts";
import { findExportPrograms } from "./export-programs.ts";
import { EXPORT_WORDS } from "./export-words.ts";
import { EXPORT_FILE, exportMsOf, renderExport } from "./render-export.ts";
import { runRender } from "./run-render.ts";
import { Cancelled, createRunningExport, type RunningExport } from "./running-export.ts";

/** How often it is looked how busy the machine is. */
const LOOK_EVERY_MS = 2_000;
const LOOK_FOR_LEFT_MS = 20_000;
const EXPORTS = "exports";
/** Those that have files, or will. */
const STANDING: readonly ExportStatus[] = ["queued", "running", "done"];

export interface ExportsOptions {
  /** Recordings lie in a folder each under it; what is made of one lies in its folder. */
  readonly dir: string;
  /** The PATH on which ffmpeg is looked for. */
  readonly programPath: string;
  readonly store: ExportStore;
  readonly slides: Pick<Slides, "pictureFile">;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly log: Log;
  /** Null where nothing is kept of the recording. */
  sourceOf(recordingId: RecordingId): Promise<ExportSource | null>;
  isClassOpen(): boolean;
  /** Where several nodes share `dir`: takes an export for this one, and keeps it while it is asked again. */
  claim?(exportId: ExportId): Promise<boolean>;
  /** Bytes that may still be written: of the disk, and of what recordings may take of it. */
  roomLeft(): Promise<number>;
}

/** Ends an export with a word for who asked for it. */
class ExportFault extends Error {
  override readonly name = "ExportFault";
  readonly problem: ExportProblem;
  constructor(problem: ExportProblem) {
    super(problem);
    this.problem = problem;
  }
}

interface Running {
  readonly exportId: ExportId;
  readonly running: RunningExport;
  readonly over: Promise<void>;
}

/** Makes MP4s of recordings. Those that a stop interrupted go on with their next piece. */
export async function createExports(options: ExportsOptions): Promise<Exports> {
  const { dir, store, clock, log, newId, sourceOf, roomLeft } = options;
  await mkdir(dir, { recursive: true });
  let found: ReturnType<typeof findExportPrograms> | null = null;
  /** Looked for when first needed: most starts need none. */
  const findPrograms = () => {
    found ??= findExportPrograms(options.programPath);
    return found;
  };
  /** Nobody wants these any more; the records may not say so yet. */
  const taken = new Set<ExportId>();
  let current: Running | null = null;
  let isClosed = false;
  let times = processorTimesFrom(os.cpus());
  let cancelLook: () => void = () => undefined;
  let cancelLeft: () => void = () => undefined;

  const folderOf = (recordingId: RecordingId, exportId: ExportId) =>
    join(dir, recordingId, EXPORTS, exportId);

  function viewOf(one: StoredExport): RecordingExport {
    const now = current?.exportId === one.exportId ? current.running : null;
    if (!now) return { ...one, leftMs: null, isHeld: false };
    const doneMs = Math.max(one.doneMs, now.doneMs());
    return { ...one, doneMs, leftMs: now.leftMs(one.totalMs), isHeld: now.isHeld() };
  }

  function look(): void {
    if (!current) return;
    cancelLook = clock.after(LOOK_EVERY_MS, look);
    const before = times;
    times = processorTimesFrom(os.cpus());
    const { running, exportId } = current;
    // While nobody can say whose it is it stays here.
    void options.claim?.(exportId).then(
      (isOurs) => isOurs || lose(exportId),
      () => undefined,
    );
    const isHeld = running.isHeld();
    const isNowHeld = decideHold({
      isClassOpen: options.isClassOpen(),
      busyShare: busyShareOf(before, times),
      isHeld,
    });
    running.setHeld(isNowHeld);
  }

  /** This node stood still for longer than others leave an export alone: another makes it now, in the same folder. */
  function lose(exportId: ExportId): void {
    if (current?.exportId !== exportId) return;
    log.warn({ exportId }, "another node has taken an export");
    current.running.cancel();
  }

  async function render(one: StoredExport, running: RunningExport): Promise<number> {
    const programs = await findPrograms();
    if (typeof programs === "string") throw new ExportFault(programs);
    const source = await sourceOf(one.recordingId);
    if (!source) throw new ExportFault("nothing-recorded");
    let toldMs = one.doneMs;
    return renderExport({
      folder: folderOf(one.recordingId, one.exportId),
      recordingFolder: join(dir, one.recordingId),
      source,
      words: EXPORT_WORDS[one.language],
      programs,
      slides: options.slides,
      run: running.run,
      start: (args, onProgress) =>
        runRender(programs, args, folderOf(one.recordingId, one.exportId), onProgress),
      async check() {
        if (running.isCancelled() || (await isTakenElsewhere(one.exportId))) throw new Cancelled();
        if ((await roomLeft()) === 0) throw new ExportFault("disk-full");
        if (running.doneMs() > toldMs) {
          toldMs = running.doneMs();
          await store.update(one.exportId, { doneMs: toldMs });
        }
      },
      onProgress: running.tellDone,
    });
  }

  async function carryOut(one: StoredExport, running: RunningExport): Promise<void> {
    const { exportId, recordingId, totalMs } = one;
    try {
      await store.update(exportId, { status: "running" });
      const bytes = await render(one, running);
      if (running.isCancelled()) return;
      await store.update(exportId, { status: "done", doneMs: totalMs, bytes, endedAt: clock.now() });
      log.info({ exportId, recordingId, bytes }, "a recording was exported");
    } catch (err) {
      if (running.isCancelled() || (await isTakenElsewhere(exportId))) return;
      const isFull = (await roomLeft().catch(() => 0)) === 0 || String(err).includes("No space left");
      const failure = err instanceof ExportFault ? err.problem : isFull ? "disk-full" : "render-failed";
      log.error({ err, exportId, recordingId, failure }, "a recording could not be exported");
      await rm(folderOf(recordingId, exportId), { recursive: true, force: true });
      await store.update(exportId, { status: "failed", failure, endedAt: clock.now() });
    }
  }

  /** Another node of the cluster was told that nobody wants it any more. */
  async function isTakenElsewhere(exportId: ExportId): Promise<boolean> {
    return options.claim !== undefined && (await store.find(exportId))?.status !== "running";
  }

  async function firstFree(): Promise<StoredExport | undefined> {
    for (const one of await store.unfinished()) {
      if (taken.has(one.exportId)) continue;
      if (!options.claim || (await options.claim(one.exportId).catch(() => false))) return one;
    }
    return undefined;
  }

  /** Begins with the next one that waits, unless one runs. */
  async function next(): Promise<void> {
    if (current || isClosed) return;
    const one = await firstFree();
    // Another call may have begun one meanwhile.
    if (!one || current || isClosed) return;
    const running = createRunningExport(clock);
    running.tellDone(one.doneMs);
    const over = carryOut(one, running);
    current = { exportId: one.exportId, running, over };
    times = processorTimesFrom(os.cpus());
    cancelLook();
    cancelLook = clock.after(LOOK_EVERY_MS, look);
    const goOn = () => {
      current = null;
      void next().catch(onBroken);
    };
    over.then(goOn, (err: unknown) => {
      onBroken(err);
      current = null;
    });
  }

  function onBroken(err: unknown): void {
    log.error({ err }, "exports could not go on; they do at the next start");
  }

  /** Takes away what no export needs any more: a stop may have come before it could. */
  async function clearLeftovers(): Promise<void> {
    for (const recordingId of await readdir(dir)) {
      const folder = join(dir, recordingId, EXPORTS);
      for (const name of await readdir(folder).catch(() => [])) {
        const one = await store.find(name as ExportId);
        const isNeeded = one && STANDING.includes(one.status);
        if (!isNeeded) await rm(join(folder, name), { recursive: true, force: true });
      }
    }
  }

  async function take(one: StoredExport): Promise<StoredExport> {
    taken.add(one.exportId);
    const mine = current?.exportId === one.exportId ? current : null;
    mine?.running.cancel();
    const status = one.status === "done" ? "deleted" : "cancelled";
    // Before its files go: a stop in between leaves a folder that the next start clears, never a promise without a file.
    if (STANDING.includes(one.status)) {
      await store.update(one.exportId, { status, endedAt: clock.now() });
    }
    await mine?.over;
    await rm(folderOf(one.recordingId, one.exportId), { recursive: true, force: true });
    return (await store.find(one.exportId)) ?? one;
  }

  const ofRecording = async (recordingId: RecordingId, exportId: ExportId) => {
    const one = await store.find(exportId);
    return one?.recordingId === recordingId ? one : null;
  };

  /** What a node that is gone was at. */
  function lookForLeft(): void {
    if (isClosed || !options.claim) return;
    cancelLeft = clock.after(LOOK_FOR_LEFT_MS, lookForLeft);
    void next().catch(onBroken);
  }

  await clearLeftovers();
  await next();
  lookForLeft();

  const exports: Exports = {
    async overview(recordingId) {
      const source = await sourceOf(recordingId);
      if (!source) return null;
      const programs = await findPrograms();
      const totalMs = exportMsOf(source);
      const neededBytes = exportBytesFor(totalMs);
      const { title, programme, timeZone } = source.session;
      const free = await roomLeft();
      const isPossible = totalMs > 0 ? (free < neededBytes ? "disk-full" : null) : "nothing-recorded";
      return {
        items: (await store.list(recordingId)).map(viewOf),
        problem: typeof programs === "string" ? programs : isPossible,
        isUnderWay: source.isUnderWay,
        totalMs,
        neededBytes,
        freeBytes: free,
        startedAt: source.startAt,
        session: { title, programme, timeZone },
      };
    },
    async request(recordingId, { language, by }) {
      const now = await exports.overview(recordingId);
      const source = await sourceOf(recordingId);
      if (!now || !source) return refuse("not-found", "nothing is kept of this recording");
      if (now.isUnderWay) return refuse("recording-running");
      const standing = now.items.find((one) => one.language === language && STANDING.includes(one.status));
      if (standing) return accept(standing);
      const { problem, totalMs, neededBytes, freeBytes: free } = now;
      if (problem === "nothing-recorded" || problem === "render-failed") {
        return refuse("not-found", "nothing was recorded");
      }
      if (problem === "disk-full") return refuse(problem, { neededBytes, freeBytes: free });
      if (problem) return refuse(problem);
      const one: StoredExport = {
        exportId: newId("exp"),
        recordingId,
        sessionId: source.sessionId,
        status: "queued",
        language,
        requestedAt: clock.now(),
        requestedBy: by,
        endedAt: null,
        doneMs: 0,
        totalMs,
        bytes: null,
        failure: null,
      };
      await store.create(one);
      await next();
      return accept(viewOf((await store.find(one.exportId)) ?? one));
    },
    async find(recordingId, exportId) {
      const one = await ofRecording(recordingId, exportId);
      return one && viewOf(one);
    },
    async remove(recordingId, exportId) {
      const one = await ofRecording(recordingId, exportId);
      return one ? accept(viewOf(await take(one))) : refuse("export-unknown");
    },
    async removeAll(recordingId) {
      for (const one of await store.list(recordingId)) await take(one);
    },
    file: (recordingId, exportId) => join(folderOf(recordingId, exportId), EXPORT_FILE),
    async close() {
      if (isClosed) return;
      isClosed = true;
      cancelLook();
      cancelLeft();
      current?.running.cancel();
      await current?.over;
    },
  };
  return exports;
}
