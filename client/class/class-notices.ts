import { MAIN_ROOM } from "../../server/protocol/ids.ts";
import { isStaff } from "../../server/protocol/people.ts";
import { nameOf } from "./attendees.ts";
import type { ClassView } from "./class-view.ts";

/** Something that changed in the class and that this person should be told in passing. */
export type ClassNotice =
  | { readonly type: "class-started" }
  | { readonly type: "hand-raised"; readonly name: string }
  | { readonly type: "you-are-called" }
  | { readonly type: "rooms-closed" };

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
  return isClosed && (wasAway || isStaff(after.you.role)) ? [{ type: "rooms-closed" }] : [];
}
