import type { Clock, Store } from "../ports.ts";
import {
  TRAIL_ACTIONS,
  type TrailAction,
  type TrailActor,
  type TrailDetail,
  type TrailSubject,
  trailEntrySchema,
} from "../protocol/trail.ts";

/** What one row is to say; what is left out it does not name. */
export interface TrailNote {
  readonly actor: TrailActor;
  readonly action: TrailAction;
  readonly subject: TrailSubject;
  /** Enrolments and staff whom it names, by id; none where it is about a whole list. */
  readonly people?: readonly string[];
  readonly programmeId?: string | null;
  readonly sessionId?: string | null;
  /** Numbers, formats, names of fields: never what a field holds. */
  readonly detail?: TrailDetail;
}

/** The one way into the trail. */
export interface Trail {
  /**
   * Resolves when the row is durable. A read or a refusal that repeats one of the last five minutes (the same
   * actor, action, subject and detail) is not written again: a page that asks every few seconds is one look.
   */
  note(note: TrailNote): Promise<void>;
}

const REPEAT_MS = 5 * 60_000;
/** So many are remembered before the old ones are forgotten. */
const MAX_REMEMBERED = 5_000;

/** Nothing to close: what it remembers is only what was written lately. */
export function createTrail({ store, clock }: { store: Pick<Store, "trail">; clock: Clock }): Trail {
  const writtenAt = new Map<string, number>();

  function isRepeated(key: string, now: number): boolean {
    const last = writtenAt.get(key);
    return last !== undefined && now - last < REPEAT_MS;
  }

  function remember(key: string, now: number): void {
    if (writtenAt.size >= MAX_REMEMBERED) {
      for (const [other, at] of writtenAt) if (now - at >= REPEAT_MS) writtenAt.delete(other);
      if (writtenAt.size >= MAX_REMEMBERED) writtenAt.clear();
    }
    writtenAt.set(key, now);
  }

  return {
    async note({ actor, action, subject, people = [], programmeId = null, sessionId = null, detail = {} }) {
      const now = clock.now();
      const kind = TRAIL_ACTIONS[action];
      const isGrouped = kind === "read" || kind === "refusal";
      const key = JSON.stringify([actor, action, subject, detail]);
      if (isGrouped && isRepeated(key, now)) return;
      const entry = { at: now, actor, action, subject, people, programmeId, sessionId, detail };
      await store.trail.append(trailEntrySchema.parse(entry));
      if (isGrouped) remember(key, now);
    },
  };
}
