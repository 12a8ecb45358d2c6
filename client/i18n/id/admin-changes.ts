export const idAdminChanges = {
  "editSession.title": "Ubah sesi",
  "editSession.saved": "Sesi diubah.",
  "editSession.begun":
    "Kelas ini sudah pernah dibuka. Yang masih dapat diubah: judul, dan slot yang belum dimulai. Peserta di kelas langsung melihatnya.",
  "newSession.warning.sameTime": "Perhatikan: waktunya sama dengan “{title}”.",
  "field.slotBegun": "Slot ini sudah dimulai atau sudah dicatat, jadi tidak dapat diubah.",
  "field.slotStays": "Slot {number} sudah dimulai atau sudah dicatat, jadi tidak dapat dihapus.",
  "field.slotPast": "Waktu mulai sudah lewat. Pilih waktu yang akan datang.",
  "field.sessionBegun": "Tidak dapat diubah setelah sesi dimulai.",

  "status.cancelled": "Dibatalkan",
  "sessions.filter.cancelled": "Dibatalkan",
  "session.state.cancelled": "Sesi ini dibatalkan {date}.",
  "cancelSession.action": "Batalkan sesi",
  "cancelSession.title": "Batalkan sesi ini?",
  "cancelSession.text":
    "Tidak ada yang dapat masuk lagi, dan kehadiran di sesi ini tidak diminta. Siapa pun yang membuka tautannya membaca alasan Anda. Pembatalan tidak dapat ditarik kembali.",
  "cancelSession.reason": "Alasan",
  "cancelSession.reason.hint": "Misalnya: “Narasumber berhalangan; jadwal pengganti menyusul.”",
  "cancelSession.keep": "Jangan batalkan",
  "cancelSession.done": "Sesi dibatalkan.",
} as const;
