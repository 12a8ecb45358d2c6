import type { Slot } from "../protocol/evidence.ts";
import { type Interval, intersectionOf } from "./intervals.ts";
import type { PersonTime } from "./person-time.ts";
import type { ConnectionSpan, PersonPresence } from "./presence.ts";

/** One bar of a person's time line; it lies in one slot or (null) between slots. */
export interface TimelineSpan extends Interval {
  readonly slotId: string | null;
  readonly kind: keyof PersonTime;
  /** Of observed spans: the rooms they were spent in, in order of arrival. */
  readonly rooms?: readonly string[];
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
        return kind === "observed" ? { ...own, rooms: roomsWithin(stays, span) } : own;
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

interface Stay extends Interval {
  readonly room: string;
}

function staysOf(connections: readonly ConnectionSpan[]): Stay[] {
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

function roomsWithin(stays: readonly Stay[], span: Interval): string[] {
  const visited = stays.filter((stay) => stay.startAt < span.endAt && span.startAt < stay.endAt);
  return [...new Set(visited.map((stay) => stay.room))];
}
