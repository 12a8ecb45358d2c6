import type {
  CompletionItem,
  CompletionReport,
  CompletionWhy,
  RequirementDecision,
} from "../protocol/completion.ts";
import type { ReportCell, ReportTable } from "./report-table.ts";

const STATUS: Record<CompletionItem["status"], string> = {
  pending: "belum selesai",
  complete: "lulus",
  incomplete: "belum lulus",
};

const WHY: Record<CompletionWhy, string> = {
  "enough-jp": "JP mencukupi",
  "too-few-jp": "JP kurang",
  "no-slot-held": "tidak ada slot yang terlaksana",
  taken: "sudah dikerjakan",
  "not-taken": "belum dikerjakan",
  "score-reached": "nilai mencapai batas",
  "score-below": "nilai di bawah batas",
  accepted: "diterima",
  "not-accepted": "belum diterima",
  "no-result": "belum ada hasil",
  "entry-met": "memenuhi syarat peserta",
  "entry-unmet": "tidak memenuhi syarat peserta",
  "surveys-answered": "survei sudah diisi",
  "surveys-missing": "survei belum lengkap",
};

const KIND: Readonly<Record<string, string>> = {
  "attendance.total": "Kehadiran seluruhnya",
  "attendance.unit": "Kehadiran",
  "pre-test": "Pre-test",
  "post-test": "Post-test",
  assignment: "Tugas",
  survey: "Survei",
  eligibility: "Syarat peserta",
};

const WORDS: Readonly<Record<string, string>> = {
  taken: "dikerjakan",
  accepted: "diterima",
  rejected: "ditolak",
  submitted: "diserahkan",
  completed: "selesai",
};

/** A programme's decisions, one row a person, four columns a requirement. */
export function completionTable(report: CompletionReport): ReportTable {
  const { requirements } = report.policy;
  return {
    title: "Kelulusan",
    columns: [
      { title: "No", width: 5 },
      { title: "NIP/ID", width: 22 },
      { title: "Nama", width: 36 },
      { title: "Instansi", width: 30 },
      { title: "Kelompok", width: 12 },
      { title: "Status", width: 14 },
      { title: "JP", width: 8 },
      ...requirements.flatMap(({ code }) => {
        const title = requirementTitle(code);
        return [
          { title, width: 14 },
          { title: `${title}: diperoleh`, width: 14 },
          { title: `${title}: disyaratkan`, width: 14 },
          { title: `${title}: keterangan`, width: 26 },
        ];
      }),
      { title: "Versi aturan", width: 12 },
    ],
    rows: report.items.map(rowFrom),
  };
}

function rowFrom(item: CompletionItem, index: number): ReportCell[] {
  return [
    { value: index + 1, digits: 0 },
    item.externalId,
    item.name,
    item.institution ?? "",
    item.group ?? "",
    STATUS[item.status],
    { value: item.jp, digits: 2 },
    ...item.requirements.flatMap((requirement) => [
      requirement.met ? "terpenuhi" : "belum",
      valueCell(requirement.found),
      valueCell(requirement.required),
      WHY[requirement.why],
    ]),
    { value: item.policyVersion, digits: 0 },
  ];
}

function valueCell(value: RequirementDecision["found"]): ReportCell {
  if (value === null) return "";
  return typeof value === "number" ? { value, digits: 2 } : (WORDS[value] ?? value);
}

function requirementTitle(requirement: string): string {
  const [kind = "", code] = requirement.split(/:(.*)/);
  const words = KIND[kind] ?? kind;
  return code === undefined ? words : `${words} ${code}`;
}
