import { describe, expect, it } from "vitest";

import { attendanceReport } from "../../server/reports/attendance-report.ts";
import { attendanceTable } from "../../server/reports/attendance-table.ts";
import { csvFrom } from "../../server/reports/report-table.ts";
import { slotTitle } from "../../server/reports/slot-title.ts";
import { closed, joined, ledger, left, MINUTE, marked, opened } from "../domain/ledger.ts";
import { EVENTS, REPORT_INPUT, START } from "./class-evidence.ts";

const minutes = (span: { startAt: number; endAt: number }) => [
  (span.startAt - START) / MINUTE,
  (span.endAt - START) / MINUTE,
];

describe("attendance report", () => {
  const report = attendanceReport(REPORT_INPUT);

  it("EV5 has everybody of the roster, absent people too, and names held time and outages", () => {
    expect(report.items.map(({ name, jp }) => [name, jp])).toEqual([
      ["Ana; S.Kom.", 2],
      ['=HYPERLINK("x")', 0],
      ["@Cici", 0.5],
    ]);
    expect(report.held.map(minutes)).toEqual([[0, 90]]);
    expect(report.outages.map(minutes)).toEqual([[60, 61]]);
    expect(report.rosterFixed).toBe(true);
  });

  it("EV5 shows the intervals behind the numbers, cut at slots, with kinds and rooms", () => {
    const spans = report.items[0]?.spans ?? [];
    expect(spans.map((span) => [span.slotId, span.kind, ...minutes(span), span.rooms])).toEqual([
      ["slt_1", "observed", 0, 45, ["main", "rom_a"]],
      ["slt_2", "observed", 45, 60, ["rom_a"]],
      ["slt_2", "outage", 60, 62, undefined],
      ["slt_2", "observed", 62, 90, ["main"]],
    ]);
    expect(report.items[2]?.spans).toEqual([]);
  });

  it("EV5 says when people came and went and how long they were there", () => {
    expect(
      report.items.map(({ firstJoinedAt, lastLeftAt, observedMs }) => [
        firstJoinedAt,
        lastLeftAt,
        observedMs,
      ]),
    ).toEqual([
      [START - 5 * MINUTE, START + 91 * MINUTE, 88 * MINUTE],
      [START, START + 20 * MINUTE, 20 * MINUTE],
      [null, null, 0],
    ]);
  });

  it("EV5 has no last leaving while somebody is still there", () => {
    const events = EVENTS.slice(0, 5);
    const items = attendanceReport({ ...REPORT_INPUT, events }).items;
    expect(items[0]?.lastLeftAt).toBeNull();
  });

  it("AT9 keeps the reason and the computed value visible, AT10 the mark that counts", () => {
    expect(report.items[2]?.slots[1]).toMatchObject({ jp: 0.5, computedJp: 0, because: "adjusted" });
    expect(report.items[2]?.rulings).toEqual([
      {
        slotId: "slt_2",
        mark: null,
        adjustment: { jp: 0.5, reason: "r", by: "adm_a", approvedBy: "adm_b", at: START + 100 * MINUTE },
      },
    ]);
    const events = ledger(marked("enr_ana", "sick", { slotId: "slt_1" }));
    const session = { ...REPORT_INPUT.session, mode: "offline" as const };
    expect(attendanceReport({ ...REPORT_INPUT, session, events }).items[0]?.rulings).toEqual([
      { slotId: "slt_1", mark: { status: "sick", by: "stf_ibu", at: 0 }, adjustment: null },
    ]);
  });

  it("EV5 spans outside all slots have no slot; bridged ones are shown", () => {
    const from = START - 60 * MINUTE;
    const events = ledger(
      opened(from),
      joined(from, "a", "enr_ana"),
      left(from + MINUTE, "a"),
      joined(from + 2 * MINUTE, "b", "enr_ana"),
      closed(from + 3 * MINUTE),
    );
    const spans = attendanceReport({ ...REPORT_INPUT, events }).items[0]?.spans ?? [];
    expect(spans.map(({ slotId, kind }) => [slotId, kind])).toEqual([
      [null, "observed"],
      [null, "bridged"],
      [null, "observed"],
    ]);
  });
});

describe("attendance CSV", () => {
  const csv = csvFrom(attendanceTable(attendanceReport(REPORT_INPUT)));

  it("EV6 opens in an Indonesian spreadsheet: BOM, semicolons, decimal commas, CRLF, ids as text", () => {
    const slots = ["Slot 1, 05/08/2024 09.00–09.45 WIB", "Slot 2, 05/08/2024 09.45–10.30 WIB"];
    const columns = slots.flatMap((title) => [`${title}: hadir (%)`, `${title}: JP`, `${title}: keterangan`]);
    expect(csv[0]).toBe("\uFEFF");
    const lines = csv.slice(1).split("\r\n");
    expect(lines[0]).toBe(["No", "NIP/ID", "Nama", "Instansi", "JP", "Menit hadir", ...columns].join(";"));
    expect(lines[1]).toBe(
      `1;"198703122010011004";"Ana; S.Kom.";"Dinas ""A""";2,00;90,0;100,00;1,00;memenuhi batas kehadiran;100,00;1,00;memenuhi batas kehadiran`,
    );
    expect(lines.at(-1)).toBe("");
  });

  it("EV6 a cell that begins like a formula gets a ' before it, within its quotes too", () => {
    const lines = csv.split("\r\n");
    expect(lines[2]).toContain(`;A-77;"'=HYPERLINK(""x"")";;0,00;20,0;44,44;0,00;di bawah batas kehadiran`);
    expect(lines[3]).toContain(`3;"007";'@Cici;'-;0,50;0,0;`);
  });

  it("EV6 says in words what decided, with the computed value of an adjustment", () => {
    expect(csv).toContain("0,50;disesuaikan dengan persetujuan (hitungan: 0,00)");
  });

  it.each([
    ["Asia/Makassar", "Slot 2, 05/08/2024 10.00–10.45 WITA"],
    ["Asia/Jayapura", "Slot 2, 05/08/2024 11.00–11.45 WIT"],
    ["Europe/Berlin", "Slot 2, 05/08/2024 04.00–04.45 GMT+2"],
    ["nowhere", "Slot 2, 05/08/2024 02.00–02.45 UTC"],
  ])("EV6 a slot's title tells its time in %s", (timeZone, expected) => {
    expect(slotTitle({ startAt: START, endAt: START + 45 * MINUTE }, 1, timeZone)).toBe(expected);
  });
});
