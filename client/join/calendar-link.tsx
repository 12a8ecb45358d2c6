import { CalendarPlus } from "lucide";
import { ownCalendarFile } from "../http/join-api.ts";
import { t } from "../i18n/t.ts";
import { Icon } from "../ui/icon.tsx";

/** Puts the session's times into one's own calendar; the file holds no link. */
export function CalendarLink({ linkId }: { linkId: string }) {
  return (
    <a class="button calendar-link" href={ownCalendarFile(linkId)} download>
      <Icon of={CalendarPlus} />
      {t("join.calendar")}
    </a>
  );
}
