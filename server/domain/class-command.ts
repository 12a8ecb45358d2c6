import type { CommandArgs } from "../protocol/commands.ts";
import type { BreakoutCase, BreakoutSlides, DeckView } from "../protocol/events.ts";
import type {
  AccountId,
  ApiKeyId,
  BreakoutRoomId,
  ConnectionId,
  PersonId,
  RecordingId,
} from "../protocol/ids.ts";
import type { MediaSource, MediaStatus } from "../protocol/media.ts";
import type { ClassRole, Person } from "../protocol/people.ts";
import type { ConsentAnswer, RecordingEnd } from "../protocol/recordings.ts";

/** Whoever a command comes from. */
export type Actor =
  | {
      readonly kind: "person";
      readonly personId: PersonId;
      readonly role: ClassRole;
      readonly connectionId: ConnectionId;
    }
  | { readonly kind: "admin"; readonly adminId: AccountId | ApiKeyId }
  | { readonly kind: "server" };

/** How an actor is named in events. */
export function nameOfActor(actor: Actor): string {
  if (actor.kind === "person") return actor.personId;
  return actor.kind === "admin" ? actor.adminId : "server";
}

type FromClient =
  | "class.open"
  | "class.close"
  | "hand.raise"
  | "hand.lower"
  | "hand.call"
  | "hands.clear"
  | "chat.post"
  | "deck.hide"
  | "page.turn"
  | "breakouts.assign"
  | "breakouts.open"
  | "breakouts.extend"
  | "breakouts.recall"
  | "breakouts.close"
  | "breakouts.discard"
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
  | "recording.pause"
  | "recording.resume"
  | "media.silence"
  | "media.silence-all";

/** Commands that a client's message is as it stands. */
export type ClientClassCommand = {
  readonly [Name in FromClient]: { readonly type: Name; readonly args: CommandArgs<Name> };
}[FromClient];

/** A plan for breakout rooms, with what the server has looked up for it. */
export interface BreakoutPlan {
  readonly count: number;
  readonly assign: CommandArgs<"breakouts.plan">["assign"];
  readonly limit?: number | undefined;
  readonly minutes?: number | undefined;
  /** Groups as a saved plan lists them, also with people who are not there: then `count` and `assign` say how others are placed. */
  readonly groups?:
    | readonly { readonly title: string; readonly personIds: readonly PersonId[] }[]
    | undefined;
  /** Made before, so that their sheets are there when the plan is. */
  readonly roomIds?: readonly BreakoutRoomId[] | undefined;
  readonly case?: BreakoutCase | null | undefined;
  readonly slides?: BreakoutSlides | null | undefined;
}

/** Somebody's answer, with the hash of the text that they were shown. */
export interface RecordingAnswer extends ConsentAnswer {
  readonly personId: PersonId;
  /** SHA-256 in lowercase hex. */
  readonly textHash: string;
}

/** Commands that the server makes of what it sees: sockets, media outcomes, its own start. */
export type ServerClassCommand =
  | {
      readonly type: "presence.join";
      readonly args: {
        readonly connectionId: ConnectionId;
        readonly person: Person;
        readonly device: string;
      };
    }
  | {
      readonly type: "presence.leave";
      readonly args: { readonly connectionId: ConnectionId; readonly reason: string };
    }
  | { readonly type: "breakouts.plan"; readonly args: BreakoutPlan }
  | { readonly type: "deck.show"; readonly args: { readonly deck: DeckView } }
  | {
      readonly type: "media.report";
      readonly args: {
        readonly connectionId: ConnectionId;
        readonly source: MediaSource;
        readonly status: MediaStatus;
      };
    }
  | {
      readonly type: "recording.start";
      readonly args: CommandArgs<"recording.start"> & {
        readonly recordingId: RecordingId;
        readonly keptDays?: number | undefined;
      };
    }
  | { readonly type: "recording.limit"; readonly args: { readonly isLimited: boolean } }
  | { readonly type: "recording.stop"; readonly args: { readonly reason: RecordingEnd } }
  | { readonly type: "recording.answer"; readonly args: RecordingAnswer }
  | { readonly type: "class.recover"; readonly args: { readonly lastAliveAt: number } };

export type ClassCommand = ClientClassCommand | ServerClassCommand;
export type ArgsOf<Type extends ClassCommand["type"]> = Extract<ClassCommand, { type: Type }>["args"];
