import { applyEvent } from "../domain/apply.ts";
import { type ClassState, EMPTY_CLASS } from "../domain/class-state.ts";
import type { ClassStore } from "../ports.ts";
import type { SessionId } from "../protocol/ids.ts";

/** Classes whose state is kept for the next question. */
const KEPT = 200;

export interface ClassReader {
  /** What a class is by the database, wherever it runs. */
  state(sessionId: SessionId): Promise<ClassState>;
  /** Its events were written anew (a person was erased). */
  forget(sessionId: SessionId): void;
  /** The same of any: it was not heard of which. */
  forgetAll(): void;
}

/** Reads classes that run on other nodes, or on none: each time only the events that were not known yet. */
export function createClassReader(classes: Pick<ClassStore, "replay">): ClassReader {
  const known = new Map<SessionId, ClassState>();
  const reading = new Map<SessionId, Promise<ClassState>>();

  async function read(sessionId: SessionId): Promise<ClassState> {
    const before = known.get(sessionId) ?? EMPTY_CLASS;
    const state = (await classes.replay(sessionId, before.seq)).reduce(applyEvent, before);
    if (reading.has(sessionId)) keep(sessionId, state);
    return state;
  }

  function keep(sessionId: SessionId, state: ClassState): void {
    known.delete(sessionId);
    known.set(sessionId, state);
    for (const oldest of known.keys()) {
      if (known.size <= KEPT) return;
      known.delete(oldest);
    }
  }

  return {
    state(sessionId) {
      const under = reading.get(sessionId);
      if (under) return under;
      const started = read(sessionId).finally(() => {
        if (reading.get(sessionId) === started) reading.delete(sessionId);
      });
      reading.set(sessionId, started);
      return started;
    },
    forget(sessionId) {
      known.delete(sessionId);
      reading.delete(sessionId);
    },
    forgetAll() {
      known.clear();
      reading.clear();
    },
  };
}
