import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import type { RecordingSpace } from "../../../server/protocol/recording-office.ts";
import { formatBytes } from "../../i18n/format.ts";
import { Notice } from "../../ui/notice.tsx";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";

/** RO11: before a class starts its page says when there is no room to record it. */
export function RoomWarning({ session }: { session: SessionDetail }) {
  const resource = useResource(`space ${session.id}`, adminApi.recordingSpace);
  const short = shortOf(resource.data, session.id);
  if (!short) return null;
  return (
    <Notice
      tone="wait"
      actions={
        <AdminLink class="button" href={adminPath.recordings()}>
          {t("space.session.open")}
        </AdminLink>
      }
    >
      {t("space.session.short", { missing: formatBytes(short.missingBytes) })}
    </Notice>
  );
}

function shortOf(space: RecordingSpace | null, sessionId: string) {
  return space?.short.find((one) => one.sessionId === sessionId) ?? null;
}
