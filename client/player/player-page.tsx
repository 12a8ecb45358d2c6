import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import type { PlaybackTimeline } from "../../server/protocol/playback.ts";
import { fetchPlayback } from "../http/playback-api.ts";
import type { Answer } from "../http/request-json.ts";
import { formatTimer } from "../i18n/format.ts";
import { canPlayRecordings } from "../playback/media-feed.ts";
import { Button } from "../ui/button.tsx";
import { currentPath } from "../ui/location.ts";
import { PlainPage } from "../ui/page.tsx";
import { showToast } from "../ui/toasts.tsx";
import { keepPosition, keptPosition } from "./kept-position.ts";
import { momentOfAddress } from "./moment-address.ts";
import { createPlayer, PlayerContext } from "./player.ts";
import { PlayerView } from "./player-view.tsx";
import { playerText } from "./player-words.ts";
import { RefusedPage } from "./refused-page.tsx";

const KEEP_MS = 5_000;

/** `/recording/RECORDINGID`: fetches the time line, then plays; or says why not. */
export function PlayerPage() {
  const recordingId = currentPath.value.split("/")[2] ?? "";
  const [answer, setAnswer] = useState<Answer<PlaybackTimeline> | null>(null);
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    if (!canPlayRecordings()) return;
    let isOver = false;
    setAnswer(null);
    fetchPlayback(recordingId).then((got) => {
      if (!isOver) setAnswer(got);
    });
    return () => {
      isOver = true;
    };
  }, [recordingId, attempt]);
  const again = () => setAttempt((last) => last + 1);
  if (!canPlayRecordings()) {
    return (
      <PlainPage title={playerText("broken.title")}>
        <p>{playerText("broken.text")}</p>
      </PlainPage>
    );
  }
  if (answer === null) {
    return (
      <main class="player-opening" aria-busy="true">
        <p role="status">{playerText("page.loading")}</p>
      </main>
    );
  }
  if (!answer.ok) return <RefusedPage code={answer.code} onAgain={again} />;
  const { durationMs, tracks, slides } = answer.data;
  if (durationMs === 0 || (tracks.length === 0 && slides.length === 0)) {
    return (
      <PlainPage title={playerText("empty.title")}>
        <p>{playerText("empty.text")}</p>
        {answer.data.isUnderWay && (
          <p>
            <Button onClick={again}>{playerText("page.refresh")}</Button>
          </p>
        )}
      </PlainPage>
    );
  }
  return <Playing key={attempt} timeline={answer.data} />;
}

function Playing({ timeline }: { timeline: PlaybackTimeline }) {
  const player = useMemo(() => {
    const isWide = matchMedia("(min-width: 1024px)").matches;
    return createPlayer(timeline, { panel: isWide ? "chapters" : null });
  }, [timeline]);
  useLayoutEffect(() => {
    document.body.dataset.theme = "class";
    return () => {
      delete document.body.dataset.theme;
    };
  }, []);
  useEffect(() => {
    const { playback } = player;
    begin(player.timeline, player.goTo);
    const keep = () => {
      const ms = playback.hasEnded.peek() ? 0 : playback.positionMs.peek();
      keepPosition(timeline.recordingId, ms, Date.now());
    };
    const timer = setInterval(keep, KEEP_MS);
    addEventListener("pagehide", keep);
    return () => {
      keep();
      clearInterval(timer);
      removeEventListener("pagehide", keep);
      player.close();
    };
  }, [player]);
  return (
    <PlayerContext.Provider value={player}>
      <PlayerView />
    </PlayerContext.Provider>
  );
}

/** At the moment that the address asks for, else where one stopped the last time, which is said. */
function begin({ recordingId, durationMs }: PlaybackTimeline, goTo: (ms: number) => void): void {
  const asked = momentOfAddress(location.search);
  const kept = asked === null ? keptPosition(recordingId, durationMs) : null;
  const ms = asked ?? kept;
  if (ms !== null) goTo(ms);
  if (kept === null) return;
  showToast({
    text: playerText("resume.text", { time: formatTimer(kept) }),
    action: { label: playerText("resume.begin"), run: () => goTo(0) },
  });
}
