import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { ClassEvent } from "../protocol/events.ts";
import type { Slot } from "../protocol/evidence.ts";
import { decideCloseRooms } from "./breakouts.ts";
import { type Actor, nameOfActor } from "./class-command.ts";
import type { ClassState } from "./class-state.ts";
import { decideStopRecording } from "./recordings.ts";

/** The server closes a class this long after its last slot's end (DESIGN section 3). */
export const CLOSE_AFTER_LAST_SLOT_MS = 30 * 60_000;

/** When the server closes the class by itself (epoch ms); never, for a session without slots. */
export function closesAtFrom(slots: readonly Slot[]): number {
  if (slots.length === 0) return Number.POSITIVE_INFINITY;
  return Math.max(...slots.map((slot) => slot.endAt)) + CLOSE_AFTER_LAST_SLOT_MS;
}

/** CL1, SC4 */
export function decideOpen(
  state: ClassState,
  actor: Actor,
  now: number,
  { closesAt, isCancelled }: { readonly closesAt: number; readonly isCancelled: boolean },
): Result<ClassEvent[]> {
  if (isCancelled) return refuse("session-cancelled");
  if (state.status === "open") return refuse("class-already-open");
  if (now >= closesAt) return refuse("class-over", "the class ended more than 30 minutes ago");
  return accept([{ type: "class.opened", by: nameOfActor(actor) }]);
}

/** CL2: connections outlive a closing (AT2), so that a class closed by mistake goes on when reopened. */
export function decideClose(state: ClassState, actor: Actor): Result<ClassEvent[]> {
  if (state.status !== "open") return refuse("class-not-open");
  const back = decideCloseRooms(state, actor);
  const cut = decideStopRecording(state, actor, "class-closed");
  const before = [back, cut].flatMap((result) => (result.ok ? result.data : []));
  return accept([...before, { type: "class.closed", by: nameOfActor(actor) }]);
}

/**
 * CL4: after a stop of the server nobody is connected. An open class says so in its ledger; in one that is
 * not open each connection is ended by itself, lest a later opening count it.
 */
export function decideRecover(state: ClassState, lastAliveAt: number): Result<ClassEvent[]> {
  if (state.status === "open") return accept([{ type: "server.recovered", lastAliveAt }]);
  const left = [...state.connections.keys()].map((connectionId): ClassEvent => {
    return { type: "presence.left", connectionId, reason: "server-stopped" };
  });
  return accept(left);
}
