/** What fills the stage: a sheet before a shared screen, that before slides, slides before people. */
export type StageKind = "sheet" | "share" | "slides" | "speaker" | "gallery";

export function stageKindFrom(shown: {
  hasSheet: boolean;
  isShared: boolean;
  hasSlides: boolean;
  mode: "gallery" | "speaker";
}): StageKind {
  if (shown.hasSheet) return "sheet";
  if (shown.isShared) return "share";
  return shown.hasSlides ? "slides" : shown.mode;
}
