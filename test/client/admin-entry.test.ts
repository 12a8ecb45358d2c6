import { afterEach, describe, expect, it } from "vitest";
import { fieldErrorText } from "../../client/admin/form/field-error-text.ts";
import { conditionsFrom, entryDraftFrom, entryWords } from "../../client/admin/programmes/entry-words.ts";
import { language } from "../../client/i18n/language.ts";
import { entryProblemsFrom } from "../../server/domain/entry-problems.ts";
import type { EntryCondition } from "../../server/protocol/entry.ts";

const before = language.value;
afterEach(() => {
  language.value = before;
});

const CONDITIONS: readonly EntryCondition[] = [
  { rule: "maxAgeAtStart", field: "birthDate", years: 53 },
  { rule: "minEducation", field: "education", level: "D3" },
  { rule: "required", field: "assignmentLetter" },
  { rule: "oneOf", field: "group", values: ["A", "B"] },
];

describe("conditions of entry on the administrator's page", () => {
  it("EC7 says each condition in a sentence, and gives them back from the form", () => {
    language.value = "id";
    expect(entryWords(CONDITIONS)).toEqual([
      "Berusia paling tua 53 tahun pada hari pertama.",
      "Berpendidikan paling rendah D3.",
      "Surat tugas wajib ada.",
      "Kelompok salah satu dari: A, B.",
    ]);
    expect(conditionsFrom(entryDraftFrom(CONDITIONS))).toEqual(CONDITIONS);
    const lines = " Pemkot Bandung \n\nPemkot Bandung\nPemkab Garut, Jawa Barat";
    const oneOf = [
      { field: "institution", lines },
      { field: "group", lines: " \n" },
    ] as const;
    expect(conditionsFrom({ ...entryDraftFrom([]), oneOf })).toEqual([
      { rule: "oneOf", field: "institution", values: ["Pemkot Bandung", "Pemkab Garut, Jawa Barat"] },
    ]);
    expect(conditionsFrom({ ...entryDraftFrom([]), years: "tua" })).toBeNull();
  });

  it("EC7 has words for every problem", () => {
    language.value = "id";
    const nobody = {
      email: null,
      institution: null,
      group: "C",
      birthDate: "1950-01-01",
      education: "SMA",
      assignmentLetter: null,
    };
    const texts = entryProblemsFrom(nobody, CONDITIONS, "2026-08-03").map(({ message }) =>
      fieldErrorText(message),
    );
    expect(texts).toEqual([
      "Berusia 76 tahun saat program mulai; paling tua 53 tahun.",
      "Di bawah D3, syarat program ini.",
      "Wajib diisi untuk program ini.",
      "Harus salah satu dari: A, B.",
    ]);
  });
});
