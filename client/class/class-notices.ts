import { type BreakoutRoomId, MAIN_ROOM } from "../../server/protocol/ids.ts";
import { isStaff } from "../../server/protocol/people.ts";
import { nameOf } from "./attendees.ts";
import type { ClassView } from "./class-view.ts";

/** Something that changed in the class and that this person should be told in passing. */
export type ClassNotice =
  | { readonly type: "class-started" }
  | { readonly type: "hand-raised"; readonly name: string }
  | { readonly type: "you-are-called" }
  | { readonly type: "rooms-closed" }
  | { readonly type: "room-recalled" }
  | { readonly type: "help-asked"; readonly roomId: BreakoutRoomId }
  | { readonly type: "staff-came"; readonly name: string }
  | { readonly type: "more-time"; readonly endsAt: number };

/** What to tell this person about the change from one view to the next. */
export function noticesFrom(before: ClassView, after: ClassView): readonly ClassNotice[] {
  const notices: ClassNotice[] = [];
  if (before.status !== "open" && after.status === "open") notices.push({ type: "class-started" });
  notices.push(...handNotices(before, after), ...roomNotices(before, after));
  return notices;
}

function handNotices(before: ClassView, after: ClassView): ClassNotice[] {
  const { personId, role } = after.you;
  const was = new Map(before.hands.map((hand) => [hand.personId, hand]));
  return after.hands.flatMap((hand): ClassNotice[] => {
    const isNew = !was.has(hand.personId);
    if (hand.personId === personId) {
      const isCalledNow = hand.calledAt !== null && was.get(hand.personId)?.calledAt == null;
      return isCalledNow ? [{ type: "you-are-called" }] : [];
    }
    return isNew && isStaff(role) ? [{ type: "hand-raised", name: nameOf(after, hand.personId) }] : [];
  });
}

/** Going into a room needs no word: the banner there says it. */
function roomNotices(before: ClassView, after: ClassView): ClassNotice[] {
  const isClosed = before.breakouts?.status === "open" && after.breakouts?.status !== "open";
  const wasAway = before.you.room !== MAIN_ROOM;
  if (isClosed) return wasAway || isStaff(after.you.role) ? [{ type: "rooms-closed" }] : [];
  const isRecalled = wasAway && after.you.room === MAIN_ROOM && after.breakouts?.recalled === before.you.room;
  if (isRecalled) return [{ type: "room-recalled" }];
  return [...helpNotices(before, after), ...timeNotices(before, after), ...visitNotices(before, after)];
}

function helpNotices(before: ClassView, after: ClassView): ClassNotice[] {
  if (!isStaff(after.you.role)) return [];
  const known = new Set(before.breakouts?.help.map((one) => one.roomId));
  return (after.breakouts?.help ?? [])
    .filter((one) => !known.has(one.roomId) && one.roomId !== after.you.room)
    .map(({ roomId }) => ({ type: "help-asked", roomId }));
}

function timeNotices(before: ClassView, after: ClassView): ClassNotice[] {
  const [was, is] = [before.breakouts, after.breakouts];
  if (was?.status !== "open" || is?.status !== "open" || was.endsAt === is.endsAt) return [];
  return is.endsAt === null ? [] : [{ type: "more-time", endsAt: is.endsAt }];
}

/** Whoever of the staff comes into a breakout room is announced to those in it. */
function visitNotices(before: ClassView, after: ClassView): ClassNotice[] {
  const { room, personId } = after.you;
  if (room === MAIN_ROOM || before.you.room !== room) return [];
  const staffIn = (view: ClassView) =>
    [...view.connections.values()]
      .filter((one) => one.room === room && one.personId !== personId)
      .map((one) => one.personId)
      .filter((id) => isStaff(view.people.get(id)?.role ?? "participant"));
  const known = new Set(staffIn(before));
  return [...new Set(staffIn(after))]
    .filter((id) => !known.has(id))
    .map((id) => ({ type: "staff-came", name: nameOf(after, id) }));
}
