import type { Classes, Clock, JoinLink, Session, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { EnrolmentId } from "../protocol/ids.ts";
import { createDisputeFiles } from "./dispute-files.ts";
import { everyPageOf } from "./every-page-of.ts";
import type { RecordingKeeper } from "./recording-keeper.ts";

interface ErasureParts {
  readonly store: Store;
  readonly classes: Classes;
  readonly clock: Clock;
  readonly dataDir: string;
  readonly recordingKeeper: Pick<RecordingKeeper, "turn">;
}

export interface Erasure {
  /**
   * Takes a person's data out of all records, files and classes; what the ledger chains are ids, and stays.
   * Refuses `not-found`, and `conflict` while somebody is in a class of the programme: their pages show names.
   */
  erase(id: EnrolmentId, by: string): Promise<Result<{ readonly erasedAt: number }>>;
}

export function createErasure({ store, classes, clock, dataDir, recordingKeeper }: ErasureParts): Erasure {
  const files = createDisputeFiles(dataDir);
  return {
    async erase(id, by) {
      const person = await store.enrolments.find(id);
      if (!person) return refuse("not-found");
      const sessions = await everyPageOf((page) => store.sessions.list(person.programmeId, page));
      const links = await linksOf(store, sessions, id);
      for (const link of links) classes.endLink(link.id);
      const reloaded = await reload(classes, sessions);
      if (!reloaded.ok) return reloaded;
      for (const session of sessions) {
        const own = (await store.disputes.list(session.id)).filter((one) => one.enrolmentId === id);
        for (const dispute of own) await files.remove(dispute.id);
      }
      const erased = await store.erasure.erase(id, { by, at: clock.now() });
      if (!erased.ok) return erased;
      // RO13: the records have asked for it; what waits for the end of a recording is done then.
      await recordingKeeper.turn();
      // Whoever opened a page meanwhile made the class again, of the old log.
      for (const session of sessions) await classes.reload(session.id);
      for (const link of links) classes.endLink(link.id);
      return accept({ erasedAt: erased.data.erasedAt });
    },
  };
}

async function reload(classes: Classes, sessions: readonly Session[]): Promise<Result> {
  for (const { id } of sessions) {
    if (!(await classes.reload(id))) {
      return refuse("conflict", "people are in a class of this programme now; erase when it has ended");
    }
  }
  return accept();
}

async function linksOf(
  store: Store,
  sessions: readonly Session[],
  id: EnrolmentId,
): Promise<readonly JoinLink[]> {
  const all = [];
  for (const session of sessions) {
    const links = await everyPageOf((page) => store.links.list(session.id, page));
    all.push(...links.filter((link) => link.enrolmentId === id));
  }
  return all;
}
