import type { Registry } from "../live/registry.ts";
import type { SessionStore } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { SessionId } from "../protocol/ids.ts";

/** The node that asked for a turn may have died: the class does not wait for it any longer than this. */
const HELD_AT_MOST_MS = 10_000;

export interface HeldTurns {
  /** The class decides nothing from the answer on, until `release`. */
  hold(sessionId: SessionId, holdId: string): Promise<Result>;
  /** Shows what the session has become. Refuses `unavailable` where the turn was over already. */
  release(holdId: string): Promise<Result>;
}

/** Turns of classes that run here, given to other nodes that change a session in the database. */
export function createHeldTurns(parts: {
  readonly registry: Registry;
  readonly sessions: Pick<SessionStore, "find">;
}): HeldTurns {
  const { registry, sessions } = parts;
  const held = new Map<string, { release(): void; readonly shown: Promise<unknown> }>();

  return {
    async hold(sessionId, holdId) {
      const live = await registry.taken(sessionId);
      if (!live.ok) return live;
      const before = live.data.session.sequence;
      const begun = Promise.withResolvers<void>();
      const released = Promise.withResolvers<void>();
      const timer = setTimeout(released.resolve, HELD_AT_MOST_MS);
      const shown = registry.change(sessionId, async () => {
        begun.resolve();
        await released.promise;
        const session = await sessions.find(sessionId);
        return session && session.sequence !== before ? accept(session) : refuse("not-found");
      });
      const end = () => {
        clearTimeout(timer);
        held.delete(holdId);
      };
      shown.then(end, end);
      held.set(holdId, { release: released.resolve, shown });
      await Promise.race([begun.promise, shown]);
      return accept();
    },
    async release(holdId) {
      const turn = held.get(holdId);
      if (!turn) return refuse("unavailable", "the turn was over");
      turn.release();
      await turn.shown;
      return accept();
    },
  };
}
