import { MAIN_ROOM } from "../../server/protocol/ids.ts";
import { isStaff } from "../../server/protocol/people.ts";
import { nameOf, roomTitle } from "./attendees.ts";
import type { ClassView } from "./class-view.ts";

/** Something that changed in the class and that this person should be told in passing. */
export type ClassNotice =
  | { readonly type: "class-started" }
  | { readonly type: "hand-raised"; readonly name: string }
  | { readonly type: "you-are-called" }
  | { readonly type: "slides-shown"; readonly title: string }
  | { readonly type: "room-entered"; readonly room: string }
  | { readonly type: "rooms-closed" };

/** What to tell this person about the change from one view to the next. */
export function noticesFrom(before: ClassView, after: ClassView): readonly ClassNotice[] {
  const notices: ClassNotice[] = [];
  if (before.status !== "open" && after.status === "open") notices.push({ type: "class-started" });
  notices.push(...handNotices(before, after), ...roomNotices(before, after));
  const shown = after.stage?.deck;
  if (shown && shown.deckId !== before.stage?.deck.deckId)
    notices.push({ type: "slides-shown", title: shown.title });
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

function roomNotices(before: ClassView, after: ClassView): ClassNotice[] {
  if (before.you.room === after.you.room) {
    const isClosed = before.breakouts?.status === "open" && after.breakouts?.status !== "open";
    return isClosed && isStaff(after.you.role) ? [{ type: "rooms-closed" }] : [];
  }
  if (after.you.room === MAIN_ROOM) {
    return after.breakouts?.status === "open" ? [] : [{ type: "rooms-closed" }];
  }
  return [{ type: "room-entered", room: roomTitle(after, after.you.room) ?? "" }];
}
