import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { Case } from "../../server/protocol/cases.ts";
import type { ErrorCode } from "../../server/protocol/errors.ts";
import { MAX_UPDATE_BYTES } from "../../server/protocol/sheets.ts";
import { createSheetDoc, type SheetDoc } from "../../server/sheets/sheet-doc.ts";
import { idOf } from "../support/class-story.ts";
import { sampleCase } from "../support/sample-case.ts";
import { type SheetWriter, sheetWriter } from "../support/sheet-people.ts";

const [ani, budi] = [idOf("ani"), idOf("budi")];
const empty = () => createSheetDoc(sampleCase, { updates: [], authors: [] });
/** A document made by hand, as a hostile client would. */
function forged(change: (doc: Y.Doc) => void, clientId = 66): Uint8Array {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  change(doc);
  return Y.encodeStateAsUpdate(doc);
}

/** Tries an update on a sheet with something in it: the code, and that nothing changed where it was refused. */
function codeOf(update: Uint8Array, sheet = sheetWithText().sheet): ErrorCode | "ok" {
  const before = sheet.since(undefined);
  const vector = sheet.stateVector();
  const result = sheet.take(ani, update);
  if (result.ok) return "ok";
  expect(sheet.since(undefined)).toEqual(before);
  expect(sheet.stateVector()).toEqual(vector);
  return result.code;
}

function sheetWithText(): { sheet: SheetDoc; writer: SheetWriter } {
  const sheet = empty();
  const writer = sheetWriter(1);
  writer.type("qst_risk", 0, "Data warga bocor");
  writer.choose("qst_go", "later");
  expect(sheet.take(ani, writer.sent()).ok).toBe(true);
  return { sheet, writer };
}

describe("a sheet", () => {
  it("SH8 takes text, deletions and choices of several people, and merges what was written at once", () => {
    const sheet = empty();
    const [one, two] = [sheetWriter(1), sheetWriter(2)];
    one.type("qst_risk", 0, "Bocor");
    two.type("qst_risk", 0, "Salah jawab");
    one.choose("qst_go", "yes");
    two.choose("qst_go", "no");
    const updates = [one.sent(), two.sent()] as const;
    expect(sheet.take(ani, updates[0])).toMatchObject({ ok: true, data: { authors: [[1, ani]] } });
    expect(sheet.take(budi, updates[1])).toMatchObject({ ok: true, data: { authors: [[2, budi]] } });
    for (const writer of [one, two]) {
      const all = sheet.since(Y.encodeStateVector(writer.doc));
      if (!all.ok) throw new Error(all.code);
      writer.learn(all.data);
    }
    expect(one.read("qst_risk")).toBe(two.read("qst_risk"));
    expect(one.read("qst_risk")).toHaveLength("BocorSalah jawab".length);
    expect(one.chosen("qst_go")).toBe(two.chosen("qst_go"));
    one.erase("qst_risk", 0, 5);
    one.choose("qst_go", "later");
    expect(sheet.take(ani, one.sent())).toMatchObject({ ok: true, data: { authors: [] } });
    expect(sheet.authors()).toEqual([
      [1, ani],
      [2, budi],
    ]);
  });

  it("SH8 is the same again from what was stored", () => {
    const { sheet, writer } = sheetWithText();
    writer.erase("qst_risk", 0, 4);
    const change = sheet.take(ani, writer.sent());
    const all = sheet.since(undefined);
    if (!all.ok || !change.ok) throw new Error("refused");
    const again = createSheetDoc(sampleCase, { updates: [all.data], authors: sheet.authors() });
    expect(again.stateVector()).toEqual(sheet.stateVector());
    expect(again.since(undefined)).toEqual(all);
  });

  it("SH9 an update that is sent twice changes nothing the second time", () => {
    const { sheet, writer } = sheetWithText();
    writer.type("qst_motto", 0, "Uji dulu");
    const update = writer.sent();
    expect(sheet.take(ani, update)).toMatchObject({ ok: true, data: { update: expect.any(Uint8Array) } });
    expect(sheet.take(ani, update)).toEqual({ ok: true, data: null });
  });

  it("SH10 what builds on something unknown is refused, and taken once that is there", () => {
    const sheet = empty();
    const writer = sheetWriter(1);
    writer.type("qst_risk", 0, "satu");
    const first = writer.sent();
    writer.type("qst_risk", 4, " dua");
    const second = writer.sent();
    writer.erase("qst_risk", 0, 2);
    const third = writer.sent();
    expect(codeOf(second, sheet)).toBe("sheet-behind");
    expect(codeOf(third, sheet)).toBe("sheet-behind");
    expect([first, second, third].map((update) => codeOf(update, sheet))).toEqual(["ok", "ok", "ok"]);
    const all = sheet.since(undefined);
    const reader = sheetWriter(9);
    if (all.ok) reader.learn(all.data);
    expect(reader.read("qst_risk")).toBe("tu dua");
  });

  it("SH11 nobody writes under the number of somebody else", () => {
    const { sheet, writer } = sheetWithText();
    writer.type("qst_risk", 0, "palsu");
    expect(sheet.take(budi, writer.sent())).toMatchObject({ code: "sheet-malformed" });
    const other = sheetWriter(2);
    const all = sheet.since(undefined);
    if (all.ok) other.learn(all.data);
    other.erase("qst_risk", 0, 4);
    expect(sheet.take(budi, other.sent()).ok).toBe(true);
  });

  const hostile: [string, Uint8Array][] = [
    ["nothing", new Uint8Array()],
    ["text", new TextEncoder().encode("bukan pembaruan")],
    ["another root", forged((doc) => doc.getText("q:qst_other").insert(0, "x"))],
    ["a root without a question", forged((doc) => doc.getText("x").insert(0, "x"))],
    ["bold text", forged((doc) => doc.getText("q:qst_risk").insert(0, "x", { bold: true }))],
    ["a picture", forged((doc) => doc.getText("q:qst_risk").insertEmbed(0, { src: "x" }))],
    ["attributes", forged((doc) => doc.getText("q:qst_risk").setAttribute("lang", "id"))],
    ["a list where text stands", forged((doc) => doc.getArray("q:qst_risk").insert(0, [1, 2]))],
    ["a map where text stands", forged((doc) => doc.getMap("q:qst_risk").set("a", "b"))],
    ["text where choices stand", forged((doc) => doc.getText("choices").insert(0, "x"))],
    ["a choice of a text question", forged((doc) => doc.getMap("choices").set("qst_risk", "yes"))],
    ["an option that is none", forged((doc) => doc.getMap("choices").set("qst_go", "perhaps"))],
    ["a choice that is no text", forged((doc) => doc.getMap("choices").set("qst_go", { a: 1 }))],
    ["a map inside", forged((doc) => doc.getMap("choices").set("qst_go", new Y.Map()))],
    ["bytes", forged((doc) => doc.getMap("choices").set("qst_go", new Uint8Array(3)))],
    ["a document inside", forged((doc) => doc.getMap("choices").set("qst_go", new Y.Doc()))],
    ["XML", forged((doc) => doc.getXmlFragment("q:qst_risk").insert(0, [new Y.XmlElement("p")]))],
    [
      "a hundred and one clients",
      Y.mergeUpdates(
        Array.from({ length: 101 }, (_, index) =>
          forged((doc) => doc.getText("q:qst_risk").insert(0, "x"), 1000 + index),
        ),
      ),
    ],
  ];
  it.each(hostile)("SH12 refuses %s", (_, update) => {
    expect(codeOf(update)).toBe("sheet-malformed");
  });

  it("SH13 refuses what is too large: an update, an answer, the sheet", () => {
    expect(codeOf(new Uint8Array(MAX_UPDATE_BYTES + 1))).toBe("sheet-too-large");
    const long = (length: number) =>
      forged((doc) => doc.getText("q:qst_motto").insert(0, "x".repeat(length)));
    expect(codeOf(long(41))).toBe("ok");
    expect(codeOf(long(2 * 40 + 1000))).toBe("ok");
    expect(codeOf(long(2 * 40 + 1001))).toBe("sheet-too-large");
  });

  it("SH13 a sheet grows no further than a megabyte, and can be emptied then", () => {
    const questions = Array.from({ length: 20 }, (_, index) => ({
      ...sampleCase.questions[0],
      questionId: `qst_${index}`,
      form: { kind: "text", maxLength: 10_000 },
    }));
    const sheet = createSheetDoc({ ...sampleCase, questions } as Case, { updates: [], authors: [] });
    const writer = sheetWriter(1);
    const codes = questions.map(({ questionId }) => {
      writer.type(questionId, 0, "\u6f22".repeat(20_000));
      return codeOf(writer.sent(), sheet);
    });
    expect(codes.filter((code) => code === "ok")).toHaveLength(17);
    expect(codes.slice(17)).toEqual(["sheet-too-large", "sheet-behind", "sheet-behind"]);
    writer.erase("qst_0", 0, 20_000);
    expect(codeOf(writer.sent(), sheet)).toBe("ok");
    const other = sheetWriter(2);
    other.type("qst_19", 0, "\u6f22".repeat(10_000));
    expect(codeOf(other.sent(), sheet)).toBe("ok");
  });
});
