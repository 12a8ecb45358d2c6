import { type Case, caseSchema } from "../../server/protocol/cases.ts";

/** A case with one question of each kind and a short one. */
export const sampleCase: Case = caseSchema.parse({
  caseId: "cas_1",
  title: "Chatbot layanan perizinan",
  brief:
    "Dinas Perizinan ingin memakai chatbot untuk menjawab warga.\n\nApa yang harus dipastikan lebih dulu?",
  attachments: [],
  roles: [
    { code: "chair", title: "Ketua" },
    { code: "scribe", title: "Penulis" },
    { code: "presenter", title: "Penyaji" },
  ],
  questions: [
    {
      questionId: "qst_risk",
      title: "Apa risiko terbesar dari usulan ini?",
      help: "Sebutkan siapa yang terkena dampaknya.",
      form: { kind: "text", maxLength: 2000 },
    },
    { questionId: "qst_motto", title: "Satu kalimat kesimpulan", form: { kind: "text", maxLength: 40 } },
    {
      questionId: "qst_go",
      title: "Apakah usulan ini dilanjutkan?",
      form: {
        kind: "choice",
        options: [
          { code: "yes", title: "Ya, dilanjutkan" },
          { code: "later", title: "Ya, dengan syarat" },
          { code: "no", title: "Tidak" },
        ],
      },
    },
  ],
  rubric: [{ criterionId: "cri_1", title: "Ketajaman analisis", maxPoints: 40 }],
  minutes: 20,
  requirement: "KASUS-1",
  passingPoints: 28,
});
