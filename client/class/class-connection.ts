import { type ReadonlySignal, signal } from "@preact/signals";
import { io, type Socket } from "socket.io-client";
import type { CommandInput, CommandName } from "../../server/protocol/commands.ts";
import { ERRORS, type ErrorCode, type Result } from "../../server/protocol/errors.ts";
import type { MediaSignal, SpeakersSignal } from "../../server/protocol/media.ts";
import type {
  Entered,
  IceServer,
  ProjectedEvent,
  RoomOverview,
  ServerMessages,
} from "../../server/protocol/views.ts";
import { isErrorCode } from "../http/request-json.ts";
import { applyAnswer, applyBatch, type ClassView, viewFrom } from "./class-view.ts";

const ACK_TIMEOUT_MS = 10_000;
const RETRY_MS = 2_000;

/** `present`: confirmed, everything works. `lost`: trying again by itself. The rest is over. */
export type ConnectionState = "entering" | "present" | "lost" | "left" | "replaced" | "revoked" | ErrorCode;

/** Sends one command; answers `not-entered` while there is no connection and `unavailable` when no ack comes. */
type SendCommand = <Name extends CommandName>(
  name: Name,
  args: CommandInput<Name>,
) => Promise<Result<unknown>>;

export interface ClassConnectionParts {
  readonly linkId: string;
  /** Names this tab across reloads, so that a reload replaces its old connection. */
  readonly device: string;
  /** Called after each (re-)entry, once presence is confirmed: media starts anew. */
  onPresent(setup: { readonly rtpCapabilities: unknown; readonly iceServers: readonly IceServer[] }): void;
  /** After the events are in the view. */
  onEvents(events: readonly ProjectedEvent[]): void;
  onMedia(signal: MediaSignal): void;
  onSpeakers(signal: SpeakersSignal): void;
  /** Staff alone get it, while breakout rooms are open. */
  onOverview(overview: RoomOverview): void;
}

export interface ClassConnection {
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

type ClassSocket = Socket<
  ServerMessages,
  Record<string, (args: unknown, ack: (answer: unknown) => void) => void>
>;

/** The socket of one class: enters, confirms, keeps the view, and comes back by itself after a lost line. */
export function createClassConnection(parts: ClassConnectionParts): ClassConnection {
  const state = signal<ConnectionState>("entering");
  const view = signal<ClassView | null>(null);
  let clockOffsetMs = 0;
  let isOver = false;
  let retry: ReturnType<typeof setTimeout> | undefined;
  /** Events that arrive between the socket's opening and the answer to `class.enter`. */
  let early: Parameters<ServerMessages["events"]>[0][] | null = [];

  const socket: ClassSocket = io({
    auth: { linkId: parts.linkId },
    transports: ["websocket", "polling"],
    tryAllTransports: true,
    reconnectionDelay: 500,
    reconnectionDelayMax: 3_000,
    timeout: 8_000,
  });

  function finish(as: ConnectionState): void {
    if (isOver) return;
    isOver = true;
    clearTimeout(retry);
    state.value = as;
    socket.disconnect();
  }

  function lose(): void {
    if (!isOver && state.peek() !== "entering") state.value = "lost";
  }

  function connectLater(): void {
    clearTimeout(retry);
    if (!isOver) retry = setTimeout(() => socket.connect(), RETRY_MS);
  }

  const command: SendCommand = async (name, args) => {
    if (!socket.connected) return { ok: false, code: "not-entered" };
    return answerFrom(socket, name, args);
  };

  async function enter(): Promise<void> {
    early = [];
    const known = view.peek();
    const lastSeq = known?.seq;
    const answer = await command("class.enter", { device: parts.device, lastSeq });
    if (isOver || !socket.connected) return;
    if (!answer.ok) return handleRefusal(answer.code);
    const entered = answer.data as Entered;
    const fresh = enteredView(known, entered);
    clockOffsetMs = (entered.kind === "snapshot" ? entered.snapshot.now : entered.now) - Date.now();
    view.value = (early ?? []).reduce(applyBatch, fresh);
    early = null;
    await nextPaint();
    const confirmed = await command("presence.confirm", {});
    if (isOver || !socket.connected) return;
    if (!confirmed.ok) return handleRefusal(confirmed.code);
    state.value = "present";
    parts.onPresent(entered);
  }

  function handleRefusal(code: ErrorCode): void {
    if (ERRORS[code].retryable) {
      lose();
      socket.disconnect();
      connectLater();
    } else finish(code);
  }

  socket.on("connect", () => void enter());
  socket.on("disconnect", (reason) => {
    lose();
    // socket.io reconnects by itself, but not after the server ended the socket.
    if (reason === "io server disconnect") connectLater();
  });
  socket.on("connect_error", (error: Error & { data?: { code?: unknown } }) => {
    const code = error.data?.code;
    if (isErrorCode(code) && !ERRORS[code].retryable) finish(code);
    else if (!socket.active) connectLater();
  });
  socket.on("events", (batch) => {
    const known = view.peek();
    if (early) early.push(batch);
    else if (known) {
      view.value = applyBatch(known, batch);
      parts.onEvents(batch.events);
    }
  });
  socket.on("snapshot", (snapshot) => {
    view.value = viewFrom(snapshot);
  });
  socket.on("info", (info) => {
    const known = view.peek();
    if (known) view.value = { ...known, info };
  });
  socket.on("media", parts.onMedia);
  socket.on("speakers", parts.onSpeakers);
  socket.on("overview", parts.onOverview);
  socket.on("ended", ({ reason }) => finish(reason === "cancelled" ? "session-cancelled" : reason));

  return {
    state,
    view,
    command,
    listen(name, listener) {
      const listeners: Pick<ClassSocket, "on" | "off"> = socket;
      listeners.on(name, listener as never);
      return () => void listeners.off(name, listener as never);
    },
    noteConsent(isGiven) {
      const known = view.peek();
      if (known) view.value = applyAnswer(known, { personId: known.you.personId, isGiven });
    },
    now: () => Date.now() + clockOffsetMs,
    async leave() {
      if (socket.connected) await command("presence.leave", {});
      finish("left");
    },
    close: () => finish("left"),
  };
}

async function answerFrom(socket: ClassSocket, name: string, args: unknown): Promise<Result<unknown>> {
  try {
    // The server answers every command with a Result (DESIGN section 2).
    return (await socket.timeout(ACK_TIMEOUT_MS).emitWithAck(name, args)) as Result<unknown>;
  } catch {
    return { ok: false, code: "unavailable" };
  }
}

function enteredView(known: ClassView | null, entered: Entered): ClassView {
  if (entered.kind === "snapshot") return viewFrom(entered.snapshot);
  if (!known) throw new Error("the server sent what was missed to a client that knew nothing");
  return applyBatch({ ...known, you: entered.you, info: entered.info }, entered);
}

/** After the browser has painted; a hidden tab does not paint, so it does not wait for it. */
function nextPaint(): Promise<void> {
  return new Promise((resolve) => {
    const fallback = setTimeout(resolve, 250);
    requestAnimationFrame(() => {
      clearTimeout(fallback);
      setTimeout(resolve, 0);
    });
  });
}
