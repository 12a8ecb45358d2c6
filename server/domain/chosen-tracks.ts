import type { ConnectionId, PersonId } from "../protocol/ids.ts";
import type { MediaSource } from "../protocol/media.ts";

interface Recordable {
  readonly connectionId: ConnectionId;
  readonly personId: PersonId;
  readonly source: MediaSource;
}

export interface TrackChoice {
  /** How many can be captured at once. */
  readonly limit: number;
  isStaff(personId: PersonId): boolean;
  /** Who spoke, the last one first. */
  readonly speakers: readonly ConnectionId[];
}

/**
 * RF6: of more tracks than can be captured, those that a viewer would miss most: what is shared, the staff, then whoever
 * spoke last. Half of what is left is for pictures, as long as there are any: of many open microphones few are heard.
 */
export function chosenTracksFrom<Track extends Recordable>(
  tracks: readonly Track[],
  { limit, isStaff, speakers }: TrackChoice,
): { readonly captured: readonly Track[]; readonly leftOut: readonly Track[] } {
  if (tracks.length <= limit) return { captured: tracks, leftOut: [] };
  const ranks = new Map(speakers.map((connectionId, rank) => [connectionId, rank]));
  const rankOf = (track: Track) => ranks.get(track.connectionId) ?? Number.MAX_SAFE_INTEGER;
  const isShared = ({ source }: Track) => source === "screen" || source === "screen-audio";
  const isFirst = (track: Track) => isShared(track) || isStaff(track.personId);
  const first = [
    ...tracks.filter(isShared),
    ...tracks.filter((track) => track.source === "microphone" && isStaff(track.personId)),
    ...tracks.filter((track) => track.source === "camera" && isStaff(track.personId)),
  ].slice(0, limit);
  const rest = tracks.filter((track) => !isFirst(track)).toSorted((a, b) => rankOf(a) - rankOf(b));
  const sounds = rest.filter(({ source }) => source === "microphone");
  const pictures = rest.filter(({ source }) => source === "camera");
  const room = limit - first.length;
  const soundCount = Math.min(sounds.length, Math.max(Math.ceil(room / 2), room - pictures.length));
  const chosen = new Set([...first, ...sounds.slice(0, soundCount), ...pictures.slice(0, room - soundCount)]);
  return {
    captured: tracks.filter((track) => chosen.has(track)),
    leftOut: tracks.filter((track) => !chosen.has(track)),
  };
}
