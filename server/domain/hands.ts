import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { ClassEvent } from "../protocol/events.ts";
import type { PersonId } from "../protocol/ids.ts";
import { isStaff } from "../protocol/people.ts";
import type { HandView } from "../protocol/views.ts";
import { type Actor, nameOfActor } from "./class-command.ts";
import { type ClassState, type EventOf, isPresent } from "./class-state.ts";

type PersonActor = Extract<Actor, { kind: "person" }>;

/** HQ1, HQ2: the queue's order is the order in which the server took the commands. */
export function decideRaise(state: ClassState, actor: PersonActor): Result<ClassEvent[]> {
  if (handOf(state, actor.personId)) return refuse("hand-already-raised");
  return accept([{ type: "hand.raised", personId: actor.personId }]);
}

/** HQ3: one's own hand, or, for staff, anybody's. */
export function decideLower(
  state: ClassState,
  actor: PersonActor,
  personId: PersonId = actor.personId,
): Result<ClassEvent[]> {
  if (personId !== actor.personId && !isStaff(actor.role)) return refuse("forbidden");
  if (!handOf(state, personId)) return refuse("hand-not-raised");
  return accept([{ type: "hand.lowered", personId, by: actor.personId }]);
}

/** HQ4, HQ5: any hand may be called; whoever was called before is done. */
export function decideCall(state: ClassState, actor: PersonActor, personId: PersonId): Result<ClassEvent[]> {
  const hand = handOf(state, personId);
  if (!hand) return refuse("hand-not-raised");
  if (!isPresent(state, personId)) return refuse("person-not-present");
  if (hand.calledAt !== null) return accept([]);
  const done = state.hands.filter((other) => other.calledAt !== null);
  return accept([
    ...done.map((other): ClassEvent => {
      return { type: "hand.lowered", personId: other.personId, by: actor.personId };
    }),
    { type: "hand.called", personId, by: actor.personId },
  ]);
}

/** HQ7 */
export function decideClear(state: ClassState, actor: Actor): Result<ClassEvent[]> {
  if (state.hands.length === 0) return accept([]);
  return accept([{ type: "hands.cleared", by: nameOfActor(actor) }]);
}

export function applyHandRaised(
  hands: readonly HandView[],
  event: EventOf<"hand.raised">,
  at: number,
): readonly HandView[] {
  return [...hands, { personId: event.personId, raisedAt: at, calledAt: null }];
}

export function applyHandCalled(
  hands: readonly HandView[],
  event: EventOf<"hand.called">,
  at: number,
): readonly HandView[] {
  return hands.map((hand) => (hand.personId === event.personId ? { ...hand, calledAt: at } : hand));
}

function handOf(state: ClassState, personId: PersonId): HandView | undefined {
  return state.hands.find((hand) => hand.personId === personId);
}
