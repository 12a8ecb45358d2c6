import { useState } from "preact/hooks";
import type { ExportList } from "../../server/protocol/exports.ts";
import { formatDate, formatTime } from "../i18n/format.ts";
import { currentPath } from "../ui/location.ts";
import { PlainPage } from "../ui/page.tsx";
import { ExportPanel } from "./export-panel.tsx";
import { exportText as t } from "./export-words.ts";

/** `/recording/RECORDINGID/video`: the MP4 of a recording, for staff and the office. */
export function ExportPage() {
  const recordingId = currentPath.value.split("/")[2] ?? "";
  const [list, setList] = useState<ExportList | null>(null);
  const day = list && {
    date: formatDate(list.startedAt, list.session.timeZone),
    time: formatTime(list.startedAt, list.session.timeZone),
  };
  return (
    <PlainPage title={list?.session.title ?? t("export.title")}>
      {list && day && (
        <p class="soft">
          {list.session.programme} · {t("export.day", day)}
        </p>
      )}
      <ExportPanel recordingId={recordingId} onList={setList} />
    </PlainPage>
  );
}
