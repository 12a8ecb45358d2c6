import {
  ChevronDown,
  Download,
  FileJson,
  FileSpreadsheet,
  FileText,
  Printer,
  ShieldCheck,
  Table2,
} from "lucide";
import { Button } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { downloadFrom } from "../csv-file.ts";

/** What can be taken away of a session's attendance. */
export function AttendanceDownloads({
  sessionId,
  programmeCode,
}: {
  sessionId: string;
  programmeCode: string;
}) {
  return (
    <>
      <Menu
        label={t("admin.moreActions")}
        button={(attributes) => (
          <Button icon={ChevronDown} class="button-icon-last" {...attributes}>
            {t("admin.moreActions")}
          </Button>
        )}
      >
        <MenuItem
          icon={ShieldCheck}
          onClick={() => downloadFrom(adminApi.evidenceFile(sessionId), `bukti-${sessionId}.json`)}
        >
          {t("attendance.evidence")}
        </MenuItem>
        <MenuItem
          icon={FileSpreadsheet}
          onClick={() =>
            downloadFrom(adminApi.attendanceFile(sessionId, "xlsx"), `kehadiran-${sessionId}.xlsx`)
          }
        >
          {t("attendance.xlsx")}
        </MenuItem>
        <MenuItem
          icon={FileJson}
          onClick={() =>
            downloadFrom(adminApi.attendanceFile(sessionId, "json"), `kehadiran-${sessionId}.json`)
          }
        >
          {t("attendance.json")}
        </MenuItem>
        <MenuItem
          icon={FileText}
          onClick={() =>
            downloadFrom(adminApi.attendanceFile(sessionId, "pdf"), `daftar-hadir-${sessionId}.pdf`)
          }
        >
          {t("attendance.pdf")}
        </MenuItem>
        <MenuItem
          icon={Table2}
          onClick={() =>
            downloadFrom(
              adminApi.programmeAttendanceFile(programmeCode, "xlsx"),
              `kehadiran-${programmeCode}.xlsx`,
            )
          }
        >
          {t("attendance.programmeXlsx")}
        </MenuItem>
        <MenuItem icon={Printer} onClick={() => print()}>
          {t("attendance.print")}
        </MenuItem>
      </Menu>
      <a
        class="button button-primary"
        href={adminApi.attendanceFile(sessionId, "csv")}
        download={`kehadiran-${sessionId}.csv`}
      >
        <Icon of={Download} />
        {t("attendance.csv")}
      </a>
    </>
  );
}
