import { decideThere, WARNING_MS } from "../domain/recording-retention.ts";
import type { Clock, Exports, Log, Recording, RecordingFiles, RecordingRemoval, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { PersonId, RecordingId, SessionId } from "../protocol/ids.ts";
import type { TrailAction, TrailActor } from "../protocol/trail.ts";
import type { Trail } from "./trail.ts";

/** Retention counts in days: a turn now and then is enough. */
const TURN_EVERY_MS = 10 * 60_000;
/** The first one soon after the start: it goes on with what a stop interrupted. */
const FIRST_TURN_MS = 1_000;
/** So much of each kind in a turn: what is left waits for the next. */
const MOST = 20;
/** Those that have to wait for a recording under way must not hide the others. */
const MOST_REMOVALS = 1_000;

interface KeeperParts {
  readonly store: Pick<Store, "recordings" | "recordingRemovals" | "captions" | "sessions">;
  readonly files: RecordingFiles;
  readonly exports: Pick<Exports, "removeAll">;
  readonly trail: Trail;
  readonly clock: Clock;
  readonly log: Log;
}

/** Deletes what is not to be kept: recordings whose time is over, and people out of those that stay. */
export interface RecordingKeeper {
  /** All that is due now. Resolves when it is done, or could not be done (which is logged, and tried again). */
  turn(): Promise<void>;
  /** For good, at once. Refuses `not-found`, `recording-running`, `recording-deleted`. */
  delete(recordingId: RecordingId, order: { readonly by: string; readonly note: string }): Promise<Result>;
  /**
   * Takes somebody out of the session's recordings; out of one under way when it has ended. Answers how many lost them,
   * and how many wait.
   */
  removeFrom(
    sessionId: SessionId,
    personId: PersonId,
    by: string,
  ): Promise<{ readonly removed: number; readonly waiting: number }>;
  /** Waits for what is under way. */
  close(): Promise<void>;
}

/** RO3, RO4, RO6, RO12: the turns of a clock, one after the other. */
export function createRecordingKeeper(parts: KeeperParts): RecordingKeeper {
  const { store, files, exports, trail, clock, log } = parts;
  const { recordings, recordingRemovals } = store;
  let tail: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  let isTurning = false;
  let cancel = clock.after(FIRST_TURN_MS, next);

  function next(): void {
    cancel = clock.after(TURN_EVERY_MS, next);
    if (isTurning) return;
    isTurning = true;
    void turn().finally(() => {
      isTurning = false;
    });
  }

  /** One at a time: two that delete the same would count it twice. */
  function inTurn<Answer>(run: () => Promise<Answer>): Promise<Answer> {
    const done = tail.then(run);
    tail = done.catch(() => undefined);
    return done;
  }

  async function each<Item>(
    what: string,
    items: Promise<readonly Item[]>,
    run: (item: Item) => Promise<unknown>,
  ) {
    try {
      for (const item of await items) {
        if (isClosed) return;
        await run(item).catch((err: unknown) => log.error({ err, item }, what));
      }
    } catch (err) {
      log.error({ err }, what);
    }
  }

  async function turnNow(): Promise<void> {
    const now = clock.now();
    await each("a recording could not be deleted", recordings.unfinishedDeletions(MOST), carryOut);
    // What was being made of a recording as it was deleted may have come after it.
    await each("a deleted recording's folder stays", files.folders(), async (recordingId) => {
      const recording = await recordings.find(recordingId);
      if (recording?.deletion?.doneAt != null) await files.remove(recordingId);
    });
    await each(
      "somebody could not be taken out of a recording",
      recordingRemovals.open(MOST_REMOVALS),
      remove,
    );
    await each("a recording whose time is over stays", recordings.due(now, MOST), async (recording) => {
      const order = { at: now, by: "server", reason: "retention", note: null } as const;
      const isOurs = await recordings.orderDeletion(recording.recordingId, order);
      if (isOurs) await carryOut({ ...recording, deletion: { ...order, doneAt: null } });
    });
    await each("nobody is warned of a deletion", recordings.unwarned(now + WARNING_MS, MOST), async (one) => {
      if (await recordings.warn(one.recordingId, now)) await note(one, "recording.deletion-due");
    });
    await each("a recording is not measured", recordings.unmeasured(MOST), async ({ recordingId }) => {
      await recordings.measure(recordingId, await files.bytesOf(recordingId));
    });
  }
  const turn = () => inTurn(turnNow);

  async function removeAll(recordingId: RecordingId): Promise<void> {
    await exports.removeAll(recordingId);
    await files.remove(recordingId);
    await removeCaptions(recordingId);
  }

  async function removeCaptions(recordingId: RecordingId): Promise<void> {
    for (const { language } of await store.captions.list(recordingId)) {
      await store.captions.remove(recordingId, language);
    }
  }

  /** Files first, then the trail, then the row: what is cut off is done again, and told twice rather than never. */
  async function carryOut(recording: Recording): Promise<void> {
    await removeAll(recording.recordingId);
    await note(recording, "recording.deleted");
    await recordings.finishDeletion(recording.recordingId, clock.now());
  }

  /** False where it has to wait for the end of the recording. */
  async function remove({ recordingId, personId }: RecordingRemoval): Promise<boolean> {
    const recording = await recordings.find(recordingId);
    if (recording?.deletion) return false;
    if (!recording || recording.endedAt === null) return false;
    await exports.removeAll(recordingId);
    if (!(await files.removePerson(recordingId, personId))) return false;
    // They say what was said, and nobody can tell by whom.
    await removeCaptions(recordingId);
    await recordingRemovals.finish(recordingId, personId, clock.now());
    return true;
  }

  async function note(recording: Recording, action: TrailAction): Promise<void> {
    const session = await store.sessions.find(recording.sessionId);
    await trail.note({
      action,
      actor: actorFrom(recording.deletion?.by ?? "server"),
      subject: { kind: "recording", id: recording.recordingId },
      sessionId: recording.sessionId,
      programmeId: session?.programmeId ?? null,
      detail: recording.deletion ? { reason: recording.deletion.reason } : {},
    });
  }

  return {
    turn,
    delete: (recordingId, { by, note: text }) =>
      inTurn(async () => {
        const recording = await recordings.find(recordingId);
        if (!recording) return refuse("not-found", "there is no such recording");
        const may = decideThere(recording);
        if (!may.ok) return may;
        const order = { at: clock.now(), by, reason: "staff", note: text } as const;
        if (!(await recordings.orderDeletion(recordingId, order))) return refuse("recording-deleted");
        await removeAll(recordingId);
        await recordings.finishDeletion(recordingId, clock.now());
        return accept();
      }),
    removeFrom: (sessionId, personId, by) =>
      inTurn(async () => {
        const there = (await recordings.list(sessionId)).filter(({ deletion }) => deletion === null);
        const at = clock.now();
        for (const { recordingId } of there) {
          await recordingRemovals.ask({ recordingId, personId, askedAt: at, askedBy: by });
        }
        let removed = 0;
        for (const { recordingId } of there) {
          if (await remove({ recordingId, personId, askedAt: at, askedBy: by, doneAt: null })) removed += 1;
        }
        return { removed, waiting: there.length - removed };
      }),
    async close() {
      isClosed = true;
      cancel();
      await tail;
    },
  };
}

function actorFrom(by: string): TrailActor {
  if (by.startsWith("adm_")) return { kind: "account", id: by };
  return by.startsWith("key_") ? { kind: "key", id: by } : { kind: "server", id: null };
}
