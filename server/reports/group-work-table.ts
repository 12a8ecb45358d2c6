import type { GroupWork } from "../protocol/case-work.ts";
import type { ReportCell, ReportTable } from "./report-table.ts";

const COLUMNS = [
  { title: "Ruang", width: 20 },
  { title: "Kasus", width: 30 },
  { title: "Anggota", width: 50 },
  { title: "Peran", width: 40 },
  { title: "Jenis", width: 12 },
  { title: "Pertanyaan atau kriteria", width: 40 },
  { title: "Jawaban", width: 80 },
  { title: "Nilai", width: 10 },
  { title: "Nilai maksimum", width: 16 },
] as const;

/** CW5: a line for each answer, each criterion and the sum, room by room. */
export function groupWorkTable(work: GroupWork): ReportTable {
  return {
    title: "Kerja kelompok",
    columns: COLUMNS,
    rows: work.rooms.flatMap((room) => {
      const head = [
        room.title,
        room.case.title,
        room.members.map(({ name }) => name).join(", "),
        room.roles.flatMap(({ title, name }) => (name === null ? [] : [`${title}: ${name}`])).join(", "),
      ];
      const line = (...rest: ReportCell[]): ReportCell[] => [...head, ...rest];
      return [
        ...room.answers.map(({ title, answer }) => line("jawaban", title, answer ?? "", "", "")),
        ...room.criteria.map(({ title, points, maxPoints }) =>
          line("kriteria", title, "", points === null ? "" : number(points), number(maxPoints)),
        ),
        ...(room.score
          ? [
              line(
                "nilai",
                "Jumlah",
                room.score.comment,
                number(room.score.total),
                number(room.score.maxTotal),
              ),
            ]
          : []),
      ];
    }),
  };
}

function number(value: number): ReportCell {
  return { value, digits: 1 };
}
