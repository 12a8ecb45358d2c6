import { createEvents, type EventAttributes } from "ics";
import type { Session } from "../ports.ts";
import { slotTimes } from "./slot-title.ts";

interface CalendarInput {
  /** What the calendar is called. */
  readonly title: string;
  readonly sessions: readonly Pick<Session, "title" | "mode" | "timeZone" | "slots">[];
  /** The host of the installation: with a slot's id it makes a UID that stays the same for ever. */
  readonly host: string;
}

const MODES = { online: "Daring", offline: "Tatap muka", hybrid: "Daring dan tatap muka" } as const;

/**
 * A calendar file (RFC 5545) with an event per slot, so that breaks stay free; times in UTC, which every calendar
 * shows in its owner's zone. It has no join links: a calendar is passed on, a link is personal.
 */
export function sessionCalendar({ title, sessions, host }: CalendarInput): string {
  const events = sessions.flatMap((session) =>
    session.slots.map((slot, index): EventAttributes => {
      const ofSlots = session.slots.length > 1 ? ` (${index + 1}/${session.slots.length})` : "";
      return {
        uid: `${slot.id}@${host}`,
        sequence: 0,
        status: "CONFIRMED",
        title: session.title + ofSlots,
        description: `${title} · ${MODES[session.mode]} · ${slotTimes(slot, session.timeZone)} · ${slot.jp} JP`,
        start: slot.startAt,
        startInputType: "utc",
        end: slot.endAt,
        endInputType: "utc",
      };
    }),
  );
  const { error, value } = createEvents(events, { productId: "balai", calName: title });
  if (error || value === null) throw new Error("the calendar could not be written", { cause: error });
  return value;
}
