import type { Clock, Log, SheetKey, SheetReader, SheetStore, Sheets } from "../ports.ts";
import { accept, refuse } from "../protocol/errors.ts";
import type { SessionId } from "../protocol/ids.ts";
import { MAX_AWARENESS_BYTES } from "../protocol/sheets.ts";
import type { ServerMessages } from "../protocol/views.ts";
import { createLiveSheet, type LiveSheet } from "./live-sheet.ts";
import { createSheetDoc } from "./sheet-doc.ts";

/** How often sheets that nobody looks at are put away. */
const SWEEP_EVERY_MS = 60_000;

interface SheetsParts {
  readonly store: SheetStore;
  readonly clock: Clock;
  readonly log: Log;
  /** In which this node took a class; undefined where there is no cluster. */
  epochOf?(sessionId: SessionId): number | undefined;
  send<Name extends "sheet" | "sheetAwareness">(
    socketIds: readonly string[],
    name: Name,
    message: Parameters<ServerMessages[Name]>[0],
  ): void;
}

export function createSheets(parts: SheetsParts): Sheets {
  const { store, clock, log, send } = parts;
  const used = new Map<string, LiveSheet>();
  let isClosed = false;
  let cancelSweep = clock.after(SWEEP_EVERY_MS, sweep);

  function sweep(): void {
    for (const [name, sheet] of used) {
      if (!sheet.isIdle()) continue;
      used.delete(name);
      sheet.close();
    }
    cancelSweep = clock.after(SWEEP_EVERY_MS, sweep);
  }

  function sheetOf(key: SheetKey): LiveSheet {
    const name = nameOf(key);
    const known = used.get(name);
    if (known) return known;
    const sheet = createLiveSheet({
      key,
      store,
      clock,
      log,
      epoch: () => parts.epochOf?.(key.sessionId),
      tell: (readers, message) => send(socketIdsOf(readers), "sheet", message),
    });
    used.set(name, sheet);
    return sheet;
  }

  return {
    async make(sessionId, roomIds, whole) {
      const createdAt = clock.now();
      await store.create(roomIds.map((roomId) => ({ sessionId, roomId, case: whole, createdAt })));
    },
    async open(key, reader, stateVector) {
      if (isClosed) return refuse("unavailable");
      if (reader.access() === "none") return refuse("sheet-unknown");
      return sheetOf(key).open(reader, stateVector);
    },
    async answers(key) {
      const sheet = await store.find(key);
      if (!sheet) return null;
      const doc = createSheetDoc(sheet.case, await store.content(key));
      const answers = doc.answers();
      doc.close();
      return answers;
    },
    async update(key, by, update) {
      if (isClosed) return refuse("unavailable");
      const access = by.access();
      if (access !== "write") return refuse(access === "read" ? "sheet-closed" : "sheet-unknown");
      return sheetOf(key).update(by, update);
    },
    showCursor(key, by, update) {
      if (update.byteLength > MAX_AWARENESS_BYTES) return refuse("sheet-too-large", "a cursor");
      if (by.access() === "none") return refuse("sheet-unknown");
      const { personId, connectionId } = by;
      const readers = used.get(nameOf(key))?.readers() ?? [];
      const others = readers.filter((reader) => reader.connectionId !== connectionId);
      const from = { personId, connectionId };
      send(socketIdsOf(others), "sheetAwareness", { roomId: key.roomId, from, update });
      return accept();
    },
    progress(sessionId) {
      const ofSession = [...used].filter(([name]) => name.startsWith(`${sessionId} `));
      const told = ofSession.flatMap(([name, sheet]) => {
        const progress = sheet.progress();
        return progress ? [[name.slice(sessionId.length + 1), progress] as const] : [];
      });
      return Object.fromEntries(told);
    },
    forget(sessionId) {
      for (const [name, sheet] of used) {
        if (!name.startsWith(`${sessionId} `)) continue;
        used.delete(name);
        void sheet.settled().then(() => sheet.close());
      }
    },
    async close() {
      isClosed = true;
      cancelSweep();
      await Promise.all([...used.values()].map((sheet) => sheet.settled()));
      for (const sheet of used.values()) sheet.close();
      used.clear();
    },
  };
}

function nameOf({ sessionId, roomId }: SheetKey): string {
  return `${sessionId} ${roomId}`;
}

function socketIdsOf(readers: readonly SheetReader[]): readonly string[] {
  return readers.map(({ socketId }) => socketId);
}
