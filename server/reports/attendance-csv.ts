import { stringify } from "csv-stringify/sync";
import type { SlotAttendance } from "../protocol/evidence.ts";
import type { AttendanceReport, ReportItem } from "./attendance-report.ts";
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

/** A number of a person, such as a NIP: quoted, as text is; a program finds in it what the roster has. */
const LONG_NUMBER = /^(0\d+|\d{10,})$/;

/**
 * A session's attendance as Indonesian spreadsheets open it: UTF-8 with BOM, `;` between fields, decimal
 * commas, CRLF. Numbers of people stay text; a cell that begins like a formula gets a `'` before it.
 */
export function attendanceCsv(report: AttendanceReport): string {
  const { slots, timeZone } = report.session;
  const header = [
    "No",
    "NIP/ID",
    "Nama",
    "Instansi",
    "JP",
    "Menit hadir",
    ...slots.flatMap((slot, i) => {
      const title = slotTitle(slot, i, timeZone);
      return [`${title}: hadir (%)`, `${title}: JP`, `${title}: keterangan`];
    }),
  ];
  return stringify([header, ...report.items.map(lineFrom)], {
    bom: true,
    delimiter: ";",
    record_delimiter: "windows",
    escape_formulas: true,
    quoted_match: LONG_NUMBER,
  });
}

function lineFrom(item: ReportItem, i: number): string[] {
  return [
    String(i + 1),
    item.externalId,
    item.name,
    item.institution ?? "",
    decimal(item.jp, 2),
    decimal(Math.floor(item.observedMs / 6_000) / 10, 1),
    ...item.slots.flatMap((slot) => [decimal(slot.share / 100, 2), decimal(slot.jp, 2), reasonOf(slot)]),
  ];
}

function reasonOf({ because, computedJp }: SlotAttendance): string {
  return because === "adjusted"
    ? `${BECAUSE.adjusted} (hitungan: ${decimal(computedJp, 2)})`
    : BECAUSE[because];
}

function decimal(value: number, digits: number): string {
  return value.toFixed(digits).replace(".", ",");
}
