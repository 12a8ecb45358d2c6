import { useEffect, useRef, useState } from "preact/hooks";
import { Toasts } from "../ui/toasts.tsx";
import { useMediaQuery } from "../ui/use-media-query.ts";
import { useIsFullScreen } from "./full-screen.ts";
import { KeysDialog } from "./keys-dialog.tsx";
import { PeopleStrip } from "./people-strip.tsx";
import { usePlayer } from "./player.ts";
import { PlayerBar } from "./player-bar.tsx";
import { PlayerHeader } from "./player-header.tsx";
import { PlayerPanel } from "./player-panel.tsx";
import { PlayerStage } from "./player-stage.tsx";
import { useCaptions } from "./use-captions.ts";
import { usePlayerKeys } from "./use-player-keys.ts";
import { useSlideTexts } from "./use-slide-texts.ts";
import "./player-style.ts";

const IDLE_MS = 3_000;

/** The player: header, picture, people, panel, time line and controls. */
export function PlayerView() {
  const player = usePlayer();
  const { panel, isHelpShown, playback, layout, moment } = player;
  usePlayerKeys(player);
  useCaptions(player);
  useSlideTexts(player);
  const isFull = useIsFullScreen();
  const isPhone = useMediaQuery("(max-width: 1023px)");
  const isIdle = useIdle();
  const tab = isPhone ? (panel.value ?? "chapters") : panel.value;
  const hasStrip = layout.value.large !== "gallery" || layout.value.small !== null;
  return (
    <div
      class="player"
      data-full={isFull ? "yes" : "no"}
      data-idle={isIdle && playback.isPlaying.value ? "yes" : "no"}
      data-panel={tab ? "open" : "closed"}
      data-strip={hasStrip && moment.value.people.length > 0 ? "shown" : "none"}
    >
      <PlayerHeader />
      <main class="player-main">
        <PlayerStage />
        <PeopleStrip />
      </main>
      {tab && <PlayerPanel tab={tab} canClose={!isPhone} />}
      <PlayerBar />
      {isHelpShown.value && <KeysDialog />}
      <Toasts />
    </div>
  );
}

/** Whether nothing has moved for a while: then the controls over a full screen go away. */
function useIdle(): boolean {
  const [isIdle, setIdle] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    const wake = () => {
      setIdle(false);
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setIdle(true), IDLE_MS);
    };
    const names = ["pointermove", "pointerdown", "keydown", "focusin"] as const;
    for (const name of names) addEventListener(name, wake);
    wake();
    return () => {
      for (const name of names) removeEventListener(name, wake);
      clearTimeout(timer.current);
    };
  }, []);
  return isIdle;
}
