import { afterEach, describe, expect, it } from "vitest";
import { briefBlocksFrom } from "../../client/cases/brief/brief-blocks.ts";
import { caseBodyFrom, caseDraftFrom, emptyCaseDraft, usualRoles } from "../../client/cases/case-draft.ts";
import { caseProblemsFrom } from "../../client/cases/case-problems.ts";
import { CASE_WORDS } from "../../client/cases/case-words.ts";
import { exampleCaseDraft } from "../../client/cases/example-case.ts";
import { groupsFromPaste } from "../../client/cases/groups-from-paste.ts";
import { moved } from "../../client/cases/list-edits.ts";
import {
  emptyPlanDraft,
  placed,
  planBodyFrom,
  planDraftFrom,
  sharedOut,
} from "../../client/cases/plan-draft.ts";
import { planProblemsFrom } from "../../client/cases/plan-problems.ts";
import { scoreBodyFrom, scoreProblemsFrom, scoreSoFar } from "../../client/cases/score-draft.ts";
import { planArgsFrom } from "../../client/class/breakouts/plan-args.ts";
import { changeLanguage } from "../../client/i18n/language.ts";
import { caseBodySchema, groupPlanBodySchema } from "../../server/protocol/case-work.ts";
import { enrolmentIdSchema, groupPlanIdSchema, sessionIdSchema } from "../../server/protocol/ids.ts";
import { sampleCase } from "../support/sample-case.ts";

afterEach(() => changeLanguage("id"));

const roles = usualRoles({ chair: "Ketua", scribe: "Penulis", presenter: "Penyaji" });
const saved = { ...sampleCase, sessionId: sessionIdSchema.parse("ses_1"), updatedAt: 1 };

describe("writing a case", () => {
  it("UI1 has its words in both languages", () => {
    expect(Object.keys(CASE_WORDS.en).sort()).toEqual(Object.keys(CASE_WORDS.id).sort());
  });

  it("CW9 what the form sends is what the server takes, and comes back as it was", () => {
    const example = caseBodySchema.parse(caseBodyFrom(exampleCaseDraft(roles)));
    expect(example.questions.map(({ form }) => form.kind)).toEqual(["text", "choice", "text", "text"]);
    const { caseId: _case, attachments: _files, ...body } = sampleCase;
    expect(caseBodyFrom(caseDraftFrom(saved))).toEqual(body);
  });

  it("CW9 what the server would refuse is said at its field, in the person's language", () => {
    expect(caseProblemsFrom(exampleCaseDraft(roles), null)).toEqual(new Map());
    const draft = {
      ...caseDraftFrom(saved),
      title: " ",
      minutes: "0",
      passingPoints: "41",
      slides: { deckId: "dck_1", fromPage: "3", toPage: "2" },
      requirement: "KASUS 1",
    };
    expect([...caseProblemsFrom(draft, 9).keys()].sort()).toEqual(
      ["minutes", "passingPoints", "requirement", "slides.toPage", "title"].sort(),
    );
    expect(caseProblemsFrom(draft, 2).get("slides.fromPage")).toBe("Isi bilangan bulat 1 sampai 2.");
    changeLanguage("en");
    expect(caseProblemsFrom(draft, 9).get("minutes")).toBe("Enter a whole number from 1 to 480.");
    const empty = emptyCaseDraft(roles);
    expect([...caseProblemsFrom({ ...empty, title: "T" }, null).keys()]).toEqual(["questions.0.title"]);
  });

  it.each([
    [0, 2, ["b", "c", "a"]],
    [2, 1, ["a", "c", "b"]],
    [0, -1, ["a", "b", "c"]],
    [2, 3, ["a", "b", "c"]],
  ])("CW9 a question moves from %d to %d and never out of the list", (from, to, expected) => {
    expect(moved(["a", "b", "c"], from, to)).toEqual(expected);
  });
});

describe("a brief", () => {
  it("UI16 has paragraphs, lists, headings and bold words, and no HTML", () => {
    const blocks = briefBlocksFrom(
      "# Tugas\nSatu **dua**\ntiga\n\n- a\n- b\n3. c\n<img src=x onerror=alert(1)>",
    );
    expect(blocks.map(({ kind }) => kind)).toEqual([
      "heading",
      "paragraph",
      "bullets",
      "numbers",
      "paragraph",
    ]);
    expect(blocks[1]).toMatchObject({ lines: [[{ text: "Satu " }, { text: "dua", isBold: true }], [{}]] });
    expect(blocks[3]).toMatchObject({ from: 3, items: [[{ text: "c" }]] });
    expect(blocks[4]).toMatchObject({ lines: [[{ text: "<img src=x onerror=alert(1)>", isBold: false }]] });
    expect(briefBlocksFrom(" \n\n ")).toEqual([]);
  });
});

describe("a score", () => {
  const work = { rubric: sampleCase.rubric, requirement: "KASUS-1", passingPoints: 28 };
  const given = (points: string) => ({ points: { cri_1: points }, comment: "" });

  it.each([
    ["27,5", 27.5, false],
    ["28", 28, true],
    ["40.0", 40, true],
  ])("CW12 of %s counts %d, and is enough or not as the server says", (typed, total, isAccepted) => {
    expect(scoreProblemsFrom(given(typed), work.rubric).size).toBe(0);
    expect(scoreSoFar(given(typed), work)).toEqual({ total, most: 40, isAccepted });
    expect(scoreBodyFrom(given(typed), work.rubric)).toMatchObject({ points: [{ points: total }] });
  });

  it.each(["", "41", "-1", "1,25", "tiga", "1e1"])("CW12 of “%s” is refused at its field", (typed) => {
    expect(scoreProblemsFrom(given(typed), work.rubric).get("cri_1")).toContain("0 sampai 40");
  });
});

describe("a plan of groups", () => {
  const ids = ["enr_ani", "enr_budi", "enr_budi2", "enr_cici"].map((id) => enrolmentIdSchema.parse(id));
  const [ani, budi, , cici] = ids;
  const names = ["Ani Wijaya, S.Kom.", "Budi", "Budi", "Cicí"];
  const people = ids.map((enrolmentId, at) => ({
    enrolmentId,
    externalId: `1985${at}`,
    name: names[at] ?? "",
    institution: null,
  }));

  it("CW11 is made of pasted lines by number or name, and says what fits nobody", () => {
    const text =
      "Melati;ani  wijaya, s.kom.\nMawar\tcici\r\n\nmelati; 19851\nMawar;Budi\nMelati;19850\nMelati;Dodi\nEni";
    const { groups, problems } = groupsFromPaste(text, people);
    expect(groups).toEqual([
      { title: "Melati", enrolmentIds: [ani, budi] },
      { title: "Mawar", enrolmentIds: [cici] },
    ]);
    expect(problems).toEqual([
      { row: 5, why: "several", who: "Budi" },
      { row: 6, why: "twice", who: "19850" },
      { row: 7, why: "unknown", who: "Dodi" },
      { row: 8, why: "shape", who: "Eni" },
    ]);
  });

  it("CW11 has everybody in one group at most, and deals the rest to the smallest", () => {
    const { groups } = emptyPlanDraft(["A", "B"]);
    const [first, second] = groups.map(({ groupId }) => groupId);
    if (!ani) throw new Error("there is nobody");
    const one = placed(placed(groups, ani, first ?? ""), ani, second ?? "");
    expect(one.map(({ enrolmentIds }) => enrolmentIds)).toEqual([[], [ani]]);
    expect(sharedOut(one, ids.slice(1)).map(({ enrolmentIds }) => enrolmentIds.length)).toEqual([2, 2]);
  });

  it("CW11 is what the server takes, comes back as it was, and is planned in the class", () => {
    const draft = { ...emptyPlanDraft(["A", "B"]), title: "Rencana", how: "list" as const, minutes: "15" };
    const body = groupPlanBodySchema.parse(planBodyFrom(draft));
    expect(body).toMatchObject({ count: 2, assign: "even", limit: null, minutes: 15 });
    const stored = {
      ...body,
      planId: groupPlanIdSchema.parse("pln_1"),
      sessionId: sessionIdSchema.parse("ses_1"),
      updatedAt: 1,
    };
    expect(planBodyFrom(planDraftFrom(stored, []))).toEqual(body);
    expect(planArgsFrom(stored, { caseId: null, minutes: null })).toEqual({
      count: 2,
      assign: "even",
      groups: [
        { title: "A", personIds: [] },
        { title: "B", personIds: [] },
      ],
    });
    const rule = { ...draft, how: "chosen" as const, limit: "", count: "101", title: "" };
    expect([...planProblemsFrom(rule).keys()]).toEqual(["title", "count", "limit"]);
  });
});
