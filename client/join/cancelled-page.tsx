import { useEffect } from "preact/hooks";
import type { JoinView } from "../../server/protocol/api.ts";
import { formatDate } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { Notice } from "../ui/notice.tsx";
import { PlainPage } from "../ui/page.tsx";
import { CalendarLink } from "./calendar-link.tsx";

/** What the link of a session that was cancelled shows: what was to be, and why it is not. */
export function CancelledPage({ join }: { join: JoinView }) {
  const { title, slots, timeZone } = join.info;
  const startAt = Math.min(...slots.map((slot) => slot.startAt));
  useEffect(() => {
    document.title = t("join.documentTitle", { title: t("join.cancelled.title") });
  }, []);
  return (
    <PlainPage title={t("join.cancelled.title")}>
      <p>{t("join.cancelled.text", { title, date: formatDate(startAt, timeZone) })}</p>
      <Notice>{t("join.cancelled.reason", { reason: join.cancellation?.reason ?? "" })}</Notice>
      <p class="soft">{t("join.cancelled.nothing")}</p>
      <CalendarLink linkId={join.linkId} />
    </PlainPage>
  );
}
