import { creditedTotalMs } from "../protocol/credited-time.ts";
import type { SlotAttendance } from "../protocol/evidence.ts";
import type { AttendanceReport, ReportItem } from "./attendance-report.ts";
import { decimal, type ReportCell, type ReportTable } from "./report-table.ts";
import { slotTitle } from "./slot-title.ts";

const BECAUSE: Record<SlotAttendance["because"], string> = {
  "not-held": "slot tidak terlaksana",
  met: "memenuhi batas kehadiran",
  below: "di bawah batas kehadiran",
  proportional: "sebanding lama hadir",
  marked: "menurut daftar hadir petugas",
  unmarked: "tidak ada di daftar hadir",
  adjusted: "disesuaikan dengan persetujuan",
};

/** A session's attendance, one row a person, three columns a slot. */
export function attendanceTable(report: AttendanceReport): ReportTable {
  const { slots, timeZone } = report.session;
  return {
    title: "Kehadiran",
    columns: [
      { title: "No", width: 5 },
      { title: "NIP/ID", width: 22 },
      { title: "Nama", width: 36 },
      { title: "Instansi", width: 30 },
      { title: "JP", width: 8 },
      { title: "Menit hadir", width: 12 },
      ...slots.flatMap((slot, index) => {
        const title = slotTitle(slot, index, timeZone);
        return [
          { title: `${title}: hadir (%)`, width: 20 },
          { title: `${title}: JP`, width: 20 },
          { title: `${title}: keterangan`, width: 32 },
        ];
      }),
    ],
    rows: report.items.map(rowFrom),
  };
}

function rowFrom(item: ReportItem, index: number): ReportCell[] {
  return [
    { value: index + 1, digits: 0 },
    item.externalId,
    item.name,
    item.institution ?? "",
    { value: item.jp, digits: 2 },
    { value: Math.floor(creditedTotalMs(item.slots) / 6_000) / 10, digits: 1 },
    ...item.slots.flatMap((slot) => [
      { value: slot.share / 100, digits: 2 },
      { value: slot.jp, digits: 2 },
      reasonOf(slot),
    ]),
  ];
}

function reasonOf({ because, computedJp }: SlotAttendance): string {
  return because === "adjusted"
    ? `${BECAUSE.adjusted} (hitungan: ${decimal(computedJp, 2)})`
    : BECAUSE[because];
}
