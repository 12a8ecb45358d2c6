import { type ReadonlySignal, signal } from "@preact/signals";
import { io, type Socket } from "socket.io-client";
import type { JoinView } from "../../server/protocol/api.ts";
import { ERRORS, type ErrorCode, type Result } from "../../server/protocol/errors.ts";
import type { ServerMessages } from "../../server/protocol/views.ts";
import { isErrorCode } from "../http/request-json.ts";
import { type FilePlace, OWN_PLACE } from "./file-place.ts";
import { createHomeFinder } from "./home-finder.ts";

const ACK_TIMEOUT_MS = 10_000;
const RETRY_MS = 2_000;
/** In a cluster: another node may have the class already. With chance, so that not everybody asks at once. */
const MOVE_MS = 500;
const MOVE_SPREAD_MS = 1_000;

type ClassSocket = Socket<
  ServerMessages,
  Record<string, (args: unknown, ack: (answer: unknown) => void) => void>
>;
type MessageName = keyof ServerMessages;

export interface ClassLineParts {
  readonly linkId: string;
  /** Null where one server alone runs all classes: this page's own. */
  readonly cluster: JoinView["cluster"];
}

export interface LineListener {
  /** Each time that it is there. */
  onOpen(): void;
  /** It is gone; it comes back by itself. */
  onLost(): void;
  /** It will not come back. */
  onRefused(code: ErrorCode): void;
}

/** The line to the server that runs a class, wherever that is and moves to. */
export interface ClassLine {
  /** Tells of it from now on, and at once where it is there already, or never will be. */
  follow(listener: LineListener): void;
  isOpen(): boolean;
  /** Answers `not-entered` while there is no line, and `unavailable` where no answer comes. */
  send(name: string, args: unknown): Promise<Result<unknown>>;
  /** Hears what the server sends under a name, across lines, until the result is called. */
  listen<Name extends MessageName>(name: Name, listener: ServerMessages[Name]): () => void;
  /** Where slides and files come from. */
  readonly files: ReadonlySignal<FilePlace>;
  /** Something could not be fetched: looks which node answers; whether that is another than before. */
  lookForFiles(): Promise<boolean>;
  /** Ends it and opens it again in a moment. */
  restart(): void;
  close(): void;
}

export function createClassLine({ linkId, cluster }: ClassLineParts): ClassLine {
  let follower: LineListener | null = null;
  let refusal: ErrorCode | null = null;
  const listeners = new Set<readonly [MessageName, ServerMessages[MessageName]]>();
  const finder = cluster
    ? createHomeFinder(cluster, { linkId, ownOrigin: location.origin, reload: () => location.reload() })
    : null;
  const files = signal(OWN_PLACE);
  let socket: ClassSocket | null = null;
  let url: string | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  function open(ticket?: string): ClassSocket {
    const made: ClassSocket = io(url, {
      auth: ticket === undefined ? { linkId } : { linkId, ticket },
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnection: finder === null,
      reconnectionDelay: 500,
      reconnectionDelayMax: 3_000,
      timeout: 8_000,
      forceNew: finder !== null,
    });
    made.on("connect", () => follower?.onOpen());
    made.on("disconnect", (reason) => {
      if (isClosed) return;
      follower?.onLost();
      // socket.io reconnects by itself, but not after the server ended the socket, and never to another node.
      if (finder || reason === "io server disconnect") later();
    });
    made.on("connect_error", (error: Error & { data?: { code?: unknown } }) => {
      const code = error.data?.code;
      if (isErrorCode(code) && !ERRORS[code].retryable && !isTicketOld(code)) refuse(code);
      else if (finder || !made.active) later();
    });
    for (const [name, listener] of listeners) made.on(name, listener as never);
    return made;
  }

  function refuse(code: ErrorCode): void {
    refusal = code;
    follower?.onRefused(code);
  }

  /** A node that was away for long may hold a ticket that has run out: it is asked for anew. */
  function isTicketOld(code: ErrorCode): boolean {
    return finder !== null && code === "unauthenticated";
  }

  function later(): void {
    clearTimeout(retry);
    if (isClosed) return;
    const delayMs = finder ? MOVE_MS + MOVE_SPREAD_MS * Math.random() : RETRY_MS;
    retry = setTimeout(() => (finder ? void goHome() : socket?.connect()), delayMs);
  }

  async function findHome() {
    const found = await finder?.find();
    if (found?.ok) {
      const { base, ticket } = found.data;
      files.value = base === location.origin ? OWN_PLACE : { base, ticket };
    }
    return found;
  }

  async function goHome(): Promise<void> {
    const found = await findHome();
    if (isClosed || !found) return;
    if (!found.ok) {
      if (found.code !== "offline" && !ERRORS[found.code].retryable) refuse(found.code);
      else later();
      return;
    }
    socket?.removeAllListeners();
    socket?.disconnect();
    ({ url } = found.data);
    socket = open(found.data.ticket);
  }

  if (finder) void goHome();
  else socket = open();

  return {
    follow(listener) {
      follower = listener;
      if (refusal !== null) listener.onRefused(refusal);
      else if (socket?.connected) listener.onOpen();
    },
    isOpen: () => socket?.connected ?? false,
    async send(name, args) {
      if (!socket?.connected) return { ok: false, code: "not-entered" };
      try {
        // The server answers every command with a Result (DESIGN section 2).
        return (await socket.timeout(ACK_TIMEOUT_MS).emitWithAck(name, args)) as Result<unknown>;
      } catch {
        return { ok: false, code: "unavailable" };
      }
    },
    listen(name, listener) {
      const pair = [name, listener] as const;
      listeners.add(pair);
      socket?.on(name, listener as never);
      return () => {
        listeners.delete(pair);
        socket?.off(name, listener as never);
      };
    },
    files,
    async lookForFiles() {
      const before = files.peek().base;
      await findHome();
      return files.peek().base !== before;
    },
    restart() {
      socket?.disconnect();
      later();
    },
    close() {
      isClosed = true;
      clearTimeout(retry);
      finder?.close();
      socket?.disconnect();
    },
  };
}
