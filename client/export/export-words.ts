import { enExport } from "../i18n/en/export.ts";
import { idExport } from "../i18n/id/export.ts";
import { createTranslate } from "../i18n/translate.ts";

/** The words of exports, which load with the pages that have them. */
export const EXPORT_WORDS = { id: idExport, en: enExport } as const;

export const exportText = createTranslate(EXPORT_WORDS);

/** How long it still takes; never less than it will. */
export function leftText(leftMs: number | null): string {
  if (leftMs === null) return exportText("export.left.unknown");
  if (leftMs < 60_000) return exportText("export.left.seconds");
  const minutes = Math.ceil(leftMs / 60_000);
  if (minutes < 60) return exportText("export.left.minutes", { minutes });
  return exportText("export.left.hours", { hours: Math.floor(minutes / 60), minutes: minutes % 60 });
}
