import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import { formatNumber } from "../../i18n/format.ts";
import { language } from "../../i18n/language.ts";
import type { SessionChangeBody } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { decimalFrom } from "../form/decimal.ts";
import { jpSum } from "../programmes/jp-sum.ts";

/** Indonesia's zones: hours ahead of UTC, the year round. */
export const ZONES = [
  { timeZone: "Asia/Jakarta", name: "WIB", hours: 7 },
  { timeZone: "Asia/Makassar", name: "WITA", hours: 8 },
  { timeZone: "Asia/Jayapura", name: "WIT", hours: 9 },
] as const;
export type Zone = (typeof ZONES)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** A slot as typed: `2024-08-05`, `09.00` or `9:45`, `1,5`. */
export interface SlotDraft {
  readonly key: number;
  /** The slot that the session has already. */
  readonly id?: string;
  /** It has begun in a class that was held, and stays as it is. */
  readonly isFixed?: boolean;
  readonly date: string;
  readonly start: string;
  readonly end: string;
  readonly jp: string;
}

/** Epoch ms of a day and a time of a zone; null for what is no such. */
export function atFrom(date: string, time: string, zone: Zone): number | null {
  const day = /^(\d{4})-(\d{2})-(\d{2})$/.exec(date)?.slice(1).map(Number);
  const clock = /^(\d{1,2})[.:](\d{2})$/.exec(time.trim())?.slice(1).map(Number);
  if (!day || !clock) return null;
  const [year = 0, month = 0, dayOfMonth = 0] = day;
  const [hour = 0, minute = 0] = clock;
  const local = Date.UTC(year, month - 1, dayOfMonth, hour, minute);
  const isReal = new Date(local).getUTCDate() === dayOfMonth && hour < 24 && minute < 60;
  return isReal ? local - zone.hours * HOUR_MS : null;
}

/** The day and the time that an epoch time is in a zone, as a person of this language types it. */
export function dayAndTimeFrom(at: number, zone: Zone): { readonly date: string; readonly time: string } {
  const local = new Date(at + zone.hours * HOUR_MS).toISOString();
  const time = local.slice(11, 16);
  return { date: local.slice(0, 10), time: language.value === "id" ? time.replace(":", ".") : time };
}

/** The first slot offered: tomorrow at nine, one JP long. */
export function firstSlot(now: number, zone: Zone, minutesPerJp: number): SlotDraft {
  const { date } = dayAndTimeFrom(now + DAY_MS, zone);
  return slotFrom(1, atFrom(date, "09:00", zone) ?? now, zone, minutesPerJp);
}

/** The slot offered after another: right after it, one JP long; the next day's first hour once the day is full. */
export function slotAfter(before: SlotDraft, key: number, zone: Zone, minutesPerJp: number): SlotDraft {
  const endAt = atFrom(before.date, before.end, zone);
  if (endAt === null) return { key, date: before.date, start: before.end, end: "", jp: "1" };
  const next = slotFrom(key, endAt, zone, minutesPerJp);
  const isSameDay = next.date === before.date && next.end > next.start;
  if (isSameDay) return next;
  const { date } = dayAndTimeFrom(endAt + DAY_MS / 2, zone);
  return slotFrom(key, atFrom(date, "09:00", zone) ?? endAt, zone, minutesPerJp);
}

function slotFrom(key: number, startAt: number, zone: Zone, minutesPerJp: number): SlotDraft {
  const { date, time } = dayAndTimeFrom(startAt, zone);
  const { time: end } = dayAndTimeFrom(startAt + minutesPerJp * MINUTE_MS, zone);
  return { key, date, start: time, end, jp: "1" };
}

/** A session's slots as they can be typed over; of a class that was held, those that have begun stand fast. */
export function draftsFrom(
  { slots, status }: Pick<SessionDetail, "slots" | "status">,
  zone: Zone,
  now: number,
): readonly SlotDraft[] {
  return slots.map(({ id, startAt, endAt, jp }, index) => ({
    key: index + 1,
    id,
    isFixed: status !== "scheduled" && startAt <= now,
    date: dayAndTimeFrom(startAt, zone).date,
    start: dayAndTimeFrom(startAt, zone).time,
    end: dayAndTimeFrom(endAt, zone).time,
    jp: formatNumber(jp),
  }));
}

export interface Slot {
  readonly id?: string;
  readonly startAt: number;
  readonly endAt: number;
  readonly jp: number;
}

/** The slot a draft means; null while it means none. */
export function slotIn(draft: SlotDraft, zone: Zone): Slot | null {
  const startAt = atFrom(draft.date, draft.start, zone);
  const endAt = atFrom(draft.date, draft.end, zone);
  const jp = decimalFrom(draft.jp);
  return startAt === null || endAt === null || jp === null
    ? null
    : { ...(draft.id ? { id: draft.id } : {}), startAt, endAt, jp };
}

/** What is wrong with slots, by the paths that the server uses too (`slots.0.endAt`). */
export function slotErrorsFrom(drafts: readonly SlotDraft[], zone: Zone): ReadonlyMap<string, string> {
  const errors = new Map<string, string>();
  const slots = drafts.map((draft) => slotIn(draft, zone));
  drafts.forEach((draft, index) => {
    const at = `slots.${index}`;
    if (atFrom(draft.date, "00:00", zone) === null) errors.set(`${at}.date`, t("field.date"));
    if (atFrom("2000-01-01", draft.start, zone) === null) errors.set(`${at}.startAt`, t("field.time"));
    if (atFrom("2000-01-01", draft.end, zone) === null) errors.set(`${at}.endAt`, t("field.time"));
    if (decimalFrom(draft.jp) === null) errors.set(`${at}.jp`, t("field.jp"));
    const slot = slots[index];
    if (!slot) return;
    if (slot.endAt <= slot.startAt) {
      errors.set(`${at}.endAt`, t("field.endBeforeStart"));
      return;
    }
    const earlier = slots
      .slice(0, index)
      .findIndex((other) => other && other.startAt < slot.endAt && slot.startAt < other.endAt);
    if (earlier >= 0) errors.set(at, t("field.overlap", { number: earlier + 1 }));
  });
  return errors;
}

/** What is odd about slots and allowed all the same: by slot, and of them all under `slots`. */
export function slotWarningsFrom(
  drafts: readonly SlotDraft[],
  zone: Zone,
  { minutesPerJp, unitJp, now }: { minutesPerJp: number; unitJp: number; now: number },
): ReadonlyMap<string, string> {
  const warnings = new Map<string, string>();
  const slots = drafts.map((draft) => slotIn(draft, zone));
  slots.forEach((slot, index) => {
    if (!slot || slot.endAt <= slot.startAt) return;
    const minutes = (slot.endAt - slot.startAt) / MINUTE_MS;
    const expected = minutesPerJp * slot.jp;
    if (slot.endAt <= now) warnings.set(`slots.${index}`, t("newSession.warning.past"));
    else if (Math.abs(minutes - expected) > 1e-6) {
      warnings.set(`slots.${index}`, t("newSession.warning.length", { minutes, jp: slot.jp, expected }));
    }
  });
  const jp = jpSum(slots.filter((slot) => slot !== null));
  if (jp > unitJp) warnings.set("slots", t("newSession.warning.unit", { jp, unitJp }));
  return warnings;
}

/** What is sent of drafts without errors. */
export function slotsBodyFrom(drafts: readonly SlotDraft[], zone: Zone): SessionChangeBody["slots"] {
  return drafts.flatMap((draft) => slotIn(draft, zone) ?? []);
}
