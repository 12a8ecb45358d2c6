import type { BreakoutRoomId } from "../../../server/protocol/ids.ts";
import { isStaff } from "../../../server/protocol/people.ts";
import type { ClassView } from "../class-view.ts";

/** The role whose holder presents for the group, as the server knows it. */
const PRESENTER = "presenter";

/** Whether one may put a room's sheet on the stage and take it away: staff, and the group's presenter. */
export function canPresent({ breakouts, you }: ClassView, roomId: BreakoutRoomId): boolean {
  return isStaff(you.role) || breakouts?.roles[roomId]?.[PRESENTER] === you.personId;
}

/** The room whose sheet one could present now: one's own as its presenter, once rooms are closed and the stage is free. */
export function ownPresentableRoom({ breakouts, you }: ClassView): BreakoutRoomId | null {
  if (!breakouts?.case || breakouts.status === "open" || breakouts.presentedRoom) return null;
  if (breakouts.openedAt === null) return null;
  const held = breakouts.rooms.find(({ roomId }) => breakouts.roles[roomId]?.[PRESENTER] === you.personId);
  return held?.roomId ?? null;
}
