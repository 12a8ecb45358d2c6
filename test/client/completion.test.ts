import { afterEach, describe, expect, it } from "vitest";
import { COMPLETION_WORDS, requirementTitle, whyText } from "../../client/completion/completion-words.ts";
import { changeLanguage } from "../../client/i18n/language.ts";
import { COMPLETION_WHY, type RequirementDecision } from "../../server/protocol/completion.ts";

afterEach(() => changeLanguage("id"));

const paramsIn = (text: string) => [...text.matchAll(/\{(\w+)/g)].map((match) => match[1]).sort();

function decision(change: Partial<RequirementDecision>): RequirementDecision {
  return { code: "survey", required: null, found: null, met: false, why: "no-result", ...change };
}

describe("the words of completion", () => {
  it("CO11 are the same keys with the same parameters in both languages", () => {
    expect(Object.keys(COMPLETION_WORDS.en)).toEqual(Object.keys(COMPLETION_WORDS.id));
    for (const [key, text] of Object.entries(COMPLETION_WORDS.id)) {
      const english: Record<string, string> = COMPLETION_WORDS.en;
      expect(paramsIn(english[key] ?? ""), key).toEqual(paramsIn(text));
    }
  });

  it.each([
    [{ why: "too-few-jp", found: 4.25, required: 4.8 }, "4,25 JP, disyaratkan 4,8 JP; kurang 0,55 JP"],
    [{ why: "enough-jp", found: 5, required: 4.8 }, "5 JP, disyaratkan 4,8 JP"],
    [{ why: "score-below", found: 69.5, required: 70 }, "Nilai 69,5, di bawah batas 70"],
    [{ why: "not-accepted", found: "submitted" }, "Belum diterima: menunggu dinilai"],
    [{ why: "not-accepted", found: null }, "Belum diterima: tanpa status"],
    [
      {
        why: "entry-unmet",
        entry: {
          version: 2,
          problems: [
            { field: "birthDate", rule: "maxAgeAtStart", found: 54, needed: 53 },
            { field: "assignmentLetter", rule: "required", found: null, needed: null },
            { field: "institution", rule: "oneOf", found: "X", needed: "A, B" },
          ],
        },
      },
      "Belum memenuhi syarat peserta: usia 54 tahun pada awal program, batas 53; surat tugas belum diisi; instansi X, harus salah satu dari A, B",
    ],
    [{ why: "no-slot-held" }, "Belum ada slot yang terlaksana"],
  ] satisfies [Partial<RequirementDecision>, string][])("CO11 say why: %j", (change, words) => {
    expect(whyText(decision(change))).toBe(words);
  });

  it("CO11 have a sentence for every reason, in both languages", () => {
    for (const language of ["id", "en"] as const) {
      changeLanguage(language);
      for (const why of COMPLETION_WHY) expect(whyText(decision({ why })), why).toMatch(/^\p{Lu}|^\d/u);
    }
  });

  it.each([
    ["attendance.unit:KAI", "Kehadiran KAI"],
    ["assignment:A.1", "Tugas A.1"],
    ["survey", "Survei"],
    ["unknown:x", "unknown:x"],
  ])("CO11 name the requirement %s", (code, title) => {
    expect(requirementTitle(code)).toBe(title);
  });
});
