import type { BreakoutRoomId, PersonId, RoomId } from "../protocol/ids.ts";
import { type ClassRole, isStaff } from "../protocol/people.ts";
import { assignedRoom, type ClassState } from "./class-state.ts";

/** How long after the rooms' closing somebody who was reconnecting may hand in what they wrote. */
export const LAST_LETTERS_MS = 60_000;

/** `none`: whoever asks is told that there is no such sheet. */
export type SheetAccess = "none" | "read" | "write";

export interface SheetReader {
  readonly personId: PersonId;
  readonly role: ClassRole;
  /** Where the connection that asks is now. */
  readonly room: RoomId;
}

/**
 * What somebody may do with the answer sheet of a room. SH1: its members write while rooms are open and for a
 * minute after, and read it afterwards; SH2: staff read every sheet and write in the room they are in; SH3:
 * everybody of the class reads the one on the stage of the main room; SH4: for all others it does not exist.
 */
export function sheetAccessFrom(
  state: ClassState,
  { personId, role, room }: SheetReader,
  roomId: BreakoutRoomId,
  now: number,
): SheetAccess {
  const isOpen = state.breakouts?.status === "open";
  if (isStaff(role)) return isOpen && room === roomId ? "write" : "read";
  const isMember = assignedRoom(state, personId) === roomId;
  if (isMember && (isOpen || isWithinLastLetters(state, now))) return "write";
  // Before its rooms are opened a plan is nobody's business but the staff's.
  if (isMember && state.roomsClosedAt !== null) return "read";
  return state.breakouts?.presentedRoom === roomId ? "read" : "none";
}

function isWithinLastLetters({ roomsClosedAt }: ClassState, now: number): boolean {
  return roomsClosedAt !== null && now - roomsClosedAt <= LAST_LETTERS_MS;
}
