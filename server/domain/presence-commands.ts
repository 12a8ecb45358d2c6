import { accept, type Result } from "../protocol/errors.ts";
import type { ClassEvent } from "../protocol/events.ts";
import type { Person } from "../protocol/people.ts";
import { latePlacing } from "./breakouts.ts";
import type { ArgsOf } from "./class-command.ts";
import { type ClassState, connectionsOf, roomFor } from "./class-state.ts";

/** PR1–PR3 */
export function decideJoin(state: ClassState, args: ArgsOf<"presence.join">): Result<ClassEvent[]> {
  const { connectionId, person, device } = args;
  if (state.connections.has(connectionId)) return accept([]);
  const events: ClassEvent[] = [];
  if (!isSamePerson(state.people.get(person.personId), person)) {
    events.push({ type: "person.admitted", person });
  }
  for (const old of connectionsOf(state, person.personId)) {
    if (old.device !== device) continue;
    events.push({ type: "presence.left", connectionId: old.connectionId, reason: "replaced" });
  }
  const who = person.role === "participant" ? { enrolmentId: person.personId } : { staffId: person.personId };
  const late = latePlacing(state, person);
  events.push(...late);
  const [placed] = late;
  const room =
    placed?.type === "breakouts.assigned" && placed.roomId ? placed.roomId : roomFor(state, person.personId);
  events.push({ type: "presence.joined", connectionId, ...who, device, room });
  return accept(events);
}

/** PR4: who leaves by the button has nothing more to ask; a lost line keeps the hand (HQ6). */
export function decideLeave(state: ClassState, args: ArgsOf<"presence.leave">): Result<ClassEvent[]> {
  const connection = state.connections.get(args.connectionId);
  if (!connection) return accept([]);
  const { personId } = connection;
  const events: ClassEvent[] = [
    { type: "presence.left", connectionId: args.connectionId, reason: args.reason },
  ];
  const isLast = connectionsOf(state, personId).length === 1;
  const hasHand = state.hands.some((hand) => hand.personId === personId);
  if (args.reason === "left" && isLast && hasHand) {
    events.push({ type: "hand.lowered", personId, by: personId });
  }
  return accept(events);
}

function isSamePerson(known: Person | undefined, person: Person): boolean {
  return (
    known !== undefined &&
    known.name === person.name &&
    known.institution === person.institution &&
    known.role === person.role
  );
}
