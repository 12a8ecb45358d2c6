import { Play } from "lucide";
import { Fragment } from "preact";
import type { WatchableRecording } from "../../server/protocol/watchable-recordings.ts";
import { VideoLink } from "../export/video-link.tsx";
import { formatTime, formatTimeRange } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { Icon } from "../ui/icon.tsx";

/** The page that plays a recording. */
export function playerAddress(recordingId: string): string {
  return `/recording/${encodeURIComponent(recordingId)}`;
}

/** A way to each recording of a session; with one alone the button needs no times. */
export function WatchLinks(props: {
  recordings: readonly WatchableRecording[];
  timeZone: string;
  /** For staff: the session's title, and with it a way to each MP4. */
  videosOf?: string | undefined;
}) {
  const { recordings, timeZone, videosOf } = props;
  return (
    <>
      {recordings.map(({ recordingId, startedAt, endedAt }) => (
        <Fragment key={recordingId}>
          <a class="button" href={playerAddress(recordingId)}>
            <Icon of={Play} />
            <span>
              {t("recording.watch")}
              {recordings.length > 1 && (
                <span class="figures">
                  {" "}
                  {endedAt === null
                    ? formatTime(startedAt, timeZone)
                    : formatTimeRange(startedAt, endedAt, timeZone)}
                </span>
              )}
            </span>
          </a>
          {videosOf !== undefined && endedAt !== null && (
            <VideoLink recordingId={recordingId} title={videosOf} />
          )}
        </Fragment>
      ))}
    </>
  );
}
