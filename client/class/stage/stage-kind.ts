/** What fills the stage: a shared screen before slides, slides before people. */
export type StageKind = "share" | "slides" | "speaker" | "gallery";

export function stageKindFrom(shown: {
  isShared: boolean;
  hasSlides: boolean;
  mode: "gallery" | "speaker";
}): StageKind {
  if (shown.isShared) return "share";
  return shown.hasSlides ? "slides" : shown.mode;
}
