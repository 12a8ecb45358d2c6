import type { ProgrammeAttendance } from "../protocol/programme-attendance.ts";
import type { ReportCell, ReportTable } from "./report-table.ts";
import { dayIn } from "./slot-title.ts";

type Item = ProgrammeAttendance["items"][number];

/** A whole programme's attendance: one row a person, a column a unit and a column a session, all in JP. */
export function programmeAttendanceTable(report: ProgrammeAttendance): ReportTable {
  const units = report.items[0]?.units ?? [];
  return {
    title: "Kehadiran",
    columns: [
      { title: "No", width: 5 },
      { title: "NIP/ID", width: 22 },
      { title: "Nama", width: 36 },
      { title: "Instansi", width: 30 },
      { title: "Kelompok", width: 12 },
      { title: "Jumlah JP", width: 10 },
      ...units.map(({ code }) => ({ title: `${code}: JP`, width: 10 })),
      ...report.sessions.map((session) => ({ title: sessionTitle(session), width: 18 })),
    ],
    rows: report.items.map(rowFrom),
  };
}

function sessionTitle({ startAt, timeZone, unit, title, jp }: ProgrammeAttendance["sessions"][number]) {
  const day = startAt === null ? "" : `${dayIn(startAt, timeZone)} `;
  return `${day}${unit} ${title} (${String(jp).replace(".", ",")} JP)`;
}

function rowFrom(item: Item, index: number): ReportCell[] {
  return [
    { value: index + 1, digits: 0 },
    item.externalId,
    item.name,
    item.institution ?? "",
    item.group ?? "",
    { value: item.jp, digits: 2 },
    ...item.units.map(({ jp }) => ({ value: jp, digits: 2 })),
    ...item.sessions.map((jp) => (jp === null ? "" : { value: jp, digits: 2 })),
  ];
}
