import type { RecordingJson } from "../../../server/protocol/recording-office.ts";
import { formatLength, formatShortDate, formatTime } from "../../i18n/format.ts";
import { t } from "../admin-words.ts";

const DAY_MS = 86_400_000;

/** How long a recording is; while it runs, since when. */
export function recordedText({ startedAt, endedAt, session }: RecordingJson): string {
  if (endedAt === null) return t("recordings.since", { time: formatTime(startedAt, session.timeZone) });
  return formatLength(endedAt - startedAt);
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
