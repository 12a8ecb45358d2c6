import type { ClassEvent } from "./events.ts";
import type { BreakoutRoomId, PersonId } from "./ids.ts";
import type { BreakoutsView } from "./views.ts";

/** As much of an event as the breakout rooms follow: both the class's own and the ones a client is shown. */
type Followed = Extract<
  ClassEvent,
  {
    type:
      | `breakouts.${string}`
      | `role.${string}`
      | `help.${string}`
      | `broadcast.${string}`
      | `sheet.${string}`;
  }
>;

/** How many broadcasts stay to be read again. */
const KEPT_BROADCASTS = 20;

export function isOfBreakouts(event: { readonly type: string }): event is Followed {
  return /^(breakouts|role|help|broadcast|sheet)\./.test(event.type);
}

/**
 * The breakout rooms after an event; `at` is the event's time (epoch ms). The one place that knows: the
 * server's state and every client's view follow it.
 */
export function breakoutsAfter(
  breakouts: BreakoutsView | null,
  event: Followed,
  at: number,
): BreakoutsView | null {
  if (event.type === "breakouts.planned") return plannedFrom(event);
  if (event.type === "breakouts.discarded" || !breakouts) return null;
  switch (event.type) {
    case "breakouts.assigned":
      return assigned(breakouts, event.personId, event.roomId);
    case "breakouts.opened":
      return { ...breakouts, status: "open", openedAt: at, endsAt: event.endsAt, recalled: null };
    case "breakouts.extended":
      return { ...breakouts, endsAt: event.endsAt };
    case "breakouts.recalled":
      return { ...breakouts, recalled: event.roomId };
    case "breakouts.closed":
      return breakoutsClosed(breakouts);
    case "role.taken":
      return withRole(breakouts, event.roomId, event.role, event.personId);
    case "role.left":
      return withRole(breakouts, event.roomId, event.role, null);
    case "help.asked": {
      const { roomId, personId } = event;
      return { ...breakouts, help: [...breakouts.help, { roomId, personId, askedAt: at }] };
    }
    case "help.ended":
      return { ...breakouts, help: breakouts.help.filter((one) => one.roomId !== event.roomId) };
    case "broadcast.posted": {
      const { personId, text } = event;
      return {
        ...breakouts,
        broadcasts: [...breakouts.broadcasts, { personId, text, at }].slice(-KEPT_BROADCASTS),
      };
    }
    case "broadcast.voiced":
      return { ...breakouts, voice: event.connectionId };
    case "sheet.presented":
      return { ...breakouts, presentedRoom: event.roomId };
    case "sheet.hidden":
      return { ...breakouts, presentedRoom: null };
  }
}

/** Rooms closed: the plan, its roles and its sheets stay. */
export function breakoutsClosed(breakouts: BreakoutsView): BreakoutsView {
  return { ...breakouts, status: "planned", endsAt: null, help: [], broadcasts: [], voice: null };
}

function plannedFrom(event: Extract<Followed, { type: "breakouts.planned" }>): BreakoutsView {
  const { rooms, assignment, placing, case: work, slides, minutes } = event;
  return {
    status: "planned",
    rooms,
    assignment,
    placing,
    unplaced: [],
    case: work,
    slides,
    minutes,
    openedAt: null,
    endsAt: null,
    roles: {},
    help: [],
    broadcasts: [],
    voice: null,
    recalled: null,
    presentedRoom: null,
  };
}

/** Who goes to another room leaves the roles of the one before behind. */
function assigned(
  breakouts: BreakoutsView,
  personId: PersonId,
  roomId: BreakoutRoomId | null,
): BreakoutsView {
  const assignment = { ...breakouts.assignment };
  const before = assignment[personId];
  if (roomId === null) delete assignment[personId];
  else assignment[personId] = roomId;
  const others = breakouts.unplaced.filter((one) => one !== personId);
  const unplaced = roomId === null ? [...others, personId] : others;
  if (before === undefined || before === roomId) return { ...breakouts, assignment, unplaced };
  const kept = Object.entries(breakouts.roles[before] ?? {}).filter(([, holder]) => holder !== personId);
  const roles = { ...breakouts.roles, [before]: Object.fromEntries(kept) };
  return { ...breakouts, assignment, unplaced, roles };
}

function withRole(
  breakouts: BreakoutsView,
  roomId: BreakoutRoomId,
  role: string,
  holder: PersonId | null,
): BreakoutsView {
  const roles = { ...breakouts.roles[roomId] };
  if (holder === null) delete roles[role];
  else roles[role] = holder;
  return { ...breakouts, roles: { ...breakouts.roles, [roomId]: roles } };
}
