import { type ClassStore, OvertakenError } from "../ports.ts";
import type { SessionId } from "../protocol/ids.ts";
import { createTurns } from "./turns.ts";

/** Whoever is overtaken decides anew; each time somebody else got on. */
const TRIES_AT_MOST = 50;

/**
 * Runs what the office decides about a session one after the other. On one node they wait for each other; of two nodes
 * the database lets one end its turn, and the other decides anew from what is there now.
 */
export type OfficeTurns = <Data>(
  sessionId: SessionId,
  /** Reads, decides, and writes with this turn's number last. It may run again: nothing of it was written then. */
  step: (turn: number) => Promise<Data>,
) => Promise<Data>;

export function createOfficeTurns(classes: Pick<ClassStore, "officeTurn">): OfficeTurns {
  const inTurn = createTurns<SessionId>();
  return (sessionId, step) =>
    inTurn(sessionId, async () => {
      for (let tries = 1; ; tries += 1) {
        const turn = await classes.officeTurn(sessionId);
        try {
          return await step(turn);
        } catch (fault) {
          if (!(fault instanceof OvertakenError) || tries === TRIES_AT_MOST) throw fault;
        }
      }
    });
}
