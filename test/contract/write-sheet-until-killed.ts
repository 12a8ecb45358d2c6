import { createSheets } from "../../server/sheets/create-sheets.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { sampleCase } from "../support/sample-case.ts";
import { sheetReader, sheetWriter } from "../support/sheet-people.ts";
import { programme, quietLog, session, sessionId } from "./records.ts";

/**
 * Run as a process of its own: two people type into one sheet, a letter at a time, and each letter's number is
 * printed when it is acknowledged, until the process is killed.
 */
const file = process.argv[2];
if (file === undefined) throw new Error("Which file?");
const store = await createSqliteStore({ file, log: quietLog });
const one = programme("A1");
await store.programmes.create(one);
await store.sessions.create(session(one, "1"));
const sheets = createSheets({ store: store.sheets, clock: new FakeClock(), log: quietLog, send: () => {} });
const key = { sessionId: sessionId("1"), roomId: sheetReader("ani").roomId };
await sheets.make(key.sessionId, [key.roomId], {
  ...sampleCase,
  questions: sampleCase.questions.map((question) => ({
    ...question,
    form: { kind: "text", maxLength: 10_000 },
  })),
});

async function typeForEver(name: string, clientId: number, questionId: string): Promise<void> {
  const { reader } = sheetReader(name);
  const writer = sheetWriter(clientId);
  for (let letters = 1; ; letters++) {
    writer.type(questionId, letters - 1, String(letters % 10));
    const answer = await sheets.update(key, reader, writer.sent());
    if (!answer.ok) throw new Error(answer.code);
    process.stdout.write(`${name} ${letters}\n`);
  }
}
await Promise.all([typeForEver("ani", 1, "qst_risk"), typeForEver("budi", 2, "qst_motto")]);
