import { useSignal } from "@preact/signals";
import { Captions, Play } from "lucide";
import { VideoLink } from "../../export/video-link.tsx";
import { formatShortDate, formatTime, formatTimeRange } from "../../i18n/format.ts";
import { playerAddress } from "../../recording/watch-links.tsx";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";
import { CaptionsDialog } from "./captions-dialog.tsx";
import { captionsText } from "./captions-words.ts";
import "./captions.css";

/** The session's recordings that can be watched, with their captions; nothing where there are none. */
export function SessionRecordings({ sessionId, timeZone }: { sessionId: string; timeZone: string }) {
  const resource = useResource(`recordings ${sessionId}`, () => adminApi.sessionRecordings(sessionId));
  const asked = useSignal<string | null>(null);
  const items = resource.data?.items.filter(({ deletion }) => deletion === null) ?? [];
  if (items.length === 0) return null;
  return (
    <section class="card panel panel-wide">
      <h2 class="panel-title">{captionsText("recordings.title")}</h2>
      <ul class="captions-list">
        {items.map(({ id, startedAt, endedAt, keptUntil }) => (
          <li key={id}>
            <span class="figures">
              {formatShortDate(startedAt, timeZone)}{" "}
              {endedAt === null
                ? `${formatTime(startedAt, timeZone)} · ${captionsText("recordings.running")}`
                : formatTimeRange(startedAt, endedAt, timeZone)}
              {keptUntil !== null && (
                <span class="row-note soft small">
                  {t("recordings.kept")} {formatShortDate(keptUntil, timeZone)}
                </span>
              )}
            </span>
            <span class="captions-actions">
              <a class="button" href={playerAddress(id)}>
                <Icon of={Play} />
                <span>{captionsText("recordings.watch")}</span>
              </a>
              {endedAt !== null && (
                <VideoLink recordingId={id} title={formatShortDate(startedAt, timeZone)} />
              )}
              <Button
                icon={Captions}
                onClick={() => {
                  asked.value = id;
                }}
              >
                {captionsText("captions.title")}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      <div class="panel-foot">
        <AdminLink class="button" href={adminPath.recordings()}>
          {t("recordings.ofSession.all")}
        </AdminLink>
      </div>
      {asked.value && (
        <CaptionsDialog
          recordingId={asked.value}
          timeZone={timeZone}
          onClose={() => {
            asked.value = null;
          }}
        />
      )}
    </section>
  );
}
