import { computed, effect, type ReadonlySignal, type Signal, signal } from "@preact/signals";

export type PanelTab = "people" | "chat" | "sheet";
export type ClassDialog =
  | "slides"
  | "breakouts"
  | "choose-room"
  | "devices"
  | "leave"
  | "end"
  | "shortcuts"
  | "recording"
  | "consent";

/** What this person's own screen shows of the class; nobody else knows of it. */
export interface Screen {
  readonly panel: Signal<PanelTab | null>;
  readonly dialog: Signal<ClassDialog | null>;
  readonly mode: Signal<"gallery" | "speaker">;
  /** What a breakout room with a case shows: its work, or its slides and people. */
  readonly roomView: Signal<"work" | "people">;
  readonly isSavingData: Signal<boolean>;
  /** The gallery's page, from 0. */
  readonly galleryPage: Signal<number>;
  readonly viewportWidth: ReadonlySignal<number>;
  /** The panel has its own column instead of lying over the stage. */
  readonly isWide: ReadonlySignal<boolean>;
  readonly isPhone: ReadonlySignal<boolean>;
  close(): void;
}

const SAVES_DATA = "balai.data-saver";

export function createScreen(): Screen {
  const viewportWidth = signal(innerWidth);
  const isSavingData = signal(localStorage.getItem(SAVES_DATA) === "1");
  const update = () => {
    viewportWidth.value = innerWidth;
  };
  addEventListener("resize", update);
  const stopKeeping = effect(() => localStorage.setItem(SAVES_DATA, isSavingData.value ? "1" : "0"));
  return {
    panel: signal(innerWidth >= 1600 ? "people" : null),
    dialog: signal(null),
    mode: signal("gallery"),
    roomView: signal("work"),
    isSavingData,
    galleryPage: signal(0),
    viewportWidth,
    isWide: computed(() => viewportWidth.value >= 1600),
    isPhone: computed(() => viewportWidth.value < 768),
    close() {
      removeEventListener("resize", update);
      stopKeeping();
    },
  };
}
