import { batch, type ReadonlySignal, signal } from "@preact/signals";
import * as Y from "yjs";
import type { CaseView } from "../../../server/protocol/cases.ts";
import { ERRORS, type ErrorCode } from "../../../server/protocol/errors.ts";
import type { BreakoutRoomId, PersonId } from "../../../server/protocol/ids.ts";
import {
  CHOICES_ROOT,
  type OpenedSheet,
  type SheetAuthors,
  textRootOf,
} from "../../../server/protocol/sheets.ts";
import type { ClassConnection } from "../class-connection.ts";
import { createPendingUpdates, type Keep } from "./pending-updates.ts";

/** Letters typed within this time travel together. */
const BATCH_MS = 80;
const RETRY_MS = 2_000;
/** The origin of changes that came from the server: they are not sent back. */
export const FROM_SERVER = "server";

/** `offline`: kept in this browser until the line is back. `loading`: nothing is known yet. */
export type SheetStatus = "loading" | "saved" | "saving" | "offline";

/** A room's answer sheet in this browser: one Y.Doc, kept the same as the server's. */
export interface SheetDoc {
  /** Another one after the server refused something: what is shown must be what is kept. */
  readonly doc: ReadonlySignal<Y.Doc>;
  readonly status: ReadonlySignal<SheetStatus>;
  readonly case: ReadonlySignal<CaseView | null>;
  readonly canWrite: ReadonlySignal<boolean>;
  /** Why the sheet cannot be shown, or why something was not taken; null where all is well. */
  readonly trouble: ReadonlySignal<ErrorCode | null>;
  /** Who chose an option last. */
  chosenBy(questionId: string): PersonId | null;
  choose(questionId: string, code: string): void;
  /** Asks the server anew: rooms opened or closed, somebody was moved. */
  refresh(): void;
  close(): void;
}

export function createSheetDoc(parts: {
  readonly roomId: BreakoutRoomId;
  readonly personId: PersonId;
  readonly connection: Pick<ClassConnection, "command" | "listen" | "state">;
  readonly keep: Keep;
  /** Names the link and the room in `keep`. */
  readonly keepAs: string;
}): SheetDoc {
  const { roomId, connection } = parts;
  const pending = createPendingUpdates(parts.keep, parts.keepAs);
  const status = signal<SheetStatus>("loading");
  const shownCase = signal<CaseView | null>(null);
  const canWrite = signal(false);
  const trouble = signal<ErrorCode | null>(null);
  const authors = new Map<number, PersonId>();
  const doc = signal(newDoc());
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isSending = false;
  let isOpening = false;
  let mustOpen = false;
  let isClosed = false;

  function newDoc(): Y.Doc {
    const made = new Y.Doc();
    for (const update of pending.all()) Y.applyUpdate(made, update, FROM_SERVER);
    made.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin === FROM_SERVER) return;
      pending.add(update);
      sendSoon(BATCH_MS);
    });
    authors.set(made.clientID, parts.personId);
    return made;
  }

  function learn(update: ArrayBuffer | Uint8Array, known: SheetAuthors): void {
    for (const [clientId, personId] of known) authors.set(clientId, personId);
    Y.applyUpdate(doc.peek(), new Uint8Array(update), FROM_SERVER);
  }

  function sendSoon(ms: number): void {
    showStatus();
    clearTimeout(timer);
    if (!isClosed) timer = setTimeout(() => void send(), ms);
  }

  function showStatus(): void {
    if (shownCase.peek() === null) status.value = "loading";
    else if (connection.state.peek() !== "present") status.value = "offline";
    else status.value = pending.isEmpty() && !isSending ? "saved" : "saving";
  }

  async function send(): Promise<void> {
    if (isSending || isOpening || connection.state.peek() !== "present" || !shownCase.peek())
      return showStatus();
    const update = pending.next();
    if (!update) return showStatus();
    isSending = true;
    const answer = await connection.command("sheet.update", { roomId, update: update.slice() });
    isSending = false;
    if (isClosed) return;
    if (answer.ok) {
      pending.settle();
      sendSoon(0);
    } else handleRefusal(answer.code);
  }

  function handleRefusal(code: ErrorCode): void {
    // Without a line the next connection opens the sheet anew and goes on.
    if (code === "not-entered" || code === "not-present") showStatus();
    else if (code === "sheet-behind") void open();
    else if (ERRORS[code].retryable) sendSoon(RETRY_MS);
    else startAnew(code);
  }

  function startAnew(because: ErrorCode): void {
    pending.replace(null);
    const refused = doc.peek();
    batch(() => {
      trouble.value = because;
      doc.value = newDoc();
    });
    refused.destroy();
    void open();
  }

  /** Both sides learn what they lack: the server's part comes with the answer, one's own is sent after it. */
  async function open(): Promise<void> {
    if (isOpening) {
      mustOpen = true;
      return;
    }
    isOpening = true;
    mustOpen = false;
    const stateVector = Y.encodeStateVector(doc.peek()).slice();
    const answer = await connection.command("sheet.open", { roomId, stateVector });
    isOpening = false;
    if (isClosed) return;
    if (answer.ok) take(answer.data as OpenedSheet);
    else if (answer.code === "sheet-unknown") forget();
    else if (ERRORS[answer.code].retryable && connection.state.peek() === "present")
      setTimeout(refresh, RETRY_MS);
    if (mustOpen) refresh();
  }

  function take(opened: OpenedSheet): void {
    batch(() => {
      learn(opened.update, opened.authors);
      shownCase.value = opened.case;
      canWrite.value = opened.canWrite;
      if (trouble.peek() === "sheet-unknown") trouble.value = null;
    });
    if (!pending.isEmpty()) {
      const lacking = Y.encodeStateAsUpdate(doc.peek(), new Uint8Array(opened.stateVector));
      // What the server has by now (its ack was lost) need not be sent again.
      if (lacking.byteLength <= 2) pending.replace(null);
    }
    sendSoon(0);
  }

  function forget(): void {
    batch(() => {
      shownCase.value = null;
      canWrite.value = false;
      trouble.value = "sheet-unknown";
    });
  }

  function refresh(): void {
    if (!isClosed && connection.state.peek() === "present") void open();
  }

  const stops = [
    connection.state.subscribe((state) => {
      if (state === "present") refresh();
      else showStatus();
    }),
    connection.listen("sheet", (change) => {
      if (change.roomId === roomId) learn(change.update, change.authors);
    }),
  ];

  return {
    doc,
    status,
    case: shownCase,
    canWrite,
    trouble,
    chosenBy(questionId) {
      const item = doc.peek().getMap(CHOICES_ROOT)._map.get(questionId);
      return item && !item.deleted ? (authors.get(item.id.client) ?? null) : null;
    },
    choose(questionId, code) {
      if (canWrite.peek()) doc.peek().getMap(CHOICES_ROOT).set(questionId, code);
    },
    refresh,
    close() {
      if (isClosed) return;
      // What was typed in the last moment still goes out; the page does not wait for it.
      void send();
      isClosed = true;
      clearTimeout(timer);
      for (const stop of stops) stop();
      doc.peek().destroy();
    },
  };
}

/** The text that answers a question. */
export function answerText(doc: Y.Doc, questionId: string): Y.Text {
  return doc.getText(textRootOf(questionId));
}
