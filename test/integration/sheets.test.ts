import { once } from "node:events";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import type { BreakoutRoomId, SessionId } from "../../server/protocol/ids.ts";
import type { OpenedSheet, SheetMessage } from "../../server/protocol/sheets.ts";
import type { Snapshot } from "../../server/protocol/views.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { type ClassClient, connect } from "../support/class-client.ts";
import { createQuietLog } from "../support/quiet-log.ts";
import { type RunningApp, startApp } from "../support/running-app.ts";
import { sampleCase } from "../support/sample-case.ts";
import { sheetWriter } from "../support/sheet-people.ts";

let running: RunningApp;
let ina: ClassClient;
let ani: ClassClient;
let budi: ClassClient;
let roomId: BreakoutRoomId;

/** Two rooms with a sheet each; ani is in the first, budi in the second. */
beforeAll(async () => {
  running = await startApp();
  ina = await connect(running.links.instructor);
  ani = await connect(running.links.participants[0] as string);
  budi = await connect(running.links.participants[1] as string);
  const entered = await ina.enter();
  await ani.enter();
  await budi.enter();
  await ina.command("class.open", {});
  await ina.command("breakouts.plan", { count: 2, assign: "even" });
  const planned = await ina.eventOf("breakouts.planned");
  const [first, second] = planned.rooms.map((room) => room.roomId) as [BreakoutRoomId, BreakoutRoomId];
  roomId = first;
  const sessionId = (entered as { snapshot: Snapshot }).snapshot.info.sessionId as SessionId;
  const store = await createSqliteStore({
    file: join(running.dataDir, "balai.db"),
    log: createQuietLog().log,
  });
  await store.sheets.create(
    [first, second].map((room) => ({ sessionId, roomId: room, case: sampleCase, createdAt: 1_000 })),
  );
  await store.close();
});
afterAll(async () => {
  for (const client of [ina, ani, budi]) client?.close();
  await running?.close();
});

async function open(client: ClassClient, stateVector?: Uint8Array): Promise<OpenedSheet> {
  const answer = await client.raw("sheet.open", stateVector ? { roomId, stateVector } : { roomId });
  if (!answer.ok) throw new Error(answer.code);
  return answer.data as OpenedSheet;
}

describe("an answer sheet over real sockets", () => {
  it("SH20 is nobody's before its rooms open but the staff's", async () => {
    for (const client of [ani, budi]) {
      expect(await client.raw("sheet.open", { roomId })).toMatchObject({ code: "sheet-unknown" });
    }
    expect(await open(ina)).toMatchObject({ canWrite: false, case: { title: sampleCase.title } });
  });

  it("SH20 letters of its members reach staff who look at it, in the same letters, and no other room", async () => {
    await ina.command("breakouts.open", {});
    await ani.eventOf("breakouts.opened");
    const opened = await open(ani);
    expect(opened.canWrite).toBe(true);
    expect(JSON.stringify(opened.case)).not.toContain("Ketajaman");
    let toBudi = 0;
    budi.socket.on("sheet", () => {
      toBudi += 1;
    });
    const writer = sheetWriter(1);
    const coming = once(ina.socket as never, "sheet");
    writer.type("qst_risk", 0, "Data warga bocor 🙈");
    expect(await ani.command("sheet.update", { roomId, update: writer.sent().slice() })).toEqual({
      ok: true,
    });
    const [message] = (await coming) as [SheetMessage];
    const copy = sheetWriter(2);
    copy.learn(new Uint8Array(message.update));
    expect(copy.read("qst_risk")).toBe("Data warga bocor 🙈");
    expect(await budi.raw("sheet.open", { roomId })).toMatchObject({ code: "sheet-unknown" });
    expect(await budi.command("sheet.update", { roomId, update: new Uint8Array(2) })).toMatchObject({
      code: "sheet-unknown",
    });
    const lacking = await open(ina, Y.encodeStateVector(writer.doc));
    expect([...new Uint8Array(lacking.update)]).toEqual([0, 0]);
    expect(toBudi).toBe(0);
  });

  it("SH20 what is malformed gets its code; the class and the sheet go on", async () => {
    for (const update of [new Uint8Array(), Uint8Array.of(1, 2, 3), new Uint8Array(70_000)]) {
      const answer = await ani.command("sheet.update", { roomId, update });
      expect(answer).toMatchObject({ code: expect.stringMatching(/^sheet-(malformed|too-large)$/) });
    }
    expect(await ani.raw("sheet.update", { roomId, update: "text" })).toMatchObject({ code: "bad-request" });
    expect(await ina.command("sheet.update", { roomId, update: Uint8Array.of(0, 0) })).toMatchObject({
      code: "sheet-closed",
    });
    await ina.command("room.enter", { room: roomId });
    expect(await ina.command("sheet.update", { roomId, update: Uint8Array.of(0, 0) })).toEqual({ ok: true });
  });

  it("SH20 is as it was after the server was started anew, and everybody reads it on the stage", async () => {
    await ina.command("breakouts.close", {});
    for (const client of [ina, ani, budi]) client.close();
    running = await running.restart();
    ani = await connect(running.links.participants[0] as string);
    await ani.enter();
    const opened = await open(ani);
    const copy = sheetWriter(3);
    copy.learn(new Uint8Array(opened.update));
    expect(copy.read("qst_risk")).toBe("Data warga bocor 🙈");
    expect(opened.authors).toEqual([[1, expect.stringMatching(/^enr_/)]]);
  });
});
