import { type ClassHome, type ClassStore, FencedError } from "../ports.ts";

/** A class's own writes with the epoch of its home; `onFenced` is told when another node has taken it since. */
export function fencedClasses(classes: ClassStore, home: ClassHome, onFenced: () => void): ClassStore {
  const { epoch } = home;
  if (epoch === undefined) return classes;
  async function told(write: Promise<void>): Promise<void> {
    try {
      await write;
    } catch (fault) {
      if (isFenced(fault)) onFenced();
      throw fault;
    }
  }
  return {
    ...classes,
    append: (sessionId, events) => told(classes.append(sessionId, events, epoch)),
    appendEvidence: (sessionId, rows) => told(classes.appendEvidence(sessionId, rows, epoch)),
  };
}

function isFenced(fault: unknown): boolean {
  return fault instanceof FencedError;
}
