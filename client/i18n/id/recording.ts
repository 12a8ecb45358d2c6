export const idRecording = {
  "recording.badge": "REC",
  "recording.badge.label": "Kelas ini direkam. Buka persetujuan rekaman.",
  "recording.badge.paused": "REC dijeda",
  "recording.badge.paused.label": "Rekaman dijeda. Buka persetujuan rekaman.",
  "recording.button": "Rekam",
  "recording.button.running": "Rekaman",

  "recording.title": "Rekam kelas",
  "recording.explain":
    "Semua orang melihat bahwa kelas direkam dan ditanya persetujuannya. Yang tidak setuju tetap mengikuti kelas, tetapi tidak ikut terekam.",
  "recording.where":
    "Setelah direkam, kelas ini dapat ditonton peserta dan pengajarnya: tombol “Tonton rekaman” ada di halaman setelah kelas dan di Kelas saya.",
  "recording.watch": "Tonton rekaman",
  "recording.rooms": "Rekam ruang diskusi juga",
  "recording.chat": "Sertakan obrolan",
  "recording.start": "Mulai merekam",
  "recording.running": "Merekam sejak pukul {time}",
  "recording.isPaused": "Rekaman dijeda",
  "recording.isLimited":
    "Tidak semua kamera dan mikrofon ikut terekam, karena terlalu banyak yang menyala. Layar yang dibagikan, pengajar, dan yang terakhir berbicara didahulukan.",
  "recording.pause": "Jeda",
  "recording.resume": "Lanjutkan",
  "recording.stop": "Hentikan rekaman",
  "recording.given": "Setuju direkam",
  "recording.refused": "Tidak direkam",
  "recording.unanswered": "Belum menjawab",
  "recording.people": "{count} orang",

  "recording.started": "Kelas mulai direkam.",
  "recording.ended": "Rekaman dihentikan.",
  "recording.ended.disk-full":
    "Rekaman berhenti: ruang penyimpanan server hampir penuh. Kelas tetap berjalan; yang sudah terekam tersimpan.",
  "recording.ended.budget-full":
    "Rekaman berhenti: ruang yang disediakan untuk rekaman sudah habis. Kelas tetap berjalan; yang sudah terekam tersimpan.",
  "recording.ended.recorder-missing":
    "Rekaman berhenti: ffmpeg tidak terpasang di server. Kelas tetap berjalan; yang sudah terekam tersimpan.",
  "recording.ended.recorder-failed":
    "Rekaman berhenti karena gangguan di server. Kelas tetap berjalan; yang sudah terekam tersimpan.",

  "consent.title": "Kelas ini direkam",
  "consent.question": "Boleh Anda ikut direkam?",
  "consent.yes": "Ya, rekam saya",
  "consent.no": "Tidak, jangan rekam saya",
  "consent.now.yes": "Jawaban Anda sekarang: ya, boleh direkam.",
  "consent.now.no": "Jawaban Anda sekarang: tidak. Anda tidak direkam.",
  "consent.now.none": "Sebelum Anda menjawab, Anda tidak direkam.",
  "consent.kept.yes": "Anda setuju direkam.",
  "consent.kept.no": "Anda tidak direkam.",
  "consent.answer": "Jawab",
  "consent.join": "Kelas ini sedang direkam. Anda juga dapat menjawab nanti di dalam kelas.",
} as const;
