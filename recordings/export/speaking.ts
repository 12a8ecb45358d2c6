import { MAIN_ROOM, type PersonId } from "../../server/protocol/ids.ts";
import type { RecordedTimeline } from "../../server/protocol/playback.ts";

/** A word in between does not take the picture from who speaks. */
const MIN_SPEAKING_MS = 2_000;
/** Who spoke last stays in the picture so long; then the instructor is seen again. */
const HELD_MS = 10_000;

/** Who is shown as speaking when. */
export interface Speaking {
  readonly changes: readonly number[];
  at(ms: number): PersonId | null;
}

interface Turn {
  readonly atMs: number;
  readonly personId: PersonId | null;
}

/** The loudest of the main room, without what would flicker; while nobody speaks the first instructor who is captured. */
export function speakingFrom(
  { speakers, tracks, durationMs }: Pick<RecordedTimeline, "speakers" | "tracks" | "durationMs">,
  instructors: readonly PersonId[],
): Speaking {
  const heard = speakers
    .filter(({ room }) => room === MAIN_ROOM)
    .map(({ atMs, personIds }): Turn => ({ atMs, personId: personIds[0] ?? null }))
    .filter(({ personId }, index, all) => personId !== all[index - 1]?.personId);
  const turns = turnsFrom(heard, durationMs);
  const instructor =
    instructors.find((id) => tracks.some(({ personId, room }) => personId === id && room === MAIN_ROOM)) ??
    null;
  return {
    changes: turns.map(({ atMs }) => atMs),
    at: (ms) => turns.findLast(({ atMs }) => atMs <= ms)?.personId ?? instructor,
  };
}

function turnsFrom(heard: readonly Turn[], endMs: number): readonly Turn[] {
  const turns: Turn[] = [];
  for (const [index, { atMs, personId }] of heard.entries()) {
    const lastsMs = (heard[index + 1]?.atMs ?? endMs) - atMs;
    const now = turns.at(-1)?.personId ?? null;
    if (personId === now) continue;
    if (personId === null) {
      if (lastsMs > HELD_MS) turns.push({ atMs: atMs + HELD_MS, personId: null });
    } else if (lastsMs >= MIN_SPEAKING_MS || now === null) turns.push({ atMs, personId });
  }
  return turns;
}
