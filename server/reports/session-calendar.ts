import { createEvents, type EventAttributes } from "ics";
import type { Session } from "../ports.ts";
import { slotTimes } from "./slot-title.ts";

interface CalendarInput {
  /** What the calendar is called. */
  readonly title: string;
  readonly sessions: readonly Pick<
    Session,
    | "title"
    | "mode"
    | "timeZone"
    | "slots"
    | "sequence"
    | "createdAt"
    | "updatedAt"
    | "removedSlots"
    | "cancellation"
  >[];
  /** The host of the installation: with a slot's id it makes a UID that stays the same for ever. */
  readonly host: string;
}

const MODES = { online: "Daring", offline: "Tatap muka", hybrid: "Daring dan tatap muka" } as const;

/**
 * A calendar file (RFC 5545) with an event per slot, so that breaks stay free; times in UTC, which every calendar
 * shows in its owner's zone. Slots that were taken out and sessions that were cancelled stay in it as CANCELLED:
 * a calendar that has them must hear of it. It has no join links: a calendar is passed on, a link is personal.
 */
export function sessionCalendar({ title, sessions, host }: CalendarInput): string {
  const events = sessions.flatMap((session) => {
    const { slots, removedSlots, cancellation, sequence, createdAt, updatedAt } = session;
    const eventFrom = (
      slot: Session["slots"][number],
      name: string,
      isCancelled: boolean,
    ): EventAttributes => ({
      uid: `${slot.id}@${host}`,
      sequence,
      status: isCancelled ? "CANCELLED" : "CONFIRMED",
      ...(isCancelled ? { transp: "TRANSPARENT" as const } : {}),
      created: createdAt,
      lastModified: updatedAt ?? createdAt,
      title: isCancelled ? `Dibatalkan: ${name}` : name,
      description: [
        ...(cancellation ? [cancellation.reason] : []),
        `${title} · ${MODES[session.mode]} · ${slotTimes(slot, session.timeZone)} · ${slot.jp} JP`,
      ].join("\n"),
      start: slot.startAt,
      startInputType: "utc",
      end: slot.endAt,
      endInputType: "utc",
    });
    return [
      ...slots.map((slot, index) => {
        const ofSlots = slots.length > 1 ? ` (${index + 1}/${slots.length})` : "";
        return eventFrom(slot, session.title + ofSlots, cancellation !== null);
      }),
      ...removedSlots.map((slot) => eventFrom(slot, session.title, true)),
    ];
  });
  const { error, value } = createEvents(events, { productId: "balai", calName: title, method: "PUBLISH" });
  if (error || value === null) throw new Error("the calendar could not be written", { cause: error });
  return value;
}
