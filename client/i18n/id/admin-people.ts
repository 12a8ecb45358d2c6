export const idAdminPeople = {
  "field.numberTaken": "Nomor ini sudah dipakai orang lain di program ini.",
  "person.edit": "Ubah data",
  "person.edit.title": "Ubah data {name}",
  "person.edit.number.hint": "Penanda orang ini di program, juga saat daftar diimpor lagi.",
  "person.education.hint": "Misalnya SMA, D3, S1, atau S2.",
  "person.letter.hint": "Nomor surat tugas.",
  "person.links": "Riwayat tautan",
  "person.links.none": "Belum pernah ada tautan untuk orang ini.",
  "person.links.made": "Dibuat {date}",
  "person.links.active": "berlaku sampai {date}",
  "person.links.expired": "habis masa berlakunya {date}",
  "person.links.revoked": "dicabut {date}",
  "person.links.revokeAll": "Cabut semua tautannya",
  "person.links.revokedAll": "{count} tautan {name} dicabut.",
  "person.remove": "Keluarkan…",
  "person.remove.title": "Keluarkan {name}?",
  "person.remove.text":
    "Namanya hilang dari daftar dan semua tautannya berhenti berlaku. Ini hanya bisa selama belum ada catatan tentangnya, seperti kehadiran, nilai, atau sertifikat.",
  "person.remove.confirm": "Keluarkan dari daftar",
  "person.remove.done": "{name} dikeluarkan dari daftar.",
  "person.remove.inUse":
    "{name} tidak dapat dikeluarkan karena sudah ada catatan tentangnya, misalnya kehadiran atau nilai. Catatan itu harus tetap benar.",
  "person.remove.instead":
    "Agar tidak dapat masuk lagi, cabut semua tautannya. Agar namanya hilang, hapus data pribadinya.",
  "person.remove.instead.noErasure":
    "Agar tidak dapat masuk lagi, cabut semua tautannya. Menghapus data pribadi hanya dapat dilakukan administrator.",
  "staff.edit.for": "Ubah {name}",
  "staff.edit.title": "Ubah data {name}",
  "staff.changed": "Data {name} diperbarui.",
  "staff.remove": "Keluarkan…",
  "staff.remove.text":
    "Namanya hilang dari program dan semua tautannya berhenti berlaku. Ini hanya bisa selama ia belum pernah masuk kelas.",
  "staff.remove.confirm": "Keluarkan dari program",
  "staff.remove.done": "{name} dikeluarkan dari program.",
  "staff.remove.inUse":
    "{name} tidak dapat dikeluarkan karena sudah tercatat di kelas. Agar tidak dapat masuk lagi, cabut semua tautannya.",
} as const;
