import { useEffect, useState } from "preact/hooks";
import type { WatchableRecording } from "../../server/protocol/watchable-recordings.ts";
import { fetchRecordings } from "../http/join-api.ts";
import { WatchLinks } from "./watch-links.tsx";

interface OwnRecordingsProps {
  readonly linkId: string;
  readonly timeZone: string;
  /** For staff: the session's title, and with it a way to each MP4. */
  readonly videosOf?: string | undefined;
}

/** The recordings of the class that a link is for; nothing where there are none. */
export function OwnRecordings({ linkId, timeZone, videosOf }: OwnRecordingsProps) {
  const [recordings, setRecordings] = useState<readonly WatchableRecording[]>([]);
  useEffect(() => {
    let isOver = false;
    fetchRecordings(linkId).then((answer) => {
      if (answer.ok && !isOver) setRecordings(answer.data.items);
    });
    return () => {
      isOver = true;
    };
  }, [linkId]);
  if (recordings.length === 0) return null;
  return (
    <p class="ended-files">
      <WatchLinks recordings={recordings} timeZone={timeZone} videosOf={videosOf} />
    </p>
  );
}
