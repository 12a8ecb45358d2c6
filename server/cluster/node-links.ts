import { createHmac, timingSafeEqual } from "node:crypto";
import type { Namespace, Server, Socket as ServerSocket } from "socket.io";
import { io, type Socket } from "socket.io-client";
import { z } from "zod";
import type { Clock, Log, NodeLink } from "../ports.ts";
import { answerSchema } from "../protocol/edge-media.ts";
import { type ErrorCode, type Result, refuse } from "../protocol/errors.ts";
import { type SessionId, sessionIdSchema } from "../protocol/ids.ts";

/** Beside the class's own sockets, on the same port. */
const NAMESPACE = "/nodes";
const OPEN_WITHIN_MS = 4_000;
const ANSWER_WITHIN_MS = 8_000;
/** A handshake counts for so long; the clocks of nodes are at most 5 s apart. */
const HANDSHAKE_LIVES_MS = 30_000;

const handshakeSchema = z.strictObject({
  from: z.string().max(100),
  to: z.string().max(100),
  sessionId: sessionIdSchema,
  at: z.int(),
  mark: z.string().max(100),
});
type Handshake = Omit<z.infer<typeof handshakeSchema>, "mark">;

/** Only who knows the secret that all nodes sign with can make it, for this class, these two nodes and about now. */
function markOf(secret: string, { from, to, sessionId, at }: Handshake): string {
  return createHmac("sha256", secret)
    .update(`balai-node-link:${from}:${to}:${sessionId}:${at}`)
    .digest("base64url");
}

export interface LinkParts {
  readonly secret: string;
  /** This node's id. */
  readonly me: string;
  readonly clock: Clock;
  readonly log: Log;
}

/** Opens a link for a class to another node; null where it does not answer or refuses. */
export async function openNodeLink(
  { secret, me, clock, log }: LinkParts,
  to: { readonly id: string; readonly linkUrl: string },
  sessionId: SessionId,
): Promise<NodeLink | null> {
  const handshake: Handshake = { from: me, to: to.id, sessionId, at: clock.now() };
  const socket = io(`${to.linkUrl}${NAMESPACE}`, {
    auth: { ...handshake, mark: markOf(secret, handshake) },
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
    timeout: OPEN_WITHIN_MS,
  });
  const link = linkOver(socket);
  return new Promise((resolve) => {
    const fail = (err: Error) => {
      log.warn({ err, to: to.id }, "another node could not be asked to carry people of a class");
      link.end();
      resolve(null);
    };
    socket.once("connect_error", fail);
    socket.once("connect", () => resolve(link));
  });
}

/** Takes links of other nodes that are the homes of classes which this one is to carry people of. */
export function serveNodeLinks(
  server: Server,
  { secret, me, clock, log }: LinkParts,
  onLink: (sessionId: SessionId, link: NodeLink) => boolean,
): void {
  const namespace: Namespace = server.of(NAMESPACE);
  namespace.use((socket, next) => {
    const parsed = handshakeSchema.safeParse(socket.handshake.auth);
    if (parsed.success && counts(parsed.data)) return next();
    log.warn(
      { address: socket.handshake.address },
      "somebody who is no node of this cluster asked for a link",
    );
    return next(new Error("unauthenticated" satisfies ErrorCode));
  });
  namespace.on("connection", (socket) => {
    const { sessionId } = handshakeSchema.parse(socket.handshake.auth);
    const link = linkOver(socket);
    if (!onLink(sessionId, link)) link.end();
  });

  function counts({ mark, ...handshake }: z.infer<typeof handshakeSchema>): boolean {
    const expected = Buffer.from(markOf(secret, handshake));
    const given = Buffer.from(mark);
    return (
      given.length === expected.length &&
      timingSafeEqual(given, expected) &&
      handshake.to === me &&
      Math.abs(clock.now() - handshake.at) < HANDSHAKE_LIVES_MS
    );
  }
}

type Handle = (letter: unknown) => Promise<Result<unknown>>;

/** socket.io keeps the order, and says when the other side is gone. */
function linkOver(socket: Socket | ServerSocket): NodeLink {
  let setHandler: (handle: Handle) => void = () => {};
  const handler = new Promise<Handle>((resolve) => {
    setHandler = resolve;
  });
  const endedCalls: (() => void)[] = [];
  let isEnded = false;
  socket.on("letter", (letter: unknown, ack?: unknown) => {
    const answered = handler.then((handle) => handle(letter));
    if (typeof ack === "function") void answered.then((answer) => ack(answer));
  });
  socket.on("disconnect", () => {
    isEnded = true;
    for (const call of endedCalls) call();
  });
  return {
    tell(letter) {
      if (!isEnded) socket.emit("letter", letter);
    },
    async ask(letter) {
      if (isEnded) return refuse("media-unavailable");
      try {
        return answerFrom(await socket.timeout(ANSWER_WITHIN_MS).emitWithAck("letter", letter));
      } catch {
        return refuse("media-unavailable", "another node did not answer");
      }
    },
    onLetter: setHandler,
    onEnded(call) {
      if (isEnded) call();
      else endedCalls.push(call);
    },
    end() {
      socket.disconnect();
    },
  };
}

function answerFrom(answer: unknown): Result<unknown> {
  const parsed = answerSchema.safeParse(answer);
  if (!parsed.success) return refuse("media-unavailable", "another node's answer cannot be read");
  return parsed.data.ok ? { ok: true, data: parsed.data.data } : parsed.data;
}
