import { useLayoutEffect } from "preact/hooks";
import { chapterAt, nextChapterMs, previousChapterMs } from "./chapters-from.ts";
import { toggleFullScreen } from "./full-screen.ts";
import type { PictureChoice } from "./layout-from.ts";
import type { Player } from "./player.ts";
import { type PlayerKey, playerKeyFrom } from "./player-key.ts";
import { playerText } from "./player-words.ts";
import { nextSpeed } from "./playing-speed.ts";
import { speedWords, spokenMoment } from "./time-words.ts";
import { toggleCaptions } from "./use-captions.ts";

const TYPED_INTO =
  "input:not([type=checkbox], [type=radio], [type=range], [type=button]), textarea, [contenteditable]";
const CONTROLS = "button, a, select, input, summary, [role=slider], [role=tab], [popover]";

const NEXT_CHOICE: Readonly<Record<PictureChoice, PictureChoice>> = {
  class: "speaker",
  speaker: "gallery",
  gallery: "class",
};

/** Listens for keys as long as the player is shown. */
export function usePlayerKeys(player: Player): void {
  // Before the player is painted: who sees it can use the keys.
  useLayoutEffect(() => {
    const handleKeyDown = (event: KeyboardEvent) => {
      if (document.querySelector("dialog[open]")) return;
      const element = event.target instanceof Element ? event.target : null;
      const isTyping = element?.closest(TYPED_INTO) != null;
      const key = playerKeyFrom(event, { isTyping, isControl: element?.closest(CONTROLS) != null });
      if (!key) return;
      event.preventDefault();
      const said = runKey(player, key);
      if (said !== null) player.say(said);
    };
    addEventListener("keydown", handleKeyDown);
    return () => removeEventListener("keydown", handleKeyDown);
  }, [player]);
}

/** Does what a key asks for; the answer is what to say about it. */
function runKey(player: Player, key: PlayerKey): string | null {
  switch (key.do) {
    case "toggle":
      player.toggle();
      return playerText(player.playback.isPlaying.peek() ? "said.playing" : "said.paused");
    case "step":
      return jump(player, player.playback.positionMs.peek() + key.ms);
    case "share":
      return jump(player, player.timeline.durationMs * key.of);
    case "chapter":
      return jumpByChapter(player, key.by);
    case "speed":
      player.playback.setSpeed(nextSpeed(player.playback.speed.peek(), key.by));
      return speedWords(player.playback.speed.peek());
    case "volume":
      return changeVolume(player, key.by);
    case "mute":
      player.isMuted.value = !player.isMuted.peek();
      return volumeWords(player);
    case "captions":
      return toggleCaptions(player);
    case "full-screen":
      void toggleFullScreen();
      return null;
    case "search":
      openSearch(player);
      return null;
    case "help":
      player.isHelpShown.value = true;
      return null;
    case "swap":
      player.choice.value = NEXT_CHOICE[player.choice.peek()];
      return playerText(`control.picture.${player.choice.peek()}`);
  }
}

function jump(player: Player, ms: number): string {
  const to = Math.min(Math.max(0, ms), player.timeline.durationMs);
  player.goTo(to);
  return spokenMoment(to, player.chapters);
}

function jumpByChapter(player: Player, by: 1 | -1): string | null {
  const now = player.playback.positionMs.peek();
  const to = by === 1 ? nextChapterMs(player.chapters, now) : previousChapterMs(player.chapters, now);
  if (to === null) return null;
  const moment = jump(player, to);
  const chapter = chapterAt(player.chapters, "slide", to);
  return (chapter?.kind === "slide" ? chapter.title : null) ?? moment;
}

function changeVolume(player: Player, by: number): string {
  const volume = player.isMuted.peek() ? 0 : player.volume.peek();
  player.volume.value = Math.min(Math.max(0, Math.round((volume + by) * 100) / 100), 1);
  player.isMuted.value = false;
  return volumeWords(player);
}

function volumeWords({ volume, isMuted }: Player): string {
  if (isMuted.peek()) return playerText("said.muted");
  return playerText("said.volume", { percent: Math.round(volume.peek() * 100) });
}

function openSearch({ panel }: Player): void {
  panel.value = "search";
  requestAnimationFrame(() => document.querySelector<HTMLElement>(".player-search input")?.focus());
}
