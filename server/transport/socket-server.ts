import type { IncomingMessage } from "node:http";
import type { Server, ServerOptions, Socket } from "socket.io";
import { z } from "zod";
import type { ClassNodes, Log } from "../ports.ts";
import { type ErrorCode, type Result, refuse } from "../protocol/errors.ts";
import { type LinkId, linkIdSchema } from "../protocol/ids.ts";
import type { Auth } from "./auth.ts";
import { createCommandLimit } from "./command-limit.ts";
import type { Dispatch } from "./dispatch.ts";
import { isNodeOrigin } from "./node-origins.ts";
import { createSession, type Session, type Visitor } from "./session.ts";

const handshakeSchema = z.object({ linkId: linkIdSchema, ticket: z.string().max(200).optional() });

/** A silent client is dead after ten seconds (DESIGN section 3): a ping each five, five to answer. */
const PING_MS = 5000;
/** The largest message is a set of RTP capabilities. */
const MAX_MESSAGE_BYTES = 262_144;

export function socketServerOptions(nodes: ClassNodes | null): Partial<ServerOptions> {
  return {
    serveClient: false,
    pingInterval: PING_MS,
    pingTimeout: PING_MS,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    allowRequest: (request, decide) =>
      decide(null, isSameOrigin(request) || isNodeOrigin(nodes, request.headers.origin)),
    ...(nodes ? { cors: { origin: (origin, decide) => decide(null, isNodeOrigin(nodes, origin)) } } : {}),
  };
}

/** A page of somebody else's must not open a socket with the visitor's cookie. */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

export interface SocketServer {
  /** Stops listening to sockets: what ends from here on ends by the server's stop, not by its people. */
  close(): void;
  /** The links by which sockets came. */
  links(): readonly LinkId[];
  /** Ends every socket that came by this link. */
  endLink(linkId: LinkId): void;
}

/** Takes sockets with a join link's cookie and passes their messages to dispatch. */
export function serveSockets(parts: {
  readonly io: Server;
  readonly auth: Pick<Auth, "personFromLink" | "personFromTicket">;
  readonly dispatch: Dispatch;
  readonly log: Log;
}): SocketServer {
  const { io, auth, dispatch, log } = parts;
  const sessions = new Map<string, Session>();
  let isClosed = false;

  io.use((socket, next) => {
    visitorOf(socket).then(
      (result) => {
        if (!result.ok) return next(refusalError(result.code));
        sessions.set(socket.id, createSession(result.data));
        return next();
      },
      (err) => {
        log.error({ err }, "a socket could not be let in");
        next(refusalError("internal"));
      },
    );
  });

  async function visitorOf(socket: Socket): Promise<Result<Visitor>> {
    const handshake = handshakeSchema.safeParse(socket.handshake.auth);
    if (!handshake.success) return refuse("unauthenticated");
    const { linkId, ticket } = handshake.data;
    const known =
      ticket === undefined
        ? await auth.personFromLink(socket.handshake.headers.cookie, linkId)
        : await auth.personFromTicket(ticket);
    if (!known.ok) return known;
    if (known.data.link.id !== linkId) return refuse("unauthenticated");
    const { person, session } = known.data;
    if (session.cancellation) return refuse("session-cancelled");
    return { ok: true, data: { socketId: socket.id, linkId, sessionId: session.id, person } };
  }

  io.on("connection", (socket) => {
    const session = sessions.get(socket.id);
    if (!session) return socket.disconnect(true);
    const limit = createCommandLimit();
    socket.onAny((name: unknown, ...rest: unknown[]) => {
      const ack = rest.at(-1);
      const args = typeof ack === "function" ? rest.slice(0, -1) : rest;
      const answer = limit.take(name).then((isAllowed) => {
        return isAllowed ? dispatch(session, name, args[0]) : refuse("rate-limited");
      });
      void answer.then((result) => typeof ack === "function" && ack(result));
    });
    socket.on("disconnect", (reason) => {
      sessions.delete(socket.id);
      if (!isClosed) session.end(reasonOf(reason));
    });
    return undefined;
  });

  return {
    close() {
      isClosed = true;
    },
    links: () => [...new Set([...sessions.values()].map(({ visitor }) => visitor.linkId))],
    endLink(linkId) {
      for (const [socketId, session] of sessions) {
        if (session.visitor.linkId !== linkId) continue;
        session.leave("revoked");
        const socket = io.sockets.sockets.get(socketId);
        socket?.emit("ended", { reason: "revoked" });
        socket?.disconnect();
      }
    },
  };
}

/** socket.io's word for it, in the ledger's. Who leaves by the button has said so by `presence.leave`. */
function reasonOf(reason: string): string {
  return reason === "ping timeout" ? "silent" : "connection-lost";
}

function refusalError(code: ErrorCode): Error {
  return Object.assign(new Error(code), { data: { code } });
}
