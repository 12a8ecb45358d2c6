import type { ClassCommand } from "../domain/class-command.ts";
import type { Entrant } from "../live/live-class.ts";
import type { Registry } from "../live/registry.ts";
import type { Recorder, Sheets, Store } from "../ports.ts";
import type { CommandArgs, CommandName } from "../protocol/commands.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { NewId } from "../protocol/ids.ts";
import type { Entered, IceServer } from "../protocol/views.ts";
import { planRooms } from "./plan-rooms.ts";
import type { Session } from "./session.ts";

export interface HandlerParts {
  readonly registry: Registry;
  readonly store: Pick<Store, "decks" | "cases" | "enrolments" | "recordingSettings" | "sessions">;
  readonly sheets: Sheets;
  readonly recorder: Recorder;
  readonly newId: NewId;
  iceServersFor(personId: string): readonly IceServer[];
}

export type Handlers<Name extends CommandName = CommandName> = {
  readonly [Key in Name]: (session: Session, args: CommandArgs<Key>) => Promise<Result<unknown>>;
};

/** Commands about being in the class and about its slides; the rest of them are decided as they come. */
export function classHandlers(parts: HandlerParts) {
  const { registry, store, newId } = parts;
  return {
    async "class.enter"(session, { device, lastSeq }) {
      if (session.stage() !== "connected") return refuse("conflict", "this socket has entered already");
      const taken = await registry.taken(session.visitor.sessionId);
      if (!taken.ok) return taken;
      const live = taken.data;
      if (live.session.cancellation) return refuse("session-cancelled");
      if (session.isOver()) return refuse("unavailable", "the line was lost meanwhile");
      if (session.stage() !== "connected") return refuse("conflict", "this socket has entered already");
      const { socketId, person } = session.visitor;
      const entrant: Entrant = { socketId, connectionId: newId("con"), person };
      const missed = lastSeq === undefined ? null : live.resume(entrant, lastSeq);
      const snapshot = live.enter(entrant);
      session.entered(live, entrant, device);
      const offer = {
        rtpCapabilities: live.rtpCapabilities(),
        iceServers: parts.iceServersFor(person.personId),
      };
      const { you, info, now, seq } = snapshot;
      const entered: Entered = missed
        ? { ...offer, kind: "missed", you, info, now, toSeq: seq, events: missed }
        : { ...offer, kind: "snapshot", snapshot };
      return accept(entered);
    },
    async "presence.confirm"(session) {
      const place = session.place();
      if (!place) return refuse("not-entered");
      const { live, entrant, device } = place;
      const { connectionId, person } = entrant;
      const args = { connectionId, person, device };
      const written = live.run({ type: "presence.join", args }, session.actor());
      session.confirming(written);
      const result = await written;
      await session.settled();
      return result.ok ? accept() : result;
    },
    async "presence.leave"(session) {
      session.leave("left");
      return accept();
    },
    "breakouts.plan": (session, plan) => planRooms(parts, session, plan),
    async "deck.show"(session, { deckId }) {
      const deck = await store.decks.find(deckId);
      if (deck?.sessionId !== session.visitor.sessionId || deck.status !== "ready") {
        return refuse("deck-unknown");
      }
      const { title, pageCount } = deck;
      return runIn(session, { type: "deck.show", args: { deck: { deckId, title, pageCount } } });
    },
  } satisfies Partial<Handlers>;
}

/** Gives a command to the class and answers with nothing but its acceptance: the events tell the rest. */
export async function runIn(session: Session, command: ClassCommand): Promise<Result<unknown>> {
  const place = session.place();
  if (!place) return refuse("not-entered");
  const result = await place.live.run(command, session.actor());
  return result.ok ? accept() : result;
}
