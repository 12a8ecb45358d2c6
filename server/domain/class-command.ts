import type { CommandArgs } from "../protocol/commands.ts";
import type { DeckView } from "../protocol/events.ts";
import type { AccountId, ApiKeyId, ConnectionId, PersonId } from "../protocol/ids.ts";
import type { MediaSource, MediaStatus } from "../protocol/media.ts";
import type { ClassRole, Person } from "../protocol/people.ts";

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
  | "breakouts.plan"
  | "breakouts.assign"
  | "breakouts.open"
  | "breakouts.close"
  | "breakouts.discard"
  | "room.enter"
  | "media.silence"
  | "media.silence-all";

/** Commands that a client's message is as it stands. */
export type ClientClassCommand = {
  readonly [Name in FromClient]: { readonly type: Name; readonly args: CommandArgs<Name> };
}[FromClient];

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
  | { readonly type: "deck.show"; readonly args: { readonly deck: DeckView } }
  | {
      readonly type: "media.report";
      readonly args: {
        readonly connectionId: ConnectionId;
        readonly source: MediaSource;
        readonly status: MediaStatus;
      };
    }
  | { readonly type: "class.recover"; readonly args: { readonly lastAliveAt: number } };

export type ClassCommand = ClientClassCommand | ServerClassCommand;
export type ArgsOf<Type extends ClassCommand["type"]> = Extract<ClassCommand, { type: Type }>["args"];
