import { type Result, refuse } from "../protocol/errors.ts";
import type { ClassEvent } from "../protocol/events.ts";
import type { NewId } from "../protocol/ids.ts";
import {
  decideAssign,
  decideChoose,
  decideCloseRooms,
  decideDiscard,
  decideEnterRoom,
  decideExtend,
  decideOpenRooms,
  decidePlan,
  decideRecall,
} from "./breakouts.ts";
import { decidePost } from "./chat.ts";
import type { Actor, ClassCommand } from "./class-command.ts";
import type { ClassState } from "./class-state.ts";
import { decideCall, decideClear, decideLower, decideRaise } from "./hands.ts";
import { decideClose, decideOpen, decideRecover } from "./lifecycle.ts";
import { decideReport, decideSilence, decideSilenceAll } from "./media-commands.ts";
import { decideJoin, decideLeave } from "./presence-commands.ts";
import { decideAnswer, decideLimit, decidePause, decideRecord, decideStopRecording } from "./recordings.ts";
import {
  decideAskHelp,
  decideBroadcast,
  decideCancelHelp,
  decideHideSheet,
  decideLeaveRole,
  decidePresent,
  decideTakeRole,
  decideVoice,
} from "./room-work.ts";
import { decideHide, decideShow, decideTurn } from "./stage.ts";

export interface Circumstances {
  readonly actor: Actor;
  /** Epoch ms. */
  readonly now: number;
  readonly newId: NewId;
  /** When the server closes the class by itself (epoch ms). */
  readonly closesAt: number;
  /** Whether the session was cancelled. */
  readonly isCancelled?: boolean;
}

/**
 * What a command does to a class: the events it makes, or the code by which it is refused. Pure. That the
 * actor's role may send the command at all is checked before (permissions.ts); here stand the rules that
 * need the class's state.
 */
export function decide(
  state: ClassState,
  command: ClassCommand,
  { actor, now, newId, closesAt, isCancelled = false }: Circumstances,
): Result<ClassEvent[]> {
  switch (command.type) {
    case "class.open":
      return decideOpen(state, actor, now, { closesAt, isCancelled });
    case "class.close":
      return decideClose(state, actor);
    case "class.recover":
      return decideRecover(state, command.args.lastAliveAt);
    case "presence.join":
      return decideJoin(state, command.args);
    case "presence.leave":
      return decideLeave(state, command.args);
    case "media.report":
      return decideReport(state, actor, command.args);
    case "deck.show":
      return decideShow(state, actor, command.args.deck);
    case "deck.hide":
      return decideHide(state, actor);
    case "page.turn":
      return decideTurn(state, actor, command.args.page);
    case "hands.clear":
      return decideClear(state, actor);
    case "recording.start":
      return decideRecord(state, actor, command.args);
    case "recording.pause":
    case "recording.resume":
      return decidePause(state, actor, command.type === "recording.pause");
    case "recording.limit":
      return decideLimit(state, actor, command.args.isLimited);
    case "recording.stop":
      return decideStopRecording(state, actor, command.args.reason);
    case "recording.answer":
      return decideAnswer(state, command.args);
    case "breakouts.plan":
      return decidePlan(state, actor, command.args, newId);
    case "breakouts.assign":
      return decideAssign(state, actor, command.args);
    case "breakouts.open":
      return decideOpenRooms(state, actor, command.args, now);
    case "breakouts.extend":
      return decideExtend(state, actor, command.args, now);
    case "breakouts.recall":
      return decideRecall(state, actor, command.args);
    case "breakouts.close":
      return decideCloseRooms(state, actor);
    case "breakouts.discard":
      return decideDiscard(state, actor);
    default:
      return actor.kind === "person" ? decidePersonal(state, command, actor, newId) : refuse("forbidden");
  }
}

type PersonalCommand = Extract<
  ClassCommand,
  {
    type:
      | "hand.raise"
      | "hand.lower"
      | "hand.call"
      | "chat.post"
      | "room.enter"
      | "room.choose"
      | "role.take"
      | "role.leave"
      | "help.ask"
      | "help.cancel"
      | "broadcast.post"
      | "broadcast.voice"
      | "sheet.present"
      | "sheet.hide"
      | "media.silence"
      | "media.silence-all";
  }
>;

/** Commands that only somebody who is in the class can give. */
function decidePersonal(
  state: ClassState,
  command: PersonalCommand,
  actor: Extract<Actor, { kind: "person" }>,
  newId: NewId,
): Result<ClassEvent[]> {
  switch (command.type) {
    case "hand.raise":
      return decideRaise(state, actor);
    case "hand.lower":
      return decideLower(state, actor, command.args.personId);
    case "hand.call":
      return decideCall(state, actor, command.args.personId);
    case "chat.post":
      return decidePost(state, actor, command.args.text, newId("msg"));
    case "room.enter":
      return decideEnterRoom(state, actor, command.args.room);
    case "room.choose":
      return decideChoose(state, actor, command.args);
    case "role.take":
      return decideTakeRole(state, actor, command.args);
    case "role.leave":
      return decideLeaveRole(state, actor, command.args);
    case "help.ask":
      return decideAskHelp(state, actor);
    case "help.cancel":
      return decideCancelHelp(state, actor, command.args);
    case "broadcast.post":
      return decideBroadcast(state, actor, command.args.text);
    case "broadcast.voice":
      return decideVoice(state, actor, command.args.isOn);
    case "sheet.present":
      return decidePresent(state, actor, command.args.roomId);
    case "sheet.hide":
      return decideHideSheet(state, actor);
    case "media.silence":
      return decideSilence(state, actor, command.args);
    case "media.silence-all":
      return decideSilenceAll(state, actor);
  }
}
