import type { RecordingJson } from "../../../server/protocol/recording-office.ts";
import { formatNumber, formatShortDate, formatTime, wholeMinutes } from "../../i18n/format.ts";
import { t } from "../admin-words.ts";

const DAY_MS = 86_400_000;

/** `1,4 GB`, `320 MB`; 10^9 and 10^6, as disks are sold. */
export function bytesText(bytes: number): string {
  if (bytes >= 1e9) return `${formatNumber(bytes / 1e9, bytes >= 1e11 ? 0 : 1)} GB`;
  if (bytes > 0 && bytes < 1e6) return t("recordings.tiny");
  return `${formatNumber(bytes / 1e6, bytes >= 1e7 ? 0 : 1)} MB`;
}

/** How long a recording is; while it runs, since when. */
export function lengthText({ startedAt, endedAt, session }: RecordingJson): string {
  if (endedAt === null) return t("recordings.since", { time: formatTime(startedAt, session.timeZone) });
  const minutes = wholeMinutes(endedAt - startedAt);
  if (minutes < 60) return t("recordings.minutes", { count: minutes });
  if (minutes % 60 === 0) return t("recordings.wholeHours", { hours: minutes / 60 });
  return t("recordings.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** RO3: when it will be deleted, and in how many days; null where that is not soon. */
export function dueText({ isDueSoon, keptUntil, session }: RecordingJson, now: number): string | null {
  if (!isDueSoon || keptUntil === null) return null;
  const days = Math.floor((keptUntil - now) / DAY_MS);
  if (days < 1) return t("recordings.due.today");
  return t("recordings.due", { date: formatShortDate(keptUntil, session.timeZone), days });
}

/** Why a deleted one went, and when. */
export function deletionText({ deletion, session }: RecordingJson): string | null {
  if (!deletion) return null;
  const date = formatShortDate(deletion.doneAt ?? deletion.at, session.timeZone);
  if (deletion.reason === "retention") return t("recordings.deleted.retention", { date });
  return t("recordings.deleted.staff", {
    date,
    name: deletion.by.name ?? deletion.by.id,
    note: deletion.note ?? "",
  });
}

/** The last second of a date field's day in this browser's zone (epoch ms); null for no date. */
export function endOfDay(date: string): number | null {
  const at = new Date(`${date}T23:59:59`).getTime();
  return Number.isNaN(at) ? null : at;
}

/** The day of a moment, as date fields have it. */
export function dateValue(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
