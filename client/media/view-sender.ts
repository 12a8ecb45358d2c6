import type { ConnectionId } from "../../server/protocol/ids.ts";
import type { MediaView } from "../../server/protocol/media.ts";
import type { SendCommand } from "./media-command.ts";

const DEBOUNCE_MS = 150;
const RETRY_MS = 2_000;
const MAX_TILES = 50;
/** Widths are told in steps, so that dragging a window's edge is not a stream of commands. */
const WIDTH_STEP = 80;
const MAX_WIDTH = 16_384;

/** What is on screen, as the views measure it: widths in device pixels. */
export interface ShownMedia {
  readonly mode: MediaView["mode"];
  readonly tiles: readonly {
    readonly connectionId: ConnectionId;
    readonly source: "camera" | "screen";
    readonly width: number;
  }[];
}

/** The view as the server is told it: widths in steps, at most fifty tiles, data saving over all else. */
export function viewFrom(shown: ShownMedia, isDataSaver: boolean): MediaView {
  return {
    mode: isDataSaver ? "data-saver" : shown.mode,
    tiles: shown.tiles.slice(0, MAX_TILES).map(({ connectionId, source, width }) => ({
      connectionId,
      source,
      width: Math.min(MAX_WIDTH, Math.max(1, Math.ceil(width / WIDTH_STEP)) * WIDTH_STEP),
    })),
  };
}

export interface ViewSender {
  show(shown: ShownMedia): void;
  setDataSaver(isOn: boolean): void;
  /** The server knows nothing yet, or no more: tells it at once. */
  tellAgain(): void;
  close(): void;
}

export function createViewSender(command: SendCommand): ViewSender {
  let shown: ShownMedia = { mode: "gallery", tiles: [] };
  let isDataSaver = false;
  let told = "";
  let hasToldTiles = false;
  let isClosed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    timer = undefined;
    const view = viewFrom(shown, isDataSaver);
    const text = JSON.stringify(view);
    if (text === told) return;
    told = text;
    hasToldTiles = view.tiles.length > 0;
    command("media.view", view).then((answer) => {
      if (answer.ok || told !== text) return;
      told = "";
      // Nobody else would say it again: what is on screen may not change for an hour.
      setTimeout(tellLater, RETRY_MS);
    });
  }

  function tellLater(): void {
    if (isClosed) return;
    timer ??= setTimeout(tell, DEBOUNCE_MS);
  }

  function tellNow(): void {
    clearTimeout(timer);
    tell();
  }

  return {
    show(now) {
      shown = now;
      // Whoever has no picture yet is waiting for it; later ones come and go, and are gathered.
      if (hasToldTiles || now.tiles.length === 0 || told === "") tellLater();
      else tellNow();
    },
    setDataSaver(isOn) {
      isDataSaver = isOn;
      tellLater();
    },
    tellAgain() {
      told = "";
      tellNow();
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}
