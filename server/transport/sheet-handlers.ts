import { sheetAccessFrom } from "../domain/sheet-access.ts";
import type { Clock, SheetKey, SheetReader, Sheets } from "../ports.ts";
import { type Result, refuse } from "../protocol/errors.ts";
import { type BreakoutRoomId, MAIN_ROOM } from "../protocol/ids.ts";
import type { Handlers } from "./class-handlers.ts";
import type { Session } from "./session.ts";

/** Letters of an answer sheet are no events of the class: they go straight to the room's sheet. */
export function sheetHandlers({ sheets, clock }: { readonly sheets: Sheets; readonly clock: Clock }) {
  async function withReader(
    session: Session,
    roomId: BreakoutRoomId,
    use: (key: SheetKey, reader: SheetReader) => Promise<Result<unknown>>,
  ): Promise<Result<unknown>> {
    const reader = readerFrom(session, roomId, clock);
    return reader ? use({ sessionId: session.visitor.sessionId, roomId }, reader) : refuse("not-present");
  }

  return {
    "sheet.open": (session, { roomId, stateVector }) =>
      withReader(session, roomId, (key, reader) => sheets.open(key, reader, stateVector)),
    "sheet.update": (session, { roomId, update }) =>
      withReader(session, roomId, (key, reader) => sheets.update(key, reader, update)),
    "sheet.awareness": (session, { roomId, update }) =>
      withReader(session, roomId, async (key, reader) => sheets.showCursor(key, reader, update)),
  } satisfies Partial<Handlers>;
}

/** The connection that asks, with what it may do at any time later; nothing once it has gone. */
function readerFrom(session: Session, roomId: BreakoutRoomId, clock: Clock): SheetReader | null {
  const place = session.place();
  if (!place) return null;
  const { live, entrant } = place;
  const { connectionId, socketId } = entrant;
  const { personId, role } = session.visitor.person;
  return {
    socketId,
    connectionId,
    personId,
    access() {
      if (session.place()?.entrant.connectionId !== connectionId) return "none";
      const state = live.state();
      const room = state.connections.get(connectionId)?.room ?? MAIN_ROOM;
      return sheetAccessFrom(state, { personId, role, room }, roomId, clock.now());
    },
  };
}
