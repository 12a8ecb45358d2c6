/**
 * What people are told before they are recorded, by version. A version that somebody may have answered is never
 * changed: its SHA-256 stands in the class log.
 */
const VERSIONS = {
  1: {
    id: [
      "Tujuan: kelas ini direkam agar peserta dapat mengulang materi dan penyelenggara dapat menjaga mutu pelatihan.",
      "Yang direkam: suara, kamera, dan layar yang Anda bagikan, tangan yang Anda angkat, dan pesan obrolan Anda, bila obrolan ikut direkam.",
      "Penyimpanan: di server penyelenggara, selama masa simpan yang ditetapkan penyelenggara, lalu dihapus.",
      "Hak Anda: boleh menolak dan tetap mengikuti kelas tanpa direkam; kehadiran dan nilai Anda tidak terpengaruh. Jawaban dapat diubah kapan saja selama kelas. Anda dapat meminta penyelenggara menunjukkan atau menghapus rekaman Anda.",
    ],
    en: [
      "Purpose: this class is recorded so that participants can go through it again and the organiser can keep up its quality.",
      "What is recorded: your voice, your camera and the screen you share, the hands you raise, and your chat messages if chat is recorded too.",
      "Storage: on the organiser's server, for the time that the organiser has set, after which it is deleted.",
      "Your rights: you may refuse and take part without being recorded; your attendance and results are not affected. You can change your answer at any time during the class. You can ask the organiser to show or delete what was recorded of you.",
    ],
  },
} as const;

/** The version that is shown now. */
export const CONSENT_VERSION = 1;

/** The paragraphs that were shown in a version; null for one that never was. */
export function consentParagraphs(version: number, language: "id" | "en"): readonly string[] | null {
  return version === CONSENT_VERSION ? VERSIONS[version][language] : null;
}

/** The text as it is hashed: its paragraphs with a line feed between them; null for a version that never was. */
export function consentText(version: number, language: "id" | "en"): string | null {
  return consentParagraphs(version, language)?.join("\n") ?? null;
}
