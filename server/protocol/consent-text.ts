/**
 * What people are told before they are recorded, by version. A version that somebody may have answered is never
 * changed: its SHA-256 stands in the class log. From version 2 on `{days}` is the number that counts for the recording.
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
  2: {
    id: [
      "Tujuan: kelas ini direkam agar peserta dapat mengulang materi dan penyelenggara dapat menjaga mutu pelatihan.",
      "Yang direkam: suara, kamera, dan layar yang Anda bagikan, tangan yang Anda angkat, dan pesan obrolan Anda, bila obrolan ikut direkam.",
      "Yang dapat menonton: peserta dan pengajar pelatihan ini, penyelenggara, dan orang yang diberi tautan berbatas waktu oleh penyelenggara atau pengajar. Setiap tontonan dicatat.",
      "Penyimpanan: di server penyelenggara selama {days} hari setelah rekaman selesai, lalu dihapus. Masa itu hanya dapat diperpanjang dengan alasan yang dicatat.",
      "Hak Anda: boleh menolak dan tetap mengikuti kelas tanpa direkam; kehadiran dan nilai Anda tidak terpengaruh. Jawaban dapat diubah kapan saja selama kelas. Setelah kelas, Anda dapat menarik persetujuan di halaman kehadiran Anda atau melalui penyelenggara: suara, gambar, dan pesan Anda lalu dihapus dari rekaman.",
    ],
    en: [
      "Purpose: this class is recorded so that participants can go through it again and the organiser can keep up its quality.",
      "What is recorded: your voice, your camera and the screen you share, the hands you raise, and your chat messages if chat is recorded too.",
      "Who can watch it: the participants and staff of this training, the organiser, and people to whom the organiser or an instructor gave a link with an end date. Every viewing is noted.",
      "Storage: on the organiser's server for {days} days after the recording ends, after which it is deleted. That time can only be prolonged with a reason, which is noted.",
      "Your rights: you may refuse and take part without being recorded; your attendance and results are not affected. You can change your answer at any time during the class. After the class you can withdraw your consent on your attendance page or through the organiser: your voice, pictures and messages are then deleted from the recording.",
    ],
  },
} as const;

/** The version that is shown now. */
export const CONSENT_VERSION = 2;

/**
 * The paragraphs that were shown in a version, with the days that a recording is kept; null for one that never was, and
 * for one that says a number without the number.
 */
export function consentParagraphs(
  version: number,
  language: "id" | "en",
  keptDays: number | null,
): readonly string[] | null {
  if (version === 1) return VERSIONS[1][language];
  if (version !== CONSENT_VERSION || keptDays === null) return null;
  return VERSIONS[CONSENT_VERSION][language].map((text) => text.replace("{days}", String(keptDays)));
}

/** The text as it is hashed: its paragraphs with a line feed between them; null where there are none. */
export function consentText(version: number, language: "id" | "en", keptDays: number | null): string | null {
  return consentParagraphs(version, language, keptDays)?.join("\n") ?? null;
}
