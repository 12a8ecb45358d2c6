import { enExport } from "../i18n/en/export.ts";
import { formatNumber } from "../i18n/format.ts";
import { idExport } from "../i18n/id/export.ts";
import { createTranslate } from "../i18n/translate.ts";

/** The words of exports, which load with the pages that have them. */
export const EXPORT_WORDS = { id: idExport, en: enExport } as const;

export const exportText = createTranslate(EXPORT_WORDS);

/** `312 MB` or `1,4 GB`, in powers of ten, as disks are sold. */
export function sizeText(bytes: number): string {
  if (bytes >= 1e9) return exportText("export.size.gb", { size: formatNumber(bytes / 1e9, 1) });
  return exportText("export.size.mb", { size: formatNumber(bytes / 1e6, bytes < 1e7 ? 1 : 0) });
}

/** How long something lasts, in what people say: minutes, and hours where there are any. */
export function lengthText(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes === 0) return exportText("export.length.seconds", { seconds: Math.round(ms / 1000) });
  if (minutes < 60) return exportText("export.length.minutes", { minutes });
  return exportText("export.length.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}

/** How long it still takes; never less than it will. */
export function leftText(leftMs: number | null): string {
  if (leftMs === null) return exportText("export.left.unknown");
  if (leftMs < 60_000) return exportText("export.left.seconds");
  const minutes = Math.ceil(leftMs / 60_000);
  if (minutes < 60) return exportText("export.left.minutes", { minutes });
  return exportText("export.left.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
