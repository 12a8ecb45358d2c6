import type { Moment } from "./moment-from.ts";

/** What is large: as the class had it, or the person who speaks. */
export type PictureChoice = "class" | "speaker" | "gallery";

/** What the large picture shows. */
export type LargePicture = "share" | "slide" | "sheet" | "speaker" | "gallery" | "nothing";

/** What is large and whether what the class had on its stage is small beside the people. */
export interface PlayerLayout {
  readonly large: LargePicture;
  /** What the viewer swapped away, to click it back: the slide or share as a small picture. */
  readonly small: "share" | "slide" | null;
}

/** What was on the class's stage; a share without a track (nobody's consent) gives way to slides or people. */
export function stagePictureFrom(moment: Moment): LargePicture {
  if (moment.stage === "screen" && moment.share) return "share";
  if (moment.stage === "sheet") return "sheet";
  if (moment.slide) return "slide";
  return moment.mainSpeaker ? "speaker" : "nothing";
}

export function layoutFrom(moment: Moment, choice: PictureChoice): PlayerLayout {
  const stage = stagePictureFrom(moment);
  if (choice === "class" || moment.people.length === 0) return { large: stage, small: null };
  const small = stage === "share" || stage === "slide" ? stage : null;
  return { large: choice, small };
}
