import * as Y from "yjs";
import type { SheetAccess } from "../../server/domain/sheet-access.ts";
import type { SheetReader } from "../../server/ports.ts";
import type { BreakoutRoomId } from "../../server/protocol/ids.ts";
import { CHOICES_ROOT, textRootOf } from "../../server/protocol/sheets.ts";
import { connectionOf, idOf } from "./class-story.ts";

/** Somebody's copy of a sheet, as their browser has it, and what they changed since `sent` was last taken. */
export function sheetWriter(clientId: number) {
  const doc = new Y.Doc();
  doc.clientID = clientId;
  let changes: Uint8Array[] = [];
  doc.on("update", (update: Uint8Array, origin: unknown) => {
    if (origin !== "server") changes.push(update);
  });
  return {
    doc,
    type(questionId: string, at: number, text: string): void {
      doc.getText(textRootOf(questionId)).insert(at, text);
    },
    erase(questionId: string, at: number, length: number): void {
      doc.getText(textRootOf(questionId)).delete(at, length);
    },
    choose(questionId: string, code: unknown): void {
      doc.getMap(CHOICES_ROOT).set(questionId, code);
    },
    read: (questionId: string) => doc.getText(textRootOf(questionId)).toString(),
    chosen: (questionId: string) => doc.getMap(CHOICES_ROOT).get(questionId),
    learn: (update: Uint8Array) => Y.applyUpdate(doc, update, "server"),
    /** Everything changed since, as one update. */
    sent(): Uint8Array {
      const update = Y.mergeUpdates(changes);
      changes = [];
      return update;
    },
  };
}
export type SheetWriter = ReturnType<typeof sheetWriter>;

/** Somebody's connection with the sheet of `rom_1` open, with an access that a test can change. */
export function sheetReader(name: string, access: SheetAccess = "write") {
  let current = access;
  const reader: SheetReader = {
    socketId: `socket-${name}`,
    connectionId: connectionOf(name),
    personId: idOf(name),
    access: () => current,
  };
  return {
    reader,
    roomId: "rom_1" as BreakoutRoomId,
    allow(next: SheetAccess): void {
      current = next;
    },
  };
}
