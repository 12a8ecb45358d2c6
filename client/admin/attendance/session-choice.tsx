import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import { formatShortDate } from "../../i18n/format.ts";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { useResource } from "../resource.ts";
import { firstStartAt, inOrderOfTime } from "../sessions/session-order.ts";
import { goTo } from "../shell/admin-link.tsx";

/** Another session of the programme, one choice away. */
export function SessionChoice({ session }: { session: SessionDetail }) {
  const { code } = session.programme;
  const sessions = useResource(code, () => adminApi.sessions(code));
  const known = inOrderOfTime(sessions.data ?? [session]);
  return (
    <select
      class="input session-choice"
      aria-label={t("attendance.session")}
      value={session.id}
      onChange={(event) => goTo(adminPath.attendance(event.currentTarget.value))}
    >
      {known.map((one) => (
        <option key={one.id} value={one.id}>
          {t("attendance.session.option", {
            date: formatShortDate(firstStartAt(one), one.timeZone),
            title: one.title,
          })}
        </option>
      ))}
    </select>
  );
}
