/** Words of the MP4s of recordings, for the office and for instructors. */
export const idExport = {
  "export.title": "Video rekaman (MP4)",
  "export.lead":
    "Satu berkas untuk disimpan atau ditonton tanpa Balai: layar atau slide, pembicara, dan daftar bab.",
  "export.estimate":
    "Panjang video {length}. Dibuat di latar belakang tanpa mengganggu kelas; selama dibuat perlu kira-kira {size} di server.",
  "export.make": "Buat video",
  "export.again": "Coba lagi",
  "export.problem.recorder-missing":
    "Video tidak dapat dibuat: ffmpeg tidak ada di server ini. Hubungi pengelola server.",
  "export.problem.encoder-missing":
    "Video tidak dapat dibuat: ffmpeg di server ini tidak memiliki libx264. Hubungi pengelola server.",
  "export.problem.disk-full":
    "Tempat di server tidak cukup: perlu {needed}, tersisa {free}. Hapus rekaman atau video lama, lalu coba lagi.",
  "export.problem.nothing-recorded": "Tidak ada yang terekam, jadi tidak ada yang dapat dijadikan video.",
  "export.problem.render-failed": "Server gagal mengolah rekaman ini.",
  "export.underWay": "Kelas ini masih direkam. Video dapat dibuat setelah perekaman selesai.",
  "export.queued": "Menunggu giliran: server sedang membuat video lain.",
  "export.running": "Video sedang dibuat",
  "export.done.share": "{share} selesai",
  "export.left.seconds": "kurang dari semenit lagi",
  "export.left.minutes": "kira-kira {minutes} menit lagi",
  "export.left.hours": "kira-kira {hours} jam {minutes} menit lagi",
  "export.left.unknown": "sisa waktu sedang dihitung",
  "export.joining": "menyatukan berkas, hampir selesai",
  "export.held": "Berhenti sebentar karena kelas sedang memakai server. Lanjut sendiri setelah longgar.",
  "export.mayLeave": "Halaman ini boleh ditutup; pembuatan tetap berjalan.",
  "export.cancel": "Batalkan",
  "export.cancelled": "Pembuatan video dibatalkan.",
  "export.ready": "Video siap diunduh",
  "export.facts": "{length} · {size} · dibuat {date}",
  "export.download": "Unduh video",
  "export.delete": "Hapus video",
  "export.delete.title": "Hapus video ini?",
  "export.delete.text":
    "Berkas videonya dihapus dari server. Rekamannya tetap ada, dan video dapat dibuat lagi.",
  "export.delete.keep": "Jangan hapus",
  "export.deleted": "Video sudah dihapus.",
  "export.failed": "Video gagal dibuat.",
  "export.failed.disk-full": "Video gagal dibuat: tempat di server habis.",
  "export.link": "Video MP4",
  "export.link.for": "Video MP4 dari {title}",
  "export.day": "{date}, {time}",
  "export.loading": "Memuat keadaan video…",
} as const;
