import type { Slot } from "../protocol/evidence.ts";
import { type Interval, intersectionOf, unionOf } from "./intervals.ts";
import type { PersonTime } from "./person-time.ts";
import type { ConnectionSpan, PersonPresence } from "./presence.ts";

/** One bar of a person's time line; it lies in one slot or (null) between slots. */
export interface TimelineSpan extends Interval {
  readonly slotId: string | null;
  readonly kind: keyof PersonTime;
  /** Of observed spans: the rooms they were spent in, in order of arrival. */
  readonly rooms?: readonly string[];
  /** Of observed spans that were not all in one room: when the person was in which, by arrival. */
  readonly stays?: readonly RoomStay[];
}

/** Time in one room, over all of a person's connections there. */
export interface RoomStay extends Interval {
  readonly room: string;
}

/**
 * The intervals behind a person's attendance, in order of time, cut where slots begin and end. Bridged
 * spans stand as they are, before AT4's cap. Where slots overlap the span is the first one's.
 */
export function timelineFrom(
  time: PersonTime,
  presence: PersonPresence | undefined,
  slots: readonly Slot[],
): TimelineSpan[] {
  const parts = partsOf(slots);
  const stays = staysOf(presence?.connections ?? []);
  const spans = (["observed", "bridged", "outage"] as const).flatMap((kind) =>
    parts.flatMap(({ slotId, ...part }) =>
      intersectionOf(time[kind], [part]).map((span): TimelineSpan => {
        const own = { slotId, kind, ...span };
        return kind === "observed" ? { ...own, ...roomsWithin(stays, span) } : own;
      }),
    ),
  );
  return spans.sort((a, b) => a.startAt - b.startAt);
}

/** All of time in order, cut at the bounds of slots. */
function partsOf(slots: readonly Slot[]): readonly (Interval & { readonly slotId: string | null })[] {
  const bounds = new Set(slots.flatMap((slot) => [slot.startAt, slot.endAt]));
  const cuts = [Number.NEGATIVE_INFINITY, ...[...bounds].sort((a, b) => a - b), Number.POSITIVE_INFINITY];
  return cuts.slice(1).map((endAt, i) => {
    const startAt = cuts[i] as number;
    const slot = slots.find((candidate) => candidate.startAt <= startAt && endAt <= candidate.endAt);
    return { startAt, endAt, slotId: slot?.id ?? null };
  });
}

function staysOf(connections: readonly ConnectionSpan[]): RoomStay[] {
  return connections
    .flatMap(({ rooms, endAt }) =>
      rooms.map(({ room, sinceAt }, i) => ({
        room,
        startAt: sinceAt,
        endAt: rooms[i + 1]?.sinceAt ?? endAt ?? Number.POSITIVE_INFINITY,
      })),
    )
    .filter((stay) => stay.startAt < stay.endAt)
    .sort((a, b) => a.startAt - b.startAt);
}

function roomsWithin(stays: readonly RoomStay[], span: Interval): Pick<TimelineSpan, "rooms" | "stays"> {
  const visited = stays.filter((stay) => stay.startAt < span.endAt && span.startAt < stay.endAt);
  const rooms = [...new Set(visited.map((stay) => stay.room))];
  if (rooms.length < 2) return { rooms };
  const within = rooms.flatMap((room) =>
    intersectionOf(unionOf(visited.filter((stay) => stay.room === room)), [span]).map((part) => ({
      room,
      ...part,
    })),
  );
  return { rooms, stays: within.sort((a, b) => a.startAt - b.startAt) };
}
