export const idHallScreen = {
  title: "Presensi dengan QR",
  how: "Buka tautan pribadi Anda di ponsel, lalu pindai kode ini. Cukup satu kali setiap slot.",
  code: "Kode QR presensi",
  slot: "Slot {number}, {time}",
  noSlot: "Belum ada slot yang berlangsung. Kode baru berlaku saat slot dimulai.",
  count: "{present} dari {all} hadir",
  changes: "Kode berganti dalam {seconds} detik",
  fullScreen: "Layar penuh",
  rollCall: "Presensi",
  noPhone: "Tanpa ponsel atau kamera: lapor kepada pengajar.",
  stale: "Sambungan putus. Kode baru tampil sendiri begitu tersambung.",
} as const;
