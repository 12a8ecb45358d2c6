import { formatNumber } from "../i18n/format.ts";
import { type Chapter, chapterAt } from "./chapters-from.ts";
import { playerText } from "./player-words.ts";

/** `1 jam 12 menit 5 detik`: a time as one says it. */
export function spokenTime(ms: number): string {
  const all = Math.max(0, Math.floor(ms / 1_000));
  const [hours, minutes, seconds] = [Math.floor(all / 3_600), Math.floor(all / 60) % 60, all % 60];
  const words = [
    ...(hours > 0 ? [playerText("time.hours", { hours })] : []),
    ...(minutes > 0 ? [playerText("time.minutes", { minutes })] : []),
    ...(seconds > 0 || all < 60 ? [playerText("time.seconds", { seconds })] : []),
  ];
  return words.join(" ");
}

/** `12 menit 5 detik, slide 4: Konsep dasar`: what the time line says of a moment. */
export function spokenMoment(ms: number, chapters: readonly Chapter[]): string {
  const slide = chapterAt(chapters, "slide", ms);
  if (slide?.kind !== "slide") return spokenTime(ms);
  const { page, title } = slide;
  const words = title ? playerText("time.slide.titled", { page, title }) : playerText("time.slide", { page });
  return `${spokenTime(ms)}, ${words}`;
}

/** `1,25×` */
export function speedWords(speed: number): string {
  return `${formatNumber(speed)}×`;
}
