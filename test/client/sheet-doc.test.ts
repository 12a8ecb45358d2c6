import { signal } from "@preact/signals";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { UndoManager } from "yjs";
import type { ClassConnection, ConnectionState } from "../../client/class/class-connection.ts";
import type { ClassView } from "../../client/class/class-view.ts";
import type { Keep } from "../../client/class/sheet/pending-updates.ts";
import { answerText, createSheetDoc, type SheetDoc } from "../../client/class/sheet/sheet-doc.ts";
import { sheetRoomFrom } from "../../client/class/sheet/sheet-room.ts";
import { SHEET_WORDS } from "../../client/class/sheet/sheet-words.ts";
import type { Sheets, Store } from "../../server/ports.ts";
import { refuse } from "../../server/protocol/errors.ts";
import type { SheetMessage } from "../../server/protocol/sheets.ts";
import { createSheets } from "../../server/sheets/create-sheets.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { programme, quietLog, session, sessionId } from "../contract/records.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { sampleCase } from "../support/sample-case.ts";
import { sheetReader } from "../support/sheet-people.ts";

const roomId = sheetReader("ani").roomId;
const key = { sessionId: sessionId("1"), roomId };
let store: Store;
let sheets: Sheets;
const listeners = new Map<string, (message: SheetMessage) => void>();
const open: SheetDoc[] = [];

/** The real server's sheets, and lines to them that can be cut. */
beforeEach(async () => {
  store = await createSqliteStore({ file: ":memory:", log: quietLog });
  const one = programme("A1");
  await store.programmes.create(one);
  await store.sessions.create(session(one, "1"));
  sheets = createSheets({
    store: store.sheets,
    clock: new FakeClock(),
    log: quietLog,
    send(to, name, message) {
      if (name === "sheet") for (const socketId of to) listeners.get(socketId)?.(message as SheetMessage);
    },
  });
  await sheets.make(key.sessionId, [roomId], sampleCase);
});
afterEach(async () => {
  for (const sheet of open.splice(0)) sheet.close();
  await sheets.close();
  await store.close();
  listeners.clear();
});

function browserOf(name: string, kept = new Map<string, string>()) {
  const { reader, allow } = sheetReader(name);
  const state = signal<ConnectionState>("present");
  const connection = {
    state,
    async command(command: string, args: { update?: Uint8Array; stateVector?: Uint8Array }) {
      if (state.peek() !== "present") return refuse("not-entered");
      return command === "sheet.open"
        ? sheets.open(key, reader, args.stateVector)
        : sheets.update(key, reader, args.update ?? new Uint8Array(0));
    },
    listen(what: string, listener: (message: SheetMessage) => void) {
      if (what === "sheet") {
        listeners.set(reader.socketId, (message) => state.peek() === "present" && listener(message));
      }
      return () => void listeners.delete(reader.socketId);
    },
  } as unknown as ClassConnection;
  const keep: Keep = {
    getItem: (item) => kept.get(item) ?? null,
    setItem: (item, value) => void kept.set(item, value),
    removeItem: (item) => void kept.delete(item),
  };
  const sheet = createSheetDoc({ roomId, personId: reader.personId, connection, keep, keepAs: "sheet" });
  open.push(sheet);
  return {
    sheet,
    allow,
    kept,
    cut: () => {
      state.value = "lost";
    },
    mend: () => {
      state.value = "present";
    },
    read: () => answerText(sheet.doc.value, "qst_risk").toString(),
    type: (at: number, text: string) => answerText(sheet.doc.value, "qst_risk").insert(at, text),
  };
}

const until = (isSo: () => unknown) => vi.waitFor(() => expect(isSo()).toBeTruthy(), { interval: 5 });

describe("an answer sheet in two browsers", () => {
  it("SH21 both see both, and know when it is saved", async () => {
    const [ani, budi] = [browserOf("ani"), browserOf("budi")];
    await until(() => ani.sheet.status.value === "saved" && budi.sheet.status.value === "saved");
    expect(ani.sheet.case.value?.title).toBe(sampleCase.title);
    ani.type(0, "Bocor");
    expect(ani.sheet.status.value).toBe("saving");
    budi.type(0, "Salah ");
    await until(() => ani.read() === budi.read() && ani.read().length === 11);
    await until(() => ani.sheet.status.value === "saved");
    expect(ani.kept.size).toBe(0);
    budi.sheet.choose("qst_go", "later");
    await until(() => ani.sheet.chosenBy("qst_go") === "enr_budi");
  });

  it("SH21 undo takes back one's own letters alone", async () => {
    const [ani, budi] = [browserOf("ani"), browserOf("budi")];
    await until(() => ani.sheet.status.value === "saved" && budi.sheet.status.value === "saved");
    const undo = new UndoManager(answerText(ani.sheet.doc.value, "qst_risk"));
    ani.type(0, "milik Ani");
    budi.type(0, "milik Budi");
    await until(() => ani.read().length === 19);
    undo.undo();
    await until(() => budi.read() === "milik Budi" && ani.read() === "milik Budi");
  });

  it("SH22 what is written without a line comes in when it is back, on both sides", async () => {
    const [ani, budi] = [browserOf("ani"), browserOf("budi")];
    await until(() => ani.sheet.status.value === "saved" && budi.sheet.status.value === "saved");
    ani.type(0, "awal. ");
    await until(() => budi.read() === "awal. ");
    ani.cut();
    expect(ani.sheet.status.value).toBe("offline");
    ani.type(6, "luring");
    budi.type(0, "Budi: ");
    await until(() => budi.sheet.status.value === "saved");
    expect(budi.read()).toBe("Budi: awal. ");
    ani.mend();
    await until(() => budi.read() === "Budi: awal. luring" && ani.read() === budi.read());
    await until(() => ani.sheet.status.value === "saved");
  });

  it("SH22 a reload without a line loses nothing", async () => {
    const before = browserOf("ani");
    await until(() => before.sheet.status.value === "saved");
    before.type(0, "tersimpan ");
    await until(() => before.sheet.status.value === "saved");
    before.cut();
    before.type(10, "di peramban");
    before.sheet.close();
    const after = browserOf("ani", before.kept);
    await until(() => after.sheet.status.value === "saved");
    expect(after.read()).toBe("tersimpan di peramban");
    await until(() => after.kept.size === 0);
    const budi = browserOf("budi");
    await until(() => budi.read() === "tersimpan di peramban");
  });

  it("SH22 what is kept damaged is passed over", async () => {
    const ani = browserOf("ani", new Map([["sheet", "%%%"]]));
    await until(() => ani.sheet.status.value === "saved");
    expect(ani.read()).toBe("");
  });

  it("SH23 what the server refuses is not shown as if it were kept", async () => {
    const ani = browserOf("ani");
    await until(() => ani.sheet.status.value === "saved");
    ani.type(0, "sah");
    await until(() => ani.sheet.status.value === "saved");
    ani.type(0, "x".repeat(6000));
    await until(() => ani.sheet.trouble.value === "sheet-too-large");
    await until(() => ani.read() === "sah" && ani.sheet.status.value === "saved");
  });

  it("SH23 a sheet that closed says so, and one that is not one's own is none", async () => {
    const ani = browserOf("ani");
    await until(() => ani.sheet.canWrite.value);
    ani.allow("read");
    ani.sheet.refresh();
    await until(() => !ani.sheet.canWrite.value);
    ani.allow("none");
    ani.sheet.refresh();
    await until(() => ani.sheet.trouble.value === "sheet-unknown" && ani.sheet.case.value === null);
  });
});

describe("whose sheet is shown", () => {
  const of = (change: object, room = "main") =>
    sheetRoomFrom({
      you: { personId: "enr_ani", room },
      breakouts: {
        case: {},
        presentedRoom: null,
        openedAt: null,
        assignment: { enr_ani: "rom_1" },
        ...change,
      },
    } as unknown as ClassView);

  it("SH24 the room's own, else the one on the stage, else one's own after the rooms were open", () => {
    expect(of({}, "rom_2")).toBe("rom_2");
    expect(of({ case: null }, "rom_2")).toBeNull();
    expect(of({})).toBeNull();
    expect(of({ openedAt: 1 })).toBe("rom_1");
    expect(of({ openedAt: 1, presentedRoom: "rom_3" })).toBe("rom_3");
    expect(of({ openedAt: 1, assignment: {} })).toBeNull();
  });

  it("SH24 its words are there in both languages", () => {
    expect(Object.keys(SHEET_WORDS.en).sort()).toEqual(Object.keys(SHEET_WORDS.id).sort());
  });
});
