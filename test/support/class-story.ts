import { expect } from "vitest";
import { applyEvent } from "../../server/domain/apply.ts";
import type { Actor, ClassCommand } from "../../server/domain/class-command.ts";
import { type ClassState, EMPTY_CLASS } from "../../server/domain/class-state.ts";
import { decide } from "../../server/domain/decide.ts";
import type { ErrorCode } from "../../server/protocol/errors.ts";
import type { ClassEvent } from "../../server/protocol/events.ts";
import type { ConnectionId, NewId, PersonId } from "../../server/protocol/ids.ts";
import type { ClassRole, Person } from "../../server/protocol/people.ts";
import { countedIds } from "./counted-ids.ts";

/** People of the tables: `ani`, `budi`… are participants, `ina` the instructor, `fajar` the facilitator. */
const ROLES: Readonly<Record<string, ClassRole>> = { ina: "instructor", fajar: "facilitator" };

export function person(name: string): Person {
  const role = ROLES[name] ?? "participant";
  const personId = `${role === "participant" ? "enr" : "stf"}_${name}` as PersonId;
  return { personId, name, institution: null, role };
}

export const idOf = (name: string): PersonId => person(name).personId;
export const connectionOf = (name: string, device = 1): ConnectionId =>
  `con_${name}${device}` as ConnectionId;

export function as(name: string, device = 1): Actor {
  const { personId, role } = person(name);
  return { kind: "person", personId, role, connectionId: connectionOf(name, device) };
}

export const server: Actor = { kind: "server" };

/** The events by which somebody comes in. */
export function joined(name: string, device = 1, room = "main"): ClassEvent[] {
  const who = person(name);
  const key = who.role === "participant" ? { enrolmentId: who.personId } : { staffId: who.personId };
  return [
    { type: "person.admitted", person: who },
    {
      type: "presence.joined",
      connectionId: connectionOf(name, device),
      ...key,
      device: `device-${name}${device}`,
      room: room as "main",
    },
  ];
}

export function joinCommand(name: string, device = 1, connection = device): ClassCommand {
  return {
    type: "presence.join",
    args: {
      connectionId: connectionOf(name, connection),
      person: person(name),
      device: `device-${name}${device}`,
    },
  };
}

export const NOW = 1_000_000;

/** The state after events, the n-th at n milliseconds. */
export function stateAfter(...events: readonly (ClassEvent | readonly ClassEvent[])[]): ClassState {
  return events
    .flat()
    .map((event, index) => ({ ...event, seq: index + 1, at: index + 1 }))
    .reduce(applyEvent, EMPTY_CLASS);
}

/** Gives a command to a state: its events, or the code of its refusal. */
export function outcome(
  state: ClassState,
  actor: Actor,
  command: ClassCommand,
  { now = NOW, closesAt = Number.POSITIVE_INFINITY, newId = countedIds() as NewId } = {},
): ClassEvent[] | ErrorCode {
  const result = decide(state, command, { actor, now, newId, closesAt });
  return result.ok ? result.data : result.code;
}

/** Runs commands one after the other, as the runner does; every one must be accepted. */
export function stateAfterCommands(
  start: ClassState,
  ...steps: readonly (readonly [Actor, ClassCommand])[]
): ClassState {
  const newId = countedIds();
  return steps.reduce((state, [actor, command], step) => {
    const events = outcome(state, actor, command, { newId });
    expect(events, `step ${step}: ${command.type}`).toBeInstanceOf(Array);
    return (events as ClassEvent[])
      .map((event, index) => ({ ...event, seq: state.seq + index + 1, at: NOW + step }))
      .reduce(applyEvent, state);
  }, start);
}
