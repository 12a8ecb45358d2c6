/**
 * Titles that people give the columns of a roster, in Indonesian and English, and the field each one is.
 * The names of the fields themselves are known as well, in any case.
 */
const FIELD_OF_TITLE: Readonly<Record<string, string>> = {
  nip: "externalId",
  "nip/id": "externalId",
  nipid: "externalId",
  id: "externalId",
  nik: "externalId",
  nomor: "externalId",
  "nomor induk": "externalId",
  "nomor peserta": "externalId",
  number: "externalId",
  "participant number": "externalId",
  nama: "name",
  "nama lengkap": "name",
  "full name": "name",
  surel: "email",
  "e-mail": "email",
  "alamat surel": "email",
  instansi: "institution",
  "unit kerja": "institution",
  agency: "institution",
  kelompok: "group",
  kelas: "group",
  "tanggal lahir": "birthDate",
  tgl_lahir: "birthDate",
  "birth date": "birthDate",
  pendidikan: "education",
  "pendidikan terakhir": "education",
  "surat tugas": "assignmentLetter",
  "letter of assignment": "assignmentLetter",
};

/** The roster field that a column's title means; a title that is not known stays what it is. */
export function rosterFieldFrom(title: string): string {
  const plain = title.replaceAll('"', "").trim();
  return FIELD_OF_TITLE[plain.toLowerCase().replace(/\s+/g, " ")] ?? plain;
}
