export const idRecordingRights = {
  "ownConsent.title": "Rekaman Anda",
  "ownConsent.given": "Anda setuju direkam pada {date}. Rekaman disimpan sampai {until}.",
  "ownConsent.given.running": "Anda setuju direkam pada {date}.",
  "ownConsent.refusedLater":
    "Anda sempat setuju, lalu menolak pada {date}. Yang terekam sebelumnya disimpan sampai {until}.",
  "ownConsent.refusedLater.running": "Anda sempat setuju, lalu menolak pada {date}.",
  "ownConsent.explain":
    "Bila Anda menarik persetujuan, suara, gambar, dan pesan Anda dihapus dari rekaman. Ini tidak dapat dibatalkan dan tidak memengaruhi kehadiran Anda.",
  "ownConsent.withdraw": "Tarik persetujuan",
  "ownConsent.confirm.title": "Hapus Anda dari rekaman?",
  "ownConsent.confirm": "Ya, hapus saya",
  "ownConsent.done": "Anda sudah tidak ada dalam rekaman kelas ini. Persetujuan ditarik pada {date}.",
  "ownConsent.waiting":
    "Persetujuan ditarik pada {date}. Anda dihapus dari rekaman yang masih berjalan begitu rekaman selesai.",

  "shared.checking": "Memeriksa tautan…",
  "shared.title": "Rekaman untuk Anda",
  "shared.when": "Direkam",
  "shared.length": "Lama",
  "shared.minutes": "{count} menit",
  "shared.until": "Tautan berlaku sampai",
  "shared.watch": "Tonton rekaman",
  "shared.noted": "Setiap tontonan dicatat oleh penyelenggara. Jangan bagikan tautan ini.",
  "shared.noToken.title": "Tautan tidak lengkap",
  "shared.noToken.text": "Buka lagi tautan rekaman yang Anda terima.",
  "shared.refused.title": "Rekaman tidak dapat dibuka",
  "shared.expired": "Tautan ini sudah berakhir. Minta tautan baru kepada yang memberikannya.",
  "shared.revoked": "Tautan ini sudah dicabut oleh yang memberikannya.",
  "shared.unknown": "Tautan ini tidak dikenal. Salin alamatnya sekali lagi sampai lengkap.",
  "shared.deleted": "Rekaman ini sudah dihapus.",
} as const;
