import type { PlaybackChapter } from "../../server/protocol/playback.ts";

/** What is written into the picture and the chapters, in the language that was asked for. */
export interface ExportWords {
  /** ISO 639-2, as MP4 names the language of sound. */
  readonly languageCode: string;
  /** BCP 47, for dates. */
  readonly locale: string;
  readonly unknownPerson: string;
  readonly sheet: string;
  readonly slide: string;
  readonly slot: string;
}

export const EXPORT_WORDS: Readonly<Record<"id" | "en", ExportWords>> = {
  id: {
    languageCode: "ind",
    locale: "id-ID",
    unknownPerson: "Peserta",
    sheet: "Lembar jawaban kelompok ditampilkan",
    slide: "Slide",
    slot: "JP",
  },
  en: {
    languageCode: "eng",
    locale: "en-GB",
    unknownPerson: "Participant",
    sheet: "A group’s answer sheet is shown",
    slide: "Slide",
    slot: "JP",
  },
};

/** What a chapter is called in a player's list. */
export function chapterTitleFrom(chapter: PlaybackChapter, words: ExportWords): string {
  if (chapter.kind === "slot") return `${words.slot} ${chapter.number}`;
  const title = chapter.title?.trim();
  return title ? `${chapter.page}. ${title}` : `${words.slide} ${chapter.page}`;
}

/** When a recording began, as people read it. */
export function dateTextFrom(at: number, timeZone: string, { locale }: ExportWords): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone }).format(at);
}
