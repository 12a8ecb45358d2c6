import { type BreakoutRoomId, MAIN_ROOM } from "../../../server/protocol/ids.ts";
import type { ClassView } from "../class-view.ts";

/** The sheet that fills the stage: in a room that works on a case, unless one looks at its people; else the presented one. */
export function stageSheetFrom(
  { breakouts, you }: Pick<ClassView, "breakouts" | "you">,
  roomView: "work" | "people",
): BreakoutRoomId | null {
  if (!breakouts?.case) return null;
  if (you.room === MAIN_ROOM) return breakouts.presentedRoom;
  return roomView === "work" ? you.room : null;
}

/**
 * Whose answer sheet one looks at: that of the room one is in; in the main room the one on the stage, and else
 * one's own once the rooms have been open. Null where the rooms work on no case.
 */
export function sheetRoomFrom({
  breakouts,
  you,
}: Pick<ClassView, "breakouts" | "you">): BreakoutRoomId | null {
  if (!breakouts?.case) return null;
  if (you.room !== MAIN_ROOM) return you.room;
  if (breakouts.presentedRoom) return breakouts.presentedRoom;
  return breakouts.openedAt === null ? null : (breakouts.assignment[you.personId] ?? null);
}
