import {
  SURVEY_RATINGS,
  type SurveyCode,
  type SurveyReport,
  type SurveyResult,
} from "../protocol/surveys.ts";
import type { ReportCell, ReportTable } from "./report-table.ts";

const QUESTION: Readonly<Record<SurveyCode, string>> = {
  "instructor.mastery": "Pengajar menguasai materi",
  "instructor.clarity": "Pengajar menjelaskan dengan jelas",
  "material.relevance": "Materi sesuai dengan pekerjaan",
  "material.quality": "Mutu bahan belajar",
  "delivery.time": "Waktu cukup dan teratur",
  "delivery.platform": "Kelas daring berjalan lancar",
  "delivery.venue": "Tempat dan sarana memadai",
  "programme.overall": "Penilaian program secara keseluruhan",
  "programme.usefulness": "Manfaat untuk pekerjaan",
  "programme.organisation": "Penyelenggaraan program",
  "programme.recommend": "Akan menyarankan program ini",
  "text.best": "Yang paling bermanfaat",
  "text.apply": "Yang akan diterapkan di tempat kerja",
  "text.advice": "Saran",
  own: "",
};

/** Surveys as a table: a row a question with its mean and distribution, and a row each text. */
export function surveyTable(reports: readonly SurveyReport[]): ReportTable {
  return {
    title: "Survei",
    columns: [
      { title: "Survei", width: 30 },
      { title: "Diminta", width: 9 },
      { title: "Diisi", width: 9 },
      { title: "Ditampilkan", width: 11 },
      { title: "Pertanyaan", width: 40 },
      { title: "Pengajar", width: 28 },
      { title: "Jawaban", width: 9 },
      { title: "Rata-rata", width: 10 },
      ...SURVEY_RATINGS.map((rating) => ({ title: `Nilai ${rating}`, width: 8 })),
      { title: "Teks", width: 60 },
    ],
    rows: reports.flatMap(rowsFrom),
  };
}

function rowsFrom(report: SurveyReport): ReportCell[][] {
  const head = [
    report.title ?? "Akhir program",
    count(report.asked),
    count(report.answered),
    count(report.shown),
  ];
  const empty = Array.from<string>({ length: 4 + SURVEY_RATINGS.length }).fill("");
  if (report.results.length === 0) {
    const words = `Hasil ditampilkan setelah ada ${report.minAnswers} jawaban`;
    return [[...head, ...empty, report.answered > 0 ? words : ""]];
  }
  return report.results.flatMap((result) => resultRows(head, result));
}

function resultRows(head: readonly ReportCell[], result: SurveyResult): ReportCell[][] {
  const { question, mean, distribution, texts } = result;
  const start = [
    ...head,
    question.words ?? QUESTION[question.code],
    question.instructor?.name ?? "",
    count(result.count),
  ];
  if (question.kind === "scale") {
    return [[...start, mean === null ? "" : { value: mean, digits: 2 }, ...distribution.map(count), ""]];
  }
  const blank = ["", ...SURVEY_RATINGS.map(() => "")];
  return texts.length === 0 ? [[...start, ...blank, ""]] : texts.map((text) => [...start, ...blank, text]);
}

function count(value: number): ReportCell {
  return { value, digits: 0 };
}
