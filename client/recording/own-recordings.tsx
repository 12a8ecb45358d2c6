import { useEffect, useState } from "preact/hooks";
import type { WatchableRecording } from "../../server/protocol/watchable-recordings.ts";
import { fetchRecordings } from "../http/join-api.ts";
import { WatchLinks } from "./watch-links.tsx";

/** The recordings of the class that a link is for; nothing where there are none. */
export function OwnRecordings({ linkId, timeZone }: { linkId: string; timeZone: string }) {
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
      <WatchLinks recordings={recordings} timeZone={timeZone} />
    </p>
  );
}
