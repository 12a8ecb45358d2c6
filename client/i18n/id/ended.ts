export const idEnded = {
  "ended.data": "Unduh data saya",
  "ended.class.title": "Kelas telah berakhir",
  "ended.class.text":
    "Terima kasih. Kehadiran atas nama {name} sudah tercatat; tidak ada yang perlu diunduh.",
  "ended.offline.title": "Sesi tatap muka",
  "ended.offline.text":
    "Kehadiran Anda dicatat di ruang kelas: oleh pengajar, atau dengan memindai kode QR di layar memakai ponsel ini.",
  "ended.offline.staff": "Catat kehadiran peserta, atau tampilkan kode QR presensi di layar ruang kelas.",
  "ended.left.title": "Anda telah keluar dari kelas",
  "ended.left.text":
    "Kelas masih berlangsung. Anda dapat masuk lagi kapan saja; kehadiran yang sudah tercatat tidak hilang.",
  "ended.left.waiting": "Kelas belum dimulai. Anda dapat masuk lagi kapan saja.",
  "ended.replaced.title": "Kelas dibuka di tempat lain",
  "ended.replaced.text":
    "Anda membuka kelas ini di tab lain, jadi tab ini dilepas. Kehadiran Anda terus tercatat di sana.",
  "ended.replaced.here": "Pindahkan ke sini",
  "ended.revoked.title": "Tautan Anda sudah dicabut",
  "ended.reopened": "Kelas dibuka kembali.",
  "ended.rejoin": "Gabung kembali",
  "ended.reopen": "Buka kembali kelas",
  "ended.attendance": "Kehadiran Anda",
  "ended.attendance.soFar": "Kehadiran Anda sejauh ini",
  "ended.attendance.loading": "Menghitung kehadiran Anda…",
  "ended.attendance.staff":
    "Terima kasih. Kehadiran peserta sudah tercatat dan dapat dilihat di halaman penyelenggara.",
  "ended.total": "Jumlah",
  "ended.total.minutes": "{minutes} menit",
  "ended.slot.name": "Slot {number}",
  "ended.slot.counted": "hadir {present} dari {held} menit ({share}), batas {limit}",
  "ended.slot.proportional": "hadir {present} dari {held} menit ({share}), dihitung sebanding",
  "ended.slot.notHeld": "tidak diselenggarakan, jadi tidak dihitung",
  "ended.slot.tooShort":
    "hadir {present} dari {held} menit; kelas terlalu singkat, jadi slot ini tidak dihitung",
  "ended.slot.underMinute": "kelas berlangsung kurang dari satu menit, jadi slot ini tidak dihitung",
  "ended.slot.coming": "belum dimulai",
  "ended.slot.running": "sedang berlangsung; hadir {present} menit sejauh ini",
  "ended.slot.adjusted": "hadir {present} dari {held} menit; ditetapkan oleh penyelenggara",
  "ended.slot.marked": "dicatat hadir oleh penyelenggara",
  "ended.slot.markedAway": "dicatat tidak hadir, izin, atau sakit oleh penyelenggara",
  "ended.slot.unmarked": "belum dicatat hadir",
  "ended.slot.bridged": "Termasuk {minutes} menit putus singkat yang tetap dihitung.",
  "ended.slot.outage": "Termasuk {minutes} menit gangguan server yang tetap dihitung.",
} as const;
