import { type ReadonlySignal, signal } from "@preact/signals";
import type { CommandInput, CommandName } from "../../server/protocol/commands.ts";
import { ERRORS, type ErrorCode, type Result } from "../../server/protocol/errors.ts";
import type { MediaSignal, SpeakersSignal } from "../../server/protocol/media.ts";
import type {
  Entered,
  IceServer,
  ProjectedEvent,
  RoomOverview,
  RosterPage,
  ServerMessages,
} from "../../server/protocol/views.ts";
import type { ClassLine } from "./class-line.ts";
import { applyAnswer, applyBatch, type ClassView, viewFrom, withRoster } from "./class-view.ts";

/** `present`: confirmed, everything works. `lost`: trying again by itself. The rest is over. */
export type ConnectionState = "entering" | "present" | "lost" | "left" | "replaced" | "revoked" | ErrorCode;

/** Sends one command; answers `not-entered` while there is no connection and `unavailable` when no ack comes. */
type SendCommand = <Name extends CommandName>(
  name: Name,
  args: CommandInput<Name>,
) => Promise<Result<unknown>>;

export interface ClassConnectionParts {
  /** Belongs to the connection from here on. */
  readonly line: ClassLine;
  /** Names this tab across reloads, so that a reload replaces its old connection. */
  readonly device: string;
  /** Called after each (re-)entry, before presence is confirmed: what media needs is known. */
  onEntered(setup: { readonly rtpCapabilities: unknown }): void;
  /** Called when presence has been asked for: media starts anew, and the server takes it once presence is written (FF2). */
  onConfirming(setup: { readonly rtpCapabilities: unknown; readonly iceServers: readonly IceServer[] }): void;
  /** Called after each (re-)entry, once presence is confirmed. */
  onPresent(): void;
  /** After the events are in the view. */
  onEvents(events: readonly ProjectedEvent[]): void;
  onMedia(signal: MediaSignal): void;
  onSpeakers(signal: SpeakersSignal): void;
  /** Staff alone get it, while breakout rooms are open. */
  onOverview(overview: RoomOverview): void;
}

export interface ClassConnection extends Pick<ClassLine, "files" | "lookForFiles"> {
  readonly state: ReadonlySignal<ConnectionState>;
  readonly view: ReadonlySignal<ClassView | null>;
  readonly command: SendCommand;
  /** Hears what the server sends under a name, across reconnections, until the result is called. */
  listen<Name extends "sheet" | "sheetAwareness">(name: Name, listener: ServerMessages[Name]): () => void;
  /** The server has taken one's answer, of which it tells nobody but staff. */
  noteConsent(isGiven: boolean): void;
  /** The server's clock now (epoch ms). */
  now(): number;
  /** Says goodbye and closes. */
  leave(): Promise<void>;
  close(): void;
}

/** The socket of one class: enters, confirms, keeps the view, and comes back by itself after a lost line. */
export function createClassConnection(parts: ClassConnectionParts): ClassConnection {
  const { line } = parts;
  const state = signal<ConnectionState>("entering");
  const view = signal<ClassView | null>(null);
  let clockOffsetMs = 0;
  let isOver = false;
  /** Events that arrive between the socket's opening and the answer to `class.enter`. */
  let early: Parameters<ServerMessages["events"]>[0][] | null = [];

  let rosterPages: readonly RosterPage[] = [];

  function finish(as: ConnectionState): void {
    if (isOver) return;
    isOver = true;
    state.value = as;
    line.close();
  }

  function lose(): void {
    if (!isOver && state.peek() !== "entering") state.value = "lost";
  }

  const command: SendCommand = (name, args) => line.send(name, args);

  async function enter(): Promise<void> {
    early = [];
    const known = view.peek();
    const lastSeq = known?.seq;
    const answer = await command("class.enter", { device: parts.device, lastSeq });
    if (isOver || !line.isOpen()) return;
    if (!answer.ok) return handleRefusal(answer.code);
    const entered = answer.data as Entered;
    const fresh = enteredView(known, entered);
    clockOffsetMs = (entered.kind === "snapshot" ? entered.snapshot.now : entered.now) - Date.now();
    view.value = (early ?? []).reduce(applyBatch, fresh);
    early = null;
    parts.onEntered(entered);
    const confirming = command("presence.confirm", {});
    parts.onConfirming(entered);
    const confirmed = await confirming;
    if (isOver || !line.isOpen()) return;
    if (!confirmed.ok) return handleRefusal(confirmed.code);
    state.value = "present";
    parts.onPresent();
  }

  function handleRefusal(code: ErrorCode): void {
    if (ERRORS[code].retryable) {
      lose();
      line.restart();
    } else finish(code);
  }

  line.listen("events", (batch) => {
    const known = view.peek();
    if (early) early.push(batch);
    else if (known) {
      view.value = applyBatch(known, batch);
      parts.onEvents(batch.events);
    }
  });
  line.listen("snapshot", (snapshot) => {
    view.value = viewFrom(snapshot, view.peek());
  });
  line.listen("roster", (page) => {
    // All pages come in one go: those of another time are void.
    rosterPages = page.page === 0 ? [page] : [...rosterPages, page];
    const known = view.peek();
    if (known && rosterPages.length === page.of) view.value = withRoster(known, rosterPages);
  });
  line.listen("info", (info) => {
    const known = view.peek();
    if (known) view.value = { ...known, info };
  });
  line.listen("media", parts.onMedia);
  line.listen("speakers", parts.onSpeakers);
  line.listen("overview", parts.onOverview);
  line.listen("ended", ({ reason }) => finish(reason === "cancelled" ? "session-cancelled" : reason));

  line.follow({ onOpen: () => void enter(), onLost: lose, onRefused: finish });

  return {
    state,
    view,
    command,
    listen: line.listen,
    files: line.files,
    lookForFiles: line.lookForFiles,
    noteConsent(isGiven) {
      const known = view.peek();
      if (known) view.value = applyAnswer(known, { personId: known.you.personId, isGiven });
    },
    now: () => Date.now() + clockOffsetMs,
    async leave() {
      if (line.isOpen()) await command("presence.leave", {});
      finish("left");
    },
    close: () => finish("left"),
  };
}

/** Resolves when the first entry has come to an end. The class is shown a moment before one is present in it. */
export function whenEntered(state: ReadonlySignal<ConnectionState>): Promise<void> {
  return new Promise((resolve) => {
    const stop = state.subscribe((now) => {
      if (now === "entering") return;
      resolve();
      queueMicrotask(() => stop());
    });
  });
}

function enteredView(known: ClassView | null, entered: Entered): ClassView {
  if (entered.kind === "snapshot") return viewFrom(entered.snapshot);
  if (!known) throw new Error("the server sent what was missed to a client that knew nothing");
  return applyBatch({ ...known, you: entered.you, info: entered.info }, entered);
}
