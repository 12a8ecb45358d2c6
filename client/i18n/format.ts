import { type Language, language } from "./language.ts";

const LOCALES = { id: "id-ID", en: "en-GB" } as const satisfies Record<Language, string>;
/** The names Indonesians know their zones by; Intl says "GMT+7" for them in English. */
const ZONES: Readonly<Record<string, string>> = {
  "Asia/Jakarta": "WIB",
  "Asia/Pontianak": "WIB",
  "Asia/Makassar": "WITA",
  "Asia/Ujung_Pandang": "WITA",
  "Asia/Jayapura": "WIT",
};

const locale = () => LOCALES[language.value];

/** `Senin, 5 Agustus 2024`; `at` is epoch milliseconds. */
export function formatDate(at: number, timeZone: string): string {
  const how = { weekday: "long", day: "numeric", month: "long", year: "numeric", timeZone } as const;
  const parts = new Intl.DateTimeFormat(locale(), how).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.find((one) => one.type === type)?.value ?? "";
  return `${part("weekday")}, ${part("day")} ${part("month")} ${part("year")}`;
}

/** `5 Agu 2024`, for tables. */
export function formatShortDate(at: number, timeZone: string): string {
  const how = { day: "numeric", month: "short", year: "numeric", timeZone } as const;
  return new Intl.DateTimeFormat(locale(), how).format(at);
}

/** `09.30` in Indonesian, `09:30` in English. */
export function formatClock(at: number, timeZone: string): string {
  const how = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
  return new Intl.DateTimeFormat(locale(), how).format(at);
}

/** `09.30.05` in Indonesian, `09:30:05` in English: for evidence. */
export function formatClockSeconds(at: number, timeZone: string): string {
  const how = { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone } as const;
  return new Intl.DateTimeFormat(locale(), how).format(at);
}

/** `09.30 WIB`. */
export function formatTime(at: number, timeZone: string): string {
  return `${formatClock(at, timeZone)} ${zoneName(at, timeZone)}`;
}

/** `09.30–10.15 WIB`. */
export function formatTimeRange(startAt: number, endAt: number, timeZone: string): string {
  return `${formatClock(startAt, timeZone)}–${formatTime(endAt, timeZone)}`;
}

/** `09.30.05–09.30.20 WIB`, where minutes would say nothing. */
export function formatTimeRangeSeconds(startAt: number, endAt: number, timeZone: string): string {
  const [start, end] = [startAt, endAt].map((at) => formatClockSeconds(at, timeZone));
  return `${start}–${end} ${zoneName(endAt, timeZone)}`;
}

function zoneName(at: number, timeZone: string): string {
  const known = ZONES[timeZone];
  if (known) return known;
  const parts = new Intl.DateTimeFormat(locale(), { timeZone, timeZoneName: "short" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? timeZone;
}

/** At most `decimals` (two unless told) decimals, with the language's decimal sign: JP, scores. */
export function formatNumber(value: number, decimals = 2): string {
  return new Intl.NumberFormat(locale(), { maximumFractionDigits: decimals }).format(value);
}

/**
 * Basis points as a percentage, floored so that nobody below a threshold reads that they reached it: 8444 → `84 %`.
 * `decimals` for a threshold that is not whole.
 */
export function formatShare(basisPoints: number, decimals = 0): string {
  const step = 100 / 10 ** decimals;
  return `${formatNumber((Math.floor(basisPoints / step) * step) / 100, decimals)} %`;
}

/** `12 kB`, `4,3 MB`, `320 MB`, `1,4 GB`: in powers of ten, as disks are sold; small ones are rounded up. */
export function formatBytes(bytes: number): string {
  if (bytes >= 1e9) return `${formatNumber(bytes / 1e9, bytes < 1e11 ? 1 : 0)} GB`;
  if (bytes >= 1e6 || bytes === 0) return `${formatNumber(bytes / 1e6, bytes < 1e7 ? 1 : 0)} MB`;
  return `${formatNumber(Math.ceil(bytes / 1000))} kB`;
}

/** How long something lasts, in what people say: `12 detik`, `52 menit`, `1 jam 52 menit`. */
export function formatLength(ms: number): string {
  const unit = (value: number, name: "hour" | "minute" | "second") =>
    new Intl.NumberFormat(locale(), { style: "unit", unit: name, unitDisplay: "long" }).format(value);
  const minutes = Math.round(ms / 60_000);
  if (minutes === 0) return unit(Math.round(ms / 1000), "second");
  const parts = [Math.floor(minutes / 60), minutes % 60] as const;
  if (parts[0] === 0) return unit(parts[1], "minute");
  return parts[1] === 0 ? unit(parts[0], "hour") : `${unit(parts[0], "hour")} ${unit(parts[1], "minute")}`;
}

/** Whole minutes of a duration, rounded down: nobody is told a minute they do not have. */
export function wholeMinutes(ms: number): number {
  return Math.floor(ms / 60_000);
}

/** `1:05:09` or `05:09`, for timers. */
export function formatTimer(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  const two = (value: number) => String(value).padStart(2, "0");
  const clock = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  return seconds >= 3600 ? `${Math.floor(seconds / 3600)}:${clock}` : clock;
}
