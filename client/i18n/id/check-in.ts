export const idCheckIn = {
  "checkIn.title": "Presensi dengan QR",
  "checkIn.sending": "Mencatat kehadiran Anda…",
  "checkIn.done": "Tercatat hadir",
  "checkIn.done.text": "{name}, kehadiran Anda pada “{session}” tercatat untuk slot yang sedang berlangsung.",
  "checkIn.already": "Anda sudah tercatat hadir",
  "checkIn.already.text": "{name}, kehadiran Anda pada slot ini sudah tercatat. Tidak perlu memindai lagi.",
  "checkIn.otherwise": "Pengajar mencatat lain",
  "checkIn.otherwise.text":
    "{name}, pengajar mencatat Anda tidak hadir, izin, atau sakit pada slot ini. Temui pengajar di ruang kelas.",
  "checkIn.failed": "Belum tercatat",
  "checkIn.noLink": "Buka dulu tautan pribadi Anda untuk sesi ini di ponsel ini, lalu pindai lagi kode QR.",
  "checkIn.retry": "Coba lagi",
} as const;
