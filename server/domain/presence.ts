import type { EvidenceRow } from "../protocol/evidence.ts";

/** One connection of a participant, joined to left; `endAt` is null while nothing has ended it (AT2). */
export interface ConnectionSpan {
  readonly connectionId: string;
  readonly startAt: number;
  readonly endAt: number | null;
  /** Where it was and since when, in order. */
  readonly rooms: readonly { readonly room: string; readonly sinceAt: number }[];
}

/** Recoveries with no joined row between them (AT5). */
export interface Outage {
  /** The first one's `lastAliveAt`. */
  readonly startAt: number;
  /** The last one's `at`. */
  readonly endAt: number;
  /** The next joined row of anybody; null if none follows. */
  readonly nextJoinedAt: number | null;
}

/** A person's connection was open when this outage began; null if they never joined again. */
export interface Interruption {
  readonly outage: Outage;
  readonly rejoinedAt: number | null;
}

export interface PersonPresence {
  readonly connections: readonly ConnectionSpan[];
  readonly interruptions: readonly Interruption[];
}

export interface Presence {
  /** By enrolment id; whoever never joined is not there. */
  readonly people: ReadonlyMap<string, PersonPresence>;
  readonly outages: readonly Outage[];
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
interface OpenConnection {
  readonly span: Mutable<ConnectionSpan> & { rooms: { room: string; sinceAt: number }[] };
  readonly person: PersonLog | null;
}
interface PersonLog extends PersonPresence {
  readonly connections: ConnectionSpan[];
  readonly interruptions: Mutable<Interruption>[];
  /** Interruptions that this person has not come back from yet. */
  pending: Mutable<Interruption>[];
}

/**
 * Who was connected when, and where the server was down: AT2 and AT5 before anything is measured against
 * held time. One pass; `rows` must be in order of `seq`.
 */
export function presenceFrom(rows: readonly EvidenceRow[]): Presence {
  const people = new Map<string, PersonLog>();
  const open = new Map<string, OpenConnection>();
  const outages: Mutable<Outage>[] = [];
  /** The outage that no joined row has ended yet: a further recovery only lengthens it. */
  let current: Mutable<Outage> | null = null;

  for (const row of rows) {
    switch (row.type) {
      case "presence.joined": {
        if (open.has(row.connectionId)) break;
        if (current) current.nextJoinedAt = row.at;
        current = null;
        const person = row.enrolmentId && !row.staffId ? personOf(people, row.enrolmentId) : null;
        const span = {
          connectionId: row.connectionId,
          startAt: row.at,
          endAt: null,
          rooms: [{ room: row.room, sinceAt: row.at }],
        };
        if (person) welcomeBack(person, span, row.at);
        open.set(row.connectionId, { span, person });
        break;
      }
      case "presence.left": {
        const connection = open.get(row.connectionId);
        if (connection) connection.span.endAt = row.at;
        open.delete(row.connectionId);
        break;
      }
      case "room.moved":
        open.get(row.connectionId)?.span.rooms.push({ room: row.room, sinceAt: row.at });
        break;
      case "server.recovered": {
        if (current) current.endAt = row.at;
        else {
          current = { startAt: row.lastAliveAt, endAt: row.at, nextJoinedAt: null };
          outages.push(current);
        }
        interrupt(open, current, row.lastAliveAt);
        break;
      }
    }
  }
  return { people, outages };
}

function personOf(people: Map<string, PersonLog>, enrolmentId: string): PersonLog {
  const known = people.get(enrolmentId);
  if (known) return known;
  const person: PersonLog = { connections: [], interruptions: [], pending: [] };
  people.set(enrolmentId, person);
  return person;
}

function welcomeBack(person: PersonLog, span: ConnectionSpan, at: number): void {
  person.connections.push(span);
  for (const interruption of person.pending) interruption.rejoinedAt = at;
  person.pending = [];
}

/** The server had stopped: every open connection ended when it was last alive, whoever's it was. */
function interrupt(open: Map<string, OpenConnection>, outage: Outage, lastAliveAt: number): void {
  const interrupted = new Set<PersonLog>();
  for (const { span, person } of open.values()) {
    span.endAt = lastAliveAt;
    if (person) interrupted.add(person);
  }
  open.clear();
  for (const person of interrupted) {
    const interruption = { outage, rejoinedAt: null };
    person.interruptions.push(interruption);
    person.pending.push(interruption);
  }
}
