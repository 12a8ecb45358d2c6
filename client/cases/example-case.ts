import { type CaseDraft, newCriterion, newOption, newQuestion, type RoleDraft } from "./case-draft.ts";

const option = (title: string) => ({ ...newOption(), title });
const criterion = (title: string, maxPoints: number, description: string) => ({
  ...newCriterion(),
  title,
  description,
  maxPoints: String(maxPoints),
});

/** A whole case to begin from, about AI in a public service; in Indonesian, as the trainings are. */
export function exampleCaseDraft(roles: readonly RoleDraft[]): CaseDraft {
  return {
    title: "Chatbot untuk layanan perizinan",
    brief: `Dinas Penanaman Modal dan PTSP sebuah kabupaten menerima sekitar **400 pertanyaan sehari** tentang perizinan. Petugas hanya sempat menjawab separuhnya pada hari yang sama.

Sebuah vendor menawarkan chatbot berbasis kecerdasan artifisial. Chatbot dilatih dengan percakapan lama, termasuk nama, nomor induk berusaha, dan keluhan warga.

# Yang sudah diketahui
- Uji coba dua minggu: 8 dari 10 jawaban benar.
- Jawaban yang salah tetap terdengar meyakinkan.
- Data percakapan disimpan di peladen vendor di luar negeri.
- Belum ada peraturan kepala daerah tentang pemakaian kecerdasan artifisial.

# Tugas kelompok
1. Temukan risiko yang paling penting dan siapa yang terkena.
2. Putuskan: dilanjutkan, dilanjutkan dengan syarat, atau ditolak.
3. Siapkan penjelasan dua menit untuk kepala dinas.`,
    minutes: "25",
    roles,
    questions: [
      {
        ...newQuestion(),
        title: "Apa tiga risiko terbesar dari usulan ini, dan siapa yang terkena dampaknya?",
        help: "Pikirkan warga, petugas, dan dinas. Sebutkan satu contoh untuk setiap risiko.",
      },
      {
        ...newQuestion(),
        kind: "choice",
        title: "Apa rekomendasi kelompok?",
        options: [option("Dilanjutkan"), option("Dilanjutkan dengan syarat"), option("Ditolak")],
      },
      {
        ...newQuestion(),
        title: "Apa alasan dan syaratnya?",
        help: "Tuliskan syarat yang bisa diperiksa, bukan harapan.",
      },
      {
        ...newQuestion(),
        title: "Satu kalimat untuk kepala dinas",
        maxLength: "200",
      },
    ],
    rubric: [
      criterion(
        "Ketajaman membaca risiko",
        40,
        "Risiko nyata, bersumber dari kasus, dan jelas siapa yang terkena.",
      ),
      criterion("Kekuatan alasan", 40, "Keputusan mengikuti dari risiko; syaratnya bisa diperiksa."),
      criterion("Kejelasan penyampaian", 20, "Dapat dipahami pimpinan tanpa penjelasan tambahan."),
    ],
    slides: null,
    requirement: "",
    passingPoints: "",
  };
}
