import {
  Awareness,
  applyAwarenessUpdate,
  encodeAwarenessUpdate,
  modifyAwarenessUpdate,
  removeAwarenessStates,
} from "y-protocols/awareness";
import type { Doc } from "yjs";
import type { BreakoutRoomId, ConnectionId, PersonId } from "../../../server/protocol/ids.ts";
import type { SheetAwarenessMessage } from "../../../server/protocol/sheets.ts";
import type { ClassConnection } from "../class-connection.ts";
import { colourFrom, shortNameFrom } from "../tiles/initials.ts";
import { FROM_SERVER } from "./sheet-doc.ts";

/** A cursor that moves is told this often at most. */
const TELL_EVERY_MS = 150;

/** Where everybody's cursors are in a sheet. */
export interface SheetCursors {
  readonly awareness: Awareness;
  /** Takes away the cursors of connections that have gone. */
  keepOnly(connectionIds: ReadonlySet<ConnectionId>): void;
  close(): void;
}

export function createSheetCursors(parts: {
  readonly doc: Doc;
  readonly roomId: BreakoutRoomId;
  readonly connection: Pick<ClassConnection, "command" | "listen">;
  nameOf(personId: PersonId): string;
}): SheetCursors {
  const { doc, roomId, connection } = parts;
  const awareness = new Awareness(doc);
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    timer = undefined;
    const update = encodeAwarenessUpdate(awareness, [doc.clientID]).slice();
    void connection.command("sheet.awareness", { roomId, update });
  }

  function tellSoon(): void {
    timer ??= setTimeout(tell, TELL_EVERY_MS);
  }

  function hear({ roomId: of, from, update }: SheetAwarenessMessage): void {
    if (of !== roomId) return;
    const name = shortNameFrom(parts.nameOf(from.personId));
    const color = colourFrom(name);
    try {
      // Who it is says the server, not the sender.
      const named = modifyAwarenessUpdate(new Uint8Array(update), (state: object | null) =>
        state === null
          ? null
          : { ...state, user: { name, color, colorLight: `${color}66` }, from: from.connectionId },
      );
      applyAwarenessUpdate(awareness, named, FROM_SERVER);
    } catch {
      // Somebody's browser sends nonsense; a cursor is not worth more than passing it over.
    }
  }

  awareness.on("update", ({ added }: { added: number[] }, origin: unknown) => {
    // Who comes later learns where one's own cursor is.
    if (origin !== FROM_SERVER || added.length > 0) tellSoon();
  });
  const stopHearing = connection.listen("sheetAwareness", hear);
  awareness.setLocalState({});

  return {
    awareness,
    keepOnly(connectionIds) {
      const gone = [...awareness.getStates()].flatMap(([clientId, state]) =>
        clientId !== doc.clientID && !connectionIds.has(state.from) ? [clientId] : [],
      );
      if (gone.length > 0) removeAwarenessStates(awareness, gone, FROM_SERVER);
    },
    close() {
      clearTimeout(timer);
      stopHearing();
      awareness.destroy();
    },
  };
}
