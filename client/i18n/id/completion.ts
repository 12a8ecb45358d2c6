export const idCompletion = {
  "need.attendance.total": "Kehadiran keseluruhan",
  "need.attendance.unit": "Kehadiran {code}",
  "need.pre-test": "Pre-test",
  "need.post-test": "Post-test",
  "need.assignment": "Tugas {code}",
  "need.survey": "Survei",
  "need.eligibility": "Syarat peserta",

  "why.enough-jp": "{found} JP, disyaratkan {required} JP",
  "why.too-few-jp": "{found} JP, disyaratkan {required} JP; kurang {missing} JP",
  "why.no-slot-held": "Belum ada slot yang terlaksana",
  "why.taken": "Sudah dikerjakan",
  "why.not-taken": "Belum dikerjakan",
  "why.score-reached": "Nilai {found}, batas {required}",
  "why.score-below": "Nilai {found}, di bawah batas {required}",
  "why.accepted": "Sudah diterima",
  "why.not-accepted": "Belum diterima: {found}",
  "why.no-result": "Belum ada hasil",

  "found.rejected": "ditolak",
  "found.submitted": "menunggu dinilai",
  "found.completed": "selesai, menunggu dinilai",
  "found.none": "tanpa status",

  "mark.met": "Terpenuhi",
  "mark.unmet": "Belum terpenuhi",

  "status.pending": "Belum diputuskan",
  "status.complete": "Lulus",
  "status.incomplete": "Belum lulus",

  "own.title": "Syarat kelulusan Anda",
  "own.pending": "Program masih berlangsung; keputusan dibuat setelah sesi terakhir selesai.",
  "own.complete": "Semua syarat terpenuhi. Anda dinyatakan lulus.",
  "own.incomplete": "Masih ada syarat yang belum terpenuhi.",
} as const;
