import { afterEach, describe, expect, it } from "vitest";
import { adminPath, placeFrom } from "../../client/admin/admin-path.ts";
import { ADMIN_WORDS } from "../../client/admin/admin-words.ts";
import { mostMissed, peopleIn } from "../../client/admin/completion/completion-summary.ts";
import { resultColumnName, resultErrorText } from "../../client/admin/completion/result-error-text.ts";
import { resultsCsvFrom } from "../../client/admin/completion/results-paste.ts";
import { changeLanguage } from "../../client/i18n/language.ts";
import { completionReportSchema, resultBodySchema } from "../../server/protocol/completion.ts";

afterEach(() => changeLanguage("id"));

const need = (code: string, met: boolean) => ({
  code,
  required: "taken",
  found: null,
  met,
  why: met ? "taken" : "not-taken",
});
const item = (name: string, status: string, met: readonly boolean[]) => ({
  enrolmentId: `enr_${name}`,
  externalId: `19${name}`,
  name,
  institution: "Dinas Kesehatan",
  group: "A",
  isErased: false,
  policyVersion: 1,
  status,
  jp: 1,
  units: [],
  requirements: [need("pre-test", met[0] ?? false), need("survey", met[1] ?? false)],
});
const report = completionReportSchema.parse({
  programme: { id: "prg_1", code: "PAI", title: "Pelatihan" },
  policy: { requirements: [{ code: "pre-test" }, { code: "survey" }] },
  policyVersion: 1,
  endsAt: 1,
  decidedAt: 2,
  items: [
    item("Ani", "complete", [true, true]),
    item("Budi", "incomplete", [true, false]),
    item("Citra", "incomplete", [false, false]),
  ],
});

describe("the completion page", () => {
  it("AM5 has an address", () => {
    expect(placeFrom(adminPath.completion("PAI-2026"))).toEqual({
      page: "completion",
      programme: "PAI-2026",
    });
  });

  it("AM18 tells on top what most people miss, the worst first", () => {
    expect(mostMissed(report)).toEqual([
      { code: "survey", count: 2 },
      { code: "pre-test", count: 1 },
    ]);
  });

  it.each([
    ["all", "", ["Ani", "Budi", "Citra"]],
    ["complete", "", ["Ani"]],
    ["incomplete", "citra kesehatan", ["Citra"]],
    ["all", "19budi", ["Budi"]],
    ["pending", "", []],
  ] as const)("AM18 shows %s who match %j", (filter, query, names) => {
    expect(peopleIn(report, filter, query).map(({ name }) => name)).toEqual(names);
  });

  it.each([
    [
      "NIP;Syarat;Nilai;Waktu;Sumber\r\n1;survey;;2026-08-05;LMS",
      "externalId;requirement;score;takenAt;source\r\n1;survey;;2026-08-05;LMS",
    ],
    ["\ufeffexternalId,requirement\n1,survey", "externalId,requirement\n1,survey"],
    ['NIP\tSumber\n1\tLMS; "baru"', 'externalId;source\n1;"LMS; ""baru"""'],
  ])("AM19 takes results as a file or pasted: %j", (pasted, csv) => {
    expect(resultsCsvFrom(pasted)).toBe(csv);
  });

  it("AM19 says in both languages what is wrong with each field of a result", () => {
    const bad = {
      externalId: "1",
      requirement: "exam",
      score: -1,
      status: "good",
      takenAt: "",
      source: "LMS",
    };
    for (const language of ["id", "en"] as const) {
      changeLanguage(language);
      const issues = resultBodySchema.safeParse(bad).error?.issues ?? [];
      expect(issues.map(({ path }) => path[0])).toEqual(["requirement", "score", "status", "takenAt"]);
      for (const issue of issues.filter(({ code }) => code !== "invalid_union")) {
        expect(resultErrorText(issue.message), issue.message).not.toBe(
          ADMIN_WORDS[language]["field.invalid"],
        );
      }
    }
    changeLanguage("id");
    expect(resultErrorText("row 3 says something else about the same result")).toContain("Baris 3");
    expect(resultColumnName("takenAt")).toBe("Waktu");
    expect(resultColumnName("externalId")).toBe("NIP/ID");
  });

  it("UI1 has the same keys in both languages", () => {
    expect(Object.keys(ADMIN_WORDS.en).sort()).toEqual(Object.keys(ADMIN_WORDS.id).sort());
  });
});
