import { captionAt } from "./caption-at.ts";
import { usePlayer } from "./player.ts";

/** What is said now, where captions are on. */
export function CaptionBox() {
  const { captions, cues, playback } = usePlayer();
  if (captions.value === null) return null;
  const text = captionAt(cues.value, playback.positionMs.value);
  if (text === "") return null;
  return (
    <p class="player-captions" lang={captions.value}>
      <span>{text}</span>
    </p>
  );
}
