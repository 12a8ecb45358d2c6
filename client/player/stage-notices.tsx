import { useState } from "preact/hooks";
import type { PlaybackFault } from "../playback/file-fetcher.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";

/** What hinders playing, with the way out of it. */
export function StageNotices() {
  const { playback } = usePlayer();
  const fault = playback.fault.value;
  if (fault) {
    return (
      <div class="player-trouble">
        <Notice tone="trouble" actions={<FaultAction fault={fault} />}>
          {playerText(`fault.${fault}`)}
        </Notice>
      </div>
    );
  }
  return <SlowLine />;
}

function FaultAction({ fault }: { fault: PlaybackFault }) {
  const { playback } = usePlayer();
  if (fault === "offline") return null;
  // Who may not watch any more learns why from the page itself.
  if (fault === "refused") {
    return <Button onClick={() => location.reload()}>{playerText("fault.reload")}</Button>;
  }
  return <Button onClick={() => playback.retry()}>{playerText("refused.again")}</Button>;
}

/** Offered once: who wants to wait for pictures may. */
function SlowLine() {
  const { playback } = usePlayer();
  const [isDeclined, setDeclined] = useState(false);
  if (isDeclined || !playback.isLineSlow.value || !playback.isPlaying.value) return null;
  return (
    <div class="player-trouble">
      <Notice
        tone="wait"
        actions={
          <>
            <Button onClick={() => playback.setMode("stills")}>{playerText("slow.less")}</Button>
            <Button tone="quiet" onClick={() => setDeclined(true)}>
              {playerText("slow.stay")}
            </Button>
          </>
        }
      >
        {playerText("slow.text")}
      </Notice>
    </div>
  );
}
