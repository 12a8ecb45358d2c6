import { formatShortDate } from "../../i18n/format.ts";
import { Notice } from "../../ui/notice.tsx";
import { adminApi } from "../admin-api.ts";
import { adminPath } from "../admin-path.ts";
import { t } from "../admin-words.ts";
import { useResource } from "../resource.ts";
import { AdminLink } from "../shell/admin-link.tsx";

/** RO3: on a programme's overview: which of its recordings will be deleted soon; nothing where none will. */
export function DueNotice({ programmeId }: { programmeId: string }) {
  const resource = useResource(`due ${programmeId}`, () =>
    adminApi.recordings(`limit=200&programme=${programmeId}`, null),
  );
  const due = (resource.data?.items ?? [])
    .filter(({ isDueSoon }) => isDueSoon)
    .sort((a, b) => (a.keptUntil ?? 0) - (b.keptUntil ?? 0));
  const first = due[0];
  if (!first) return null;
  return (
    <Notice
      tone="wait"
      actions={
        <AdminLink class="button" href={adminPath.recordings()}>
          {t("recordings.dueNotice.open")}
        </AdminLink>
      }
    >
      {t("recordings.dueNotice", {
        count: due.length,
        title: first.session.title,
        date: formatShortDate(first.keptUntil ?? 0, first.session.timeZone),
      })}
    </Notice>
  );
}
