import type { ConnectionId, RoomId } from "../server/protocol/ids.ts";

/** How long the microphones are listened to before they are compared: at most two signals a second (MS13). */
export const SPEAKERS_INTERVAL_MS = 500;
/** Quieter than this (dBov) is not speech. */
export const SPEECH_THRESHOLD_DBOV = -60;
/** Enough for everybody who can be heard in any room at once. */
export const MAX_SPEAKERS = 64;
const MAX_RECENT = 32;

/** Who speaks in each room, loudest first, from one list of a whole class, loudest first. */
export function speakersByRoomFrom(
  loudestFirst: readonly ConnectionId[],
  roomOf: (connectionId: ConnectionId) => RoomId | null,
): ReadonlyMap<RoomId, readonly ConnectionId[]> {
  const rooms = new Map<RoomId, ConnectionId[]>();
  for (const connectionId of loudestFirst) {
    const room = roomOf(connectionId);
    if (room === null) continue;
    const speakers = rooms.get(room);
    if (speakers) speakers.push(connectionId);
    else rooms.set(room, [connectionId]);
  }
  return rooms;
}

/** Who spoke last: those who speak now, then those who spoke before them. */
export function recentSpeakersFrom(
  speaking: readonly ConnectionId[],
  before: readonly ConnectionId[],
): readonly ConnectionId[] {
  const now = new Set(speaking);
  return [...speaking, ...before.filter((connectionId) => !now.has(connectionId))].slice(0, MAX_RECENT);
}

export function isSameOrder(a: readonly ConnectionId[], b: readonly ConnectionId[]): boolean {
  return a.length === b.length && a.every((connectionId, index) => connectionId === b[index]);
}
