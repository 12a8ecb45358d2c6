import type { EnrolmentFields, Unit } from "../ports.ts";
import type { EntryCondition } from "../protocol/entry.ts";
import type { StaffRole } from "../protocol/people.ts";

/** The programme that a first start brings along, after the Digital Talent Scholarship 2024's. */
export const MODEL_PROGRAMME = {
  code: "AI-PEM",
  title: "Pelatihan Pemanfaatan AI di Pemerintahan",
  units: [
    { code: "KONSEP", title: "Konsep Artificial Intelligence", jp: 6, selfStudyJp: 0 },
    { code: "ETIKA", title: "Etika Artificial Intelligence", jp: 2, selfStudyJp: 0 },
    { code: "PENERAPAN", title: "Penerapan Artificial Intelligence", jp: 24, selfStudyJp: 0 },
  ] satisfies Unit[],
} as const;

/** At most 53 years old, a diploma, and sent by one's office. */
export const MODEL_ENTRY: readonly EntryCondition[] = [
  { rule: "maxAgeAtStart", field: "birthDate", years: 53 },
  { rule: "minEducation", field: "education", level: "D3" },
  { rule: "required", field: "assignmentLetter" },
];

export const MODEL_SESSION_TITLE = "Mengenal Artificial Intelligence";

export const MODEL_STAFF: readonly { name: string; email: string; role: StaffRole }[] = [
  { name: "Dr. Ratna Wulandari, M.Kom.", email: "ratna.wulandari@pusdiklat.example", role: "instructor" },
  { name: "Bayu Prasetyo, S.Kom.", email: "bayu.prasetyo@pusdiklat.example", role: "facilitator" },
];

export const MODEL_ADMIN_EMAIL = "admin@pusdiklat.example";
export const MODEL_ADMIN_NAME = "Administrator Pusdiklat";

const LETTER = "ST-114/PUSDIKLAT/2024";

/** NIPs are invented but well formed: birth date, appointment, sex, serial. */
const PEOPLE: readonly (readonly [nip: string, name: string, institution: string, education: string])[] = [
  ["198503122010011004", "Agus Setiawan, S.Kom.", "Pemerintah Kota Bandung", "S1"],
  ["199007252015032003", "Siti Rahmawati, S.E., M.Si.", "Kementerian Kesehatan", "S2"],
  ["197911032005011002", "I Made Wirawan, S.T.", "Pemerintah Provinsi Bali", "S1"],
  ["199204182019032007", "Maria Goreti Nahak, A.Md.", "Pemerintah Kabupaten Belu", "D3"],
  ["198812092014021001", "Muhammad Fadli Hasibuan, S.Sos.", "Pemerintah Kota Medan", "S1"],
  ["199502142020122011", "Dewi Anggraini Kusumawardhani, S.Tr.IP.", "Badan Kepegawaian Negara", "D4"],
  ["198306302009121003", "Yohanes Kambu, S.IP.", "Pemerintah Provinsi Papua Barat Daya", "S1"],
  ["199309012018012002", "Nur Aisyah Daeng Puji, S.Pd.", "Pemerintah Kota Makassar", "S1"],
  ["199612202023211005", "Rizky Ramadhan, S.Kom.", "Kementerian Komunikasi dan Digital", "S1"],
  ["198010172006042001", "Endang Sulistyowati, S.H., M.H.", "Mahkamah Agung", "S2"],
  ["199108052022212009", "Fransiska Tampubolon, A.Md.Kom.", "Pemerintah Kabupaten Toba", "D3"],
  ["198702282011011006", "Ahmad Zainuri, S.Ag.", "Kementerian Agama", "S1"],
];

/** The roster of twelve, as an import would bring it. */
export const MODEL_ROSTER: readonly EnrolmentFields[] = PEOPLE.map(([nip, name, institution, education]) => ({
  externalId: nip,
  name,
  institution,
  education,
  email: null,
  group: null,
  birthDate: `${nip.slice(0, 4)}-${nip.slice(4, 6)}-${nip.slice(6, 8)}`,
  assignmentLetter: LETTER,
}));
