import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { ClassEvent } from "../protocol/events.ts";
import type { PersonId } from "../protocol/ids.ts";
import type { MediaSource, MediaStatus } from "../protocol/media.ts";
import { isStaff } from "../protocol/people.ts";
import { type Actor, type ArgsOf, nameOfActor } from "./class-command.ts";
import { type ClassState, type Connection, connectionsOf, type EventOf } from "./class-state.ts";

type PersonActor = Extract<Actor, { kind: "person" }>;

/** ME1, ME2: the outcome of a negotiation becomes what everybody sees. */
export function decideReport(
  state: ClassState,
  actor: Actor,
  { connectionId, source, status }: ArgsOf<"media.report">,
): Result<ClassEvent[]> {
  const connection = state.connections.get(connectionId);
  if (!connection) return status === "off" ? accept([]) : refuse("not-present");
  if (statusOf(connection, source) === status) return accept([]);
  const by = nameOfActor(actor);
  const event = changed(connection, source, status, by);
  if (source === "screen-audio") return decideShareSound(connection, event);
  if (source !== "screen") return accept([event]);
  if (status === "off") return accept([event, ...soundEnded(connection)]);

  const sharer = sharerIn(state, connection);
  if (!sharer) return accept([event]);
  const role = state.people.get(connection.personId)?.role;
  if (role === undefined || !isStaff(role)) return refuse("share-taken");
  return accept([...shareEndedFor(sharer, by), event]);
}

/** ME5: a share's sound is nothing by itself: it begins and ends with the screen. */
function decideShareSound(connection: Connection, event: EventOf<"media.changed">): Result<ClassEvent[]> {
  if (event.status !== "off" && statusOf(connection, "screen") === "off")
    return refuse("media-source-missing");
  return accept([event]);
}

function soundEnded(connection: Connection): ClassEvent[] {
  return statusOf(connection, "screen-audio") === "off"
    ? []
    : [changed(connection, "screen-audio", "off", BY_RULE)];
}

/** ME3: staff silence; only the person themselves can speak again. */
export function decideSilence(
  state: ClassState,
  actor: PersonActor,
  { personId, source }: { readonly personId: PersonId; readonly source: "microphone" | "camera" | "screen" },
): Result<ClassEvent[]> {
  if (!state.people.has(personId)) return refuse("person-unknown");
  const connections = connectionsOf(state, personId);
  if (source === "screen") return accept(connections.flatMap((one) => shareEndedFor(one, actor.personId)));
  return accept(
    connections
      .filter((one) => statusOf(one, source) === "live")
      .map((one) => changed(one, source, "paused", actor.personId)),
  );
}

/** ME4: every participant's microphone in the room of whoever asks. */
export function decideSilenceAll(state: ClassState, actor: PersonActor): Result<ClassEvent[]> {
  const room = state.connections.get(actor.connectionId)?.room;
  if (room === undefined) return refuse("not-present");
  const live = [...state.connections.values()].filter((one) => {
    const isParticipant = state.people.get(one.personId)?.role === "participant";
    return one.room === room && isParticipant && statusOf(one, "microphone") === "live";
  });
  return accept(live.map((one) => changed(one, "microphone", "paused", actor.personId)));
}

function statusOf(connection: Connection, source: MediaSource): MediaStatus {
  return connection.media[source] ?? "off";
}

function sharerIn(state: ClassState, { room, connectionId }: Connection): Connection | undefined {
  return [...state.connections.values()].find((other) => {
    return other.room === room && other.connectionId !== connectionId && statusOf(other, "screen") !== "off";
  });
}

/** Named as the cause where a rule of the class ended somebody's share, not a person. */
export const BY_RULE = "rule";

/** The events by which a connection's share, if it has one, ends. */
export function shareEndedFor(connection: Connection, by: string): ClassEvent[] {
  return (["screen", "screen-audio"] as const)
    .filter((source) => statusOf(connection, source) !== "off")
    .map((source) => changed(connection, source, "off", by));
}

function changed(
  connection: Connection,
  source: MediaSource,
  status: MediaStatus,
  by: string,
): EventOf<"media.changed"> {
  return {
    type: "media.changed",
    connectionId: connection.connectionId,
    source,
    status,
    by,
  };
}
