import type { CommandArgs } from "../protocol/commands.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { ClassEvent } from "../protocol/events.ts";
import { type BreakoutRoomId, MAIN_ROOM, type RoomId } from "../protocol/ids.ts";
import { isStaff } from "../protocol/people.ts";
import type { BreakoutsView } from "../protocol/views.ts";
import type { Actor } from "./class-command.ts";
import { assignedRoom, type ClassState, isPresent, roomOf } from "./class-state.ts";

/** What happens in and around rooms that work on a case: roles, help, broadcasts, a sheet on the stage. */

type PersonActor = Extract<Actor, { kind: "person" }>;
/** The role whose holder may put the room's sheet on the stage. */
export const PRESENTER = "presenter";

/** RW1: a role is taken by a click, by one person a room; from somebody who has gone it is taken over. */
export function decideTakeRole(
  state: ClassState,
  actor: PersonActor,
  { role }: CommandArgs<"role.take">,
): Result<ClassEvent[]> {
  const inRoom = breakoutRoomOf(state, actor);
  if (!inRoom.ok) return inRoom;
  const { breakouts, roomId } = inRoom.data;
  if (!breakouts.case?.roles.some((one) => one.code === role)) return refuse("role-unknown");
  if (assignedRoom(state, actor.personId) !== roomId) return refuse("forbidden");
  const holder = breakouts.roles[roomId]?.[role];
  if (holder === actor.personId) return accept([]);
  if (holder !== undefined && isPresent(state, holder)) return refuse("role-taken");
  return accept([{ type: "role.taken", roomId, role, personId: actor.personId }]);
}

/** RW2: one gives back one's own role; staff in the room free any. */
export function decideLeaveRole(
  state: ClassState,
  actor: PersonActor,
  { role }: CommandArgs<"role.leave">,
): Result<ClassEvent[]> {
  const inRoom = breakoutRoomOf(state, actor);
  if (!inRoom.ok) return inRoom;
  const { breakouts, roomId } = inRoom.data;
  const holder = breakouts.roles[roomId]?.[role];
  if (holder === undefined) return accept([]);
  if (holder !== actor.personId && !isStaff(actor.role)) return refuse("forbidden");
  return accept([{ type: "role.left", roomId, role, by: actor.personId }]);
}

/** RW3: a room asks once; the queue has the order of asking. */
export function decideAskHelp(state: ClassState, actor: PersonActor): Result<ClassEvent[]> {
  const inRoom = breakoutRoomOf(state, actor);
  if (!inRoom.ok) return inRoom;
  const { breakouts, roomId } = inRoom.data;
  if (isStaff(actor.role)) return refuse("forbidden");
  if (breakouts.help.some((one) => one.roomId === roomId)) return accept([]);
  return accept([{ type: "help.asked", roomId, personId: actor.personId }]);
}

/** RW4: whoever is in the room takes it back; staff end it from anywhere. */
export function decideCancelHelp(
  state: ClassState,
  actor: PersonActor,
  args: CommandArgs<"help.cancel">,
): Result<ClassEvent[]> {
  const here = roomOf(state, actor.connectionId);
  const roomId = args.roomId ?? here;
  if (roomId !== here && !isStaff(actor.role)) return refuse("forbidden");
  const asked = state.breakouts?.help.find((one) => one.roomId === roomId);
  if (!asked) return refuse("help-not-asked");
  return accept([{ type: "help.ended", roomId: asked.roomId, by: actor.personId }]);
}

/** RW5: what staff write to all rooms is read in each of them. */
export function decideBroadcast(state: ClassState, actor: PersonActor, text: string): Result<ClassEvent[]> {
  if (state.breakouts?.status !== "open") return refuse("breakouts-not-open");
  return accept([{ type: "broadcast.posted", personId: actor.personId, text }]);
}

/** RW6: one voice at a time is heard in all rooms; another of the staff takes over. */
export function decideVoice(state: ClassState, actor: PersonActor, isOn: boolean): Result<ClassEvent[]> {
  if (state.breakouts?.status !== "open") return refuse("breakouts-not-open");
  const { voice } = state.breakouts;
  const { connectionId, personId: by } = actor;
  if (isOn) return accept(voice === connectionId ? [] : [{ type: "broadcast.voiced", connectionId, by }]);
  return accept(voice === null ? [] : [{ type: "broadcast.voiced", connectionId: null, by }]);
}

/** RW7: staff show any room's sheet in the main room; its presenter does once the rooms are closed and the stage is free. */
export function decidePresent(
  state: ClassState,
  actor: PersonActor,
  roomId: BreakoutRoomId,
): Result<ClassEvent[]> {
  const { breakouts } = state;
  if (!breakouts) return refuse("breakouts-none");
  if (!breakouts.case) return refuse("no-case");
  if (!breakouts.rooms.some((room) => room.roomId === roomId)) return refuse("room-unknown");
  if (breakouts.presentedRoom === roomId) return accept([]);
  if (!isStaff(actor.role)) {
    if (breakouts.roles[roomId]?.[PRESENTER] !== actor.personId) return refuse("forbidden");
    if (breakouts.status === "open") return refuse("breakouts-open");
    if (breakouts.presentedRoom) return refuse("stage-taken");
  }
  return accept([{ type: "sheet.presented", roomId, by: actor.personId }]);
}

/** RW8: whoever may show it takes it away. */
export function decideHideSheet(state: ClassState, actor: PersonActor): Result<ClassEvent[]> {
  const roomId = state.breakouts?.presentedRoom;
  if (!roomId) return accept([]);
  const isPresenter = state.breakouts?.roles[roomId]?.[PRESENTER] === actor.personId;
  if (!isStaff(actor.role) && !isPresenter) return refuse("forbidden");
  return accept([{ type: "sheet.hidden", by: actor.personId }]);
}

/** The open breakout room an actor is in. */
function breakoutRoomOf(
  state: ClassState,
  actor: PersonActor,
): Result<{ readonly breakouts: BreakoutsView; readonly roomId: BreakoutRoomId }> {
  if (state.breakouts?.status !== "open") return refuse("breakouts-not-open");
  const room: RoomId = roomOf(state, actor.connectionId);
  if (room === MAIN_ROOM) return refuse("not-in-room");
  return accept({ breakouts: state.breakouts, roomId: room });
}
