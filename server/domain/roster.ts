import { isStaff } from "../protocol/people.ts";
import type { ConnectionView, RosterPage } from "../protocol/views.ts";
import type { ClassState, Connection } from "./class-state.ts";
import type { Viewer } from "./projection.ts";

/** So many people and connections go with a snapshot, and in each page of what follows. */
export const ROSTER_PAGE = 100;

type Roster = Pick<RosterPage, "people" | "connections">;

/** Whether a snapshot cannot hold everybody: the same pages for all who come in meanwhile follow it (FO6). */
export function rosterFollows(state: ClassState): boolean {
  return state.connections.size > ROSTER_PAGE;
}

/** Whom a snapshot shows: everybody, or in a large class the viewer, staff, raised hands and who is seen or heard. */
export function rosterShownTo(state: ClassState, viewer: Pick<Viewer, "personId">): Roster {
  if (!rosterFollows(state)) return wholeRoster(state);
  const shown = new Set([viewer.personId, ...state.hands.map((hand) => hand.personId)]);
  const connections = [...state.connections.values()].filter(
    ({ personId, media }) =>
      shown.has(personId) || isStaffIn(state, personId) || Object.values(media).includes("live"),
  );
  const present = new Set([viewer.personId, ...connections.map(({ personId }) => personId)]);
  const people = [...present].flatMap((personId) => state.people.get(personId) ?? []);
  return { people, connections: connections.map(connectionViewFrom) };
}

/** Everybody in pages, in the order in which the class knows them. */
export function rosterPagesFrom(state: ClassState): readonly RosterPage[] {
  const { people, connections } = wholeRoster(state);
  const of = Math.ceil(Math.max(people.length, connections.length) / ROSTER_PAGE);
  return Array.from({ length: of }, (_, page) => {
    const [from, to] = [page * ROSTER_PAGE, (page + 1) * ROSTER_PAGE];
    return { page, of, people: people.slice(from, to), connections: connections.slice(from, to) };
  });
}

function wholeRoster(state: ClassState): Roster {
  return {
    people: [...state.people.values()],
    connections: [...state.connections.values()].map(connectionViewFrom),
  };
}

function isStaffIn(state: ClassState, personId: Connection["personId"]): boolean {
  const role = state.people.get(personId)?.role;
  return role !== undefined && isStaff(role);
}

function connectionViewFrom({ connectionId, personId, room, joinedAt, media }: Connection): ConnectionView {
  return { connectionId, personId, room, joinedAt, media };
}
