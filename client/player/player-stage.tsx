import { LoaderCircle, Play } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "../ui/icon.tsx";
import { CaptionBox } from "./caption-box.tsx";
import { LargePicture } from "./large-picture.tsx";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";
import { StageNotices } from "./stage-notices.tsx";

const SAID_MS = 1_200;
/** Shorter waits are over before a word about them could be read. */
const WAITING_MS = 400;

/** The large picture with what lies over it: captions, words, waiting, the end. A click plays or pauses. */
export function PlayerStage() {
  const { playback, moment, toggle, layout } = usePlayer();
  const { gap } = moment.value;
  const isPlaying = playback.isPlaying.value;
  const isEnded = playback.hasEnded.value;
  const { large } = layout.value;
  // Over words there is no place for it; the bar has one too.
  const canBegin = large !== "nothing" && large !== "sheet";
  // Whoever pauses to read a slide wants nothing on it.
  const [hasBegun, setBegun] = useState(false);
  useEffect(() => setBegun((begun) => begun || isPlaying), [isPlaying]);
  return (
    <div class="stage player-stage" data-large={large}>
      <LargePicture />
      <button
        type="button"
        class="player-surface"
        aria-label={playerText(isPlaying ? "control.pause" : "control.play")}
        tabIndex={-1}
        onClick={toggle}
      >
        {!isPlaying && !hasBegun && canBegin && (
          <span class="player-begin">
            <Icon of={Play} size={40} />
          </span>
        )}
      </button>
      <CaptionBox />
      <Waiting />
      {gap && <p class="player-over player-gap">{playerText(`stage.gap.${gap.kind}`)}</p>}
      {isEnded && <p class="player-over player-gap">{playerText("stage.ended")}</p>}
      <StageNotices />
      <Saying />
    </div>
  );
}

function Waiting() {
  const { playback } = usePlayer();
  const [isShown, setShown] = useState(false);
  const isWaiting = playback.isWaiting.value;
  useEffect(() => {
    setShown(false);
    if (!isWaiting) return;
    const timer = setTimeout(() => setShown(true), WAITING_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return (
    <p class="player-waiting" role="status">
      {isShown && (
        <>
          <Icon of={LoaderCircle} size={40} class="icon-turning" />
          <span class="visually-hidden">{playerText("stage.waiting")}</span>
        </>
      )}
    </p>
  );
}

/** What a key did, for a moment; screen readers hear it too. */
function Saying() {
  const { saying } = usePlayer();
  const said = saying.value;
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => {
      saying.value = null;
    }, SAID_MS);
    return () => clearTimeout(timer);
  }, [said?.key]);
  return (
    <p class="player-saying" role="status">
      {said && <span class="player-over">{said.text}</span>}
    </p>
  );
}
