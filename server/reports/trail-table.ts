import type { TrailRow } from "../protocol/trail.ts";
import type { ReportTable } from "./report-table.ts";

const ACTOR: Record<TrailRow["actor"]["kind"], string> = {
  account: "akun",
  key: "kunci API",
  staff: "pengajar",
  participant: "peserta",
  guest: "tamu",
  "command-line": "baris perintah server",
  server: "server",
  anonymous: "tanpa masuk",
};
const ERASED = "orang yang dihapus";

/** The trail for a spreadsheet: a row a line, with the ids beside the names, so that the chain can be looked up. */
export function trailTable(
  rows: readonly TrailRow[],
  names: Readonly<Record<string, string | null>>,
): ReportTable {
  const nameOf = (id: string | null) => (id === null ? "" : names[id] === null ? ERASED : (names[id] ?? id));
  return {
    title: "Jejak",
    columns: [
      { title: "Nomor", width: 8 },
      { title: "Waktu (UTC)", width: 24 },
      { title: "Jenis pelaku", width: 16 },
      { title: "Pelaku", width: 28 },
      { title: "Id pelaku", width: 26 },
      { title: "Tindakan", width: 24 },
      { title: "Objek", width: 28 },
      { title: "Id objek", width: 26 },
      { title: "Orang", width: 40 },
      { title: "Program", width: 32 },
      { title: "Sesi", width: 32 },
      { title: "Rincian", width: 40 },
    ],
    rows: rows.map(({ seq, at, actor, action, subject, people, programmeId, sessionId, detail }) => [
      { value: seq, digits: 0 },
      new Date(at).toISOString(),
      ACTOR[actor.kind],
      nameOf(actor.id),
      actor.id ?? "",
      action,
      subject.id === null ? subject.kind : nameOf(subject.id),
      subject.id ?? "",
      people.length > 20 ? `${people.length} orang` : people.map(nameOf).join(", "),
      nameOf(programmeId),
      nameOf(sessionId),
      Object.entries(detail)
        .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(", ") : value}`)
        .join("; "),
    ]),
  };
}
