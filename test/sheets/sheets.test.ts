import { afterEach, beforeEach, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { SheetKey, Sheets, Store } from "../../server/ports.ts";
import type { OpenedSheet, SheetMessage } from "../../server/protocol/sheets.ts";
import { createSheets } from "../../server/sheets/create-sheets.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { programme, quietLog, session, sessionId } from "../contract/records.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { sampleCase } from "../support/sample-case.ts";
import { sheetReader, sheetWriter } from "../support/sheet-people.ts";

const key: SheetKey = { sessionId: sessionId("1"), roomId: sheetReader("ani").roomId };
let store: Store;
let sheets: Sheets;
let clock: FakeClock;
let sent: { to: readonly string[]; name: string; message: unknown }[];

function start(): Sheets {
  clock = new FakeClock();
  return createSheets({
    store: store.sheets,
    clock,
    log: quietLog,
    send: (to, name, message) => void sent.push({ to, name, message }),
  });
}

beforeEach(async () => {
  sent = [];
  store = await createSqliteStore({ file: ":memory:", log: quietLog });
  const one = programme("A1");
  await store.programmes.create(one);
  await store.sessions.create(session(one, "1"));
  sheets = start();
  await sheets.make(key.sessionId, [key.roomId], sampleCase);
});
afterEach(async () => {
  await sheets.close();
  await store.close();
});

async function opened(reader: ReturnType<typeof sheetReader>["reader"], from = sheets): Promise<OpenedSheet> {
  const answer = await from.open(key, reader, undefined);
  if (!answer.ok) throw new Error(answer.code);
  return answer.data;
}

function textOf({ update }: OpenedSheet): string {
  const writer = sheetWriter(99);
  writer.learn(new Uint8Array(update));
  return writer.read("qst_risk");
}

describe("the sheets of a class", () => {
  it("SH14 acknowledge what is durable and tell the others, not the one who wrote", async () => {
    const [ani, budi] = [sheetReader("ani"), sheetReader("budi")];
    expect(await opened(ani.reader)).toMatchObject({
      canWrite: true,
      authors: [],
      case: { title: sampleCase.title },
    });
    await opened(budi.reader);
    const writer = sheetWriter(1);
    writer.type("qst_risk", 0, "Data bocor");
    expect(await sheets.update(key, ani.reader, writer.sent())).toEqual({ ok: true });
    expect((await store.sheets.content(key)).updates).toHaveLength(1);
    expect(sent).toMatchObject([
      { to: ["socket-budi"], name: "sheet", message: { authors: [[1, "enr_ani"]] } },
    ]);
    const other = sheetWriter(2);
    const told = sent.map(({ message }) => message as SheetMessage);
    for (const { update } of told) other.learn(new Uint8Array(update));
    expect(other.read("qst_risk")).toBe("Data bocor");
  });

  it("SH14 are as they were after the server stopped", async () => {
    const { reader } = sheetReader("ani");
    const writer = sheetWriter(1);
    for (const letter of "Bocor") {
      writer.type("qst_risk", writer.read("qst_risk").length, letter);
      await sheets.update(key, reader, writer.sent());
    }
    await sheets.close();
    expect(await sheets.open(key, reader, undefined)).toMatchObject({ code: "unavailable" });
    sheets = start();
    const again = await opened(reader);
    expect(textOf(again)).toBe("Bocor");
    expect(again.authors).toEqual([[1, "enr_ani"]]);
  });

  it("SH14 are put together in one row now and then, with nothing lost", async () => {
    const { reader } = sheetReader("ani");
    const writer = sheetWriter(1);
    for (let letters = 0; letters < 310; letters++) {
      writer.type("qst_risk", letters, "x");
      await sheets.update(key, reader, writer.sent());
    }
    expect((await store.sheets.content(key)).updates.length).toBeLessThan(20);
    expect(textOf(await opened(reader))).toBe("x".repeat(310));
  });

  it("SH15 nobody without access learns of a sheet; who only reads cannot write", async () => {
    const { reader, allow } = sheetReader("ani", "none");
    const writer = sheetWriter(1);
    writer.type("qst_risk", 0, "x");
    const update = writer.sent();
    expect(await sheets.open(key, reader, undefined)).toMatchObject({ code: "sheet-unknown" });
    expect(await sheets.update(key, reader, update)).toMatchObject({ code: "sheet-unknown" });
    expect(sheets.showCursor(key, reader, new Uint8Array())).toMatchObject({ code: "sheet-unknown" });
    allow("read");
    expect(await opened(reader)).toMatchObject({ canWrite: false });
    expect(await sheets.update(key, reader, update)).toMatchObject({ code: "sheet-closed" });
    expect((await store.sheets.content(key)).updates).toEqual([]);
    const elsewhere = { ...key, roomId: "rom_9" as SheetKey["roomId"] };
    expect(await sheets.open(elsewhere, reader, undefined)).toMatchObject({ code: "sheet-unknown" });
  });

  it("SH15 whoever loses access is told nothing more", async () => {
    const [ani, budi] = [sheetReader("ani"), sheetReader("budi")];
    await opened(budi.reader);
    budi.allow("none");
    const writer = sheetWriter(1);
    writer.type("qst_risk", 0, "x");
    await sheets.update(key, ani.reader, writer.sent());
    expect(sent.flatMap(({ to }) => to)).toEqual([]);
  });

  it("SH16 cursors go to the others with the sender's name, and are no larger than 2 kB", async () => {
    const [ani, budi] = [sheetReader("ani"), sheetReader("budi")];
    await opened(ani.reader);
    await opened(budi.reader);
    expect(sheets.showCursor(key, ani.reader, Uint8Array.of(1, 2))).toEqual({ ok: true });
    const from = { personId: "enr_ani", connectionId: "con_ani1" };
    expect(sent).toMatchObject([{ to: ["socket-budi"], name: "sheetAwareness", message: { from } }]);
    expect(sheets.showCursor(key, ani.reader, new Uint8Array(2049))).toMatchObject({
      code: "sheet-too-large",
    });
  });

  it("SH17 what could not be written is not acknowledged, and the sheet goes on without it", async () => {
    const { reader } = sheetReader("ani");
    const writer = sheetWriter(1);
    const append = store.sheets.append;
    writer.type("qst_risk", 0, "hilang?");
    const update = writer.sent();
    (store.sheets as { append: typeof append }).append = () => Promise.reject(new Error("disk full"));
    expect(await sheets.update(key, reader, update)).toMatchObject({ code: "unavailable" });
    (store.sheets as { append: typeof append }).append = append;
    expect(textOf(await opened(reader))).toBe("");
    expect(await sheets.update(key, reader, update)).toEqual({ ok: true });
    expect(textOf(await opened(reader))).toBe("hilang?");
  });

  it("SH25 give the answers to their questions, in order, empty where there is none", async () => {
    const writer = sheetWriter(1);
    writer.type("qst_risk", 0, "Data bocor");
    writer.choose("qst_go", "later");
    await sheets.update(key, sheetReader("ani").reader, writer.sent());
    expect(await sheets.answers(key)).toEqual([
      { questionId: "qst_risk", answer: "Data bocor" },
      { questionId: "qst_motto", answer: "" },
      { questionId: "qst_go", answer: "later" },
    ]);
    expect(await sheets.answers({ ...key, roomId: "rom_9" as SheetKey["roomId"] })).toBeNull();
  });

  it("SH17 sheets that nobody looks at are put away and come back", async () => {
    const { reader, allow } = sheetReader("ani");
    const writer = sheetWriter(1);
    writer.type("qst_risk", 0, "x");
    await sheets.update(key, reader, writer.sent());
    await opened(reader);
    allow("none");
    clock.advance(60_000);
    allow("write");
    const lacking = await sheets.open(key, reader, Y.encodeStateVector(writer.doc));
    expect(lacking.ok && [...new Uint8Array(lacking.data.update)]).toEqual([0, 0]);
  });
});
