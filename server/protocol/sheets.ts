import type { CaseView } from "./cases.ts";
import type { BreakoutRoomId, ConnectionId, PersonId } from "./ids.ts";

/** The answer sheet that a breakout room edits together: a Y.Doc of Yjs (update format 1). */

/** The one Y.Map: question → code of the option. Text answers are Y.Texts of their own. */
export const CHOICES_ROOT = "choices";

/** The name of the Y.Text that holds the answer to a question. */
export function textRootOf(questionId: string): string {
  return `q:${questionId}`;
}

export const MAX_UPDATE_BYTES = 65_536;
export const MAX_AWARENESS_BYTES = 2048;
export const MAX_SHEET_BYTES = 1_048_576;

/** Bytes as they come: a Buffer in Node, an ArrayBuffer in a browser. */
export type SocketBytes = Uint8Array | ArrayBuffer;

/** Whose each Yjs client is: the server lets nobody write under the number of somebody else. */
export type SheetAuthors = readonly (readonly [clientId: number, personId: PersonId])[];

/** An answer as it is written down: the text, or the code of the option; empty while there is none. */
export interface SheetAnswer {
  readonly questionId: string;
  readonly answer: string;
}

/** Ack data of `sheet.open`. */
export interface OpenedSheet {
  readonly case: CaseView;
  readonly stateVector: SocketBytes;
  /** Everything that the client lacks, given its state vector. */
  readonly update: SocketBytes;
  readonly authors: SheetAuthors;
  readonly canWrite: boolean;
}

/** A change of a sheet, durable by now. */
export interface SheetMessage {
  readonly roomId: BreakoutRoomId;
  readonly update: SocketBytes;
  /** Those of whom nothing was in the sheet before. */
  readonly authors: SheetAuthors;
}

/** Where somebody's cursor is; `from` is who it really was. */
export interface SheetAwarenessMessage {
  readonly roomId: BreakoutRoomId;
  readonly from: { readonly personId: PersonId; readonly connectionId: ConnectionId };
  readonly update: SocketBytes;
}
