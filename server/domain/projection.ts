import type { SequencedEvent } from "../protocol/events.ts";
import type { ConnectionId, PersonId, RoomId } from "../protocol/ids.ts";
import type { ClassInfo, ProjectedEvent, Snapshot } from "../protocol/views.ts";
import { personIdOf } from "./apply.ts";
import type { ClassState } from "./class-state.ts";
import { rosterFollows, rosterShownTo } from "./roster.ts";

/**
 * What decides what somebody may see: viewers of one audience see the same, so that an event is projected
 * and encoded once for all of them.
 */
export interface Audience {
  readonly isStaff: boolean;
  readonly room: RoomId;
}

export function audienceKey({ isStaff, room }: Audience): string {
  return `${isStaff ? "staff" : "participants"}/${room}`;
}

/**
 * An event as an audience sees it, or null where it does not concern them. Exhaustive and default-deny: a new
 * event type does not compile before somebody decides who sees what of it.
 */
export function projectEvent(event: SequencedEvent, audience: Audience): ProjectedEvent | null {
  switch (event.type) {
    case "presence.joined": {
      const { seq, at, type, connectionId, room } = event;
      return { seq, at, type, connectionId, personId: personIdOf(event), room };
    }
    case "chat.posted":
    case "deck.shown":
    case "deck.hidden":
    case "page.turned":
      return event.room === audience.room ? event : null;
    case "class.opened":
    case "class.closed":
    case "server.recovered":
    case "presence.left":
    case "room.moved":
    case "person.admitted":
    case "hand.raised":
    case "hand.lowered":
    case "hand.called":
    case "hands.cleared":
    case "breakouts.planned":
    case "breakouts.assigned":
    case "breakouts.opened":
    case "breakouts.extended":
    case "breakouts.recalled":
    case "breakouts.closed":
    case "breakouts.discarded":
    case "role.taken":
    case "role.left":
    case "help.asked":
    case "help.ended":
    case "broadcast.posted":
    case "broadcast.voiced":
    case "sheet.presented":
    case "sheet.hidden":
    case "recording.started":
    case "recording.paused":
    case "recording.resumed":
    case "recording.limited":
    case "recording.stopped":
    case "media.changed":
      return event;
    case "recording.answered":
      return audience.isStaff ? event : null;
    default:
      return deny(event);
  }
}

function deny(_event: never): null {
  return null;
}

export interface Viewer extends Audience {
  readonly personId: PersonId;
  readonly connectionId: ConnectionId;
  readonly name: string;
  readonly role: Snapshot["you"]["role"];
}

/** The whole class as one viewer may see it. */
export function snapshotFrom(state: ClassState, viewer: Viewer, info: ClassInfo, now: number): Snapshot {
  const { personId, connectionId, name, role, room } = viewer;
  return {
    seq: state.seq,
    now,
    you: { personId, connectionId, name, role, room },
    info,
    status: state.status,
    openedAt: state.openedAt,
    ...rosterShownTo(state, viewer),
    ...(rosterFollows(state) ? { rosterFollows: true as const } : {}),
    hands: state.hands,
    chat: state.chat.filter((message) => message.room === room),
    stage: state.stages.get(room) ?? null,
    breakouts: state.breakouts,
    recording: state.recording,
    consent: state.consents.get(personId) ?? null,
    consents: viewer.isStaff ? Object.fromEntries(state.consents) : null,
  };
}
