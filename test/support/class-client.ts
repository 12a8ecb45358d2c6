import { once } from "node:events";
import { io, type Socket } from "socket.io-client";
import type { CommandInput, CommandName } from "../../server/protocol/commands.ts";
import type { Result } from "../../server/protocol/errors.ts";
import type { Entered, ProjectedEvent, ServerMessages, Snapshot } from "../../server/protocol/views.ts";

type EventType = ProjectedEvent["type"];

/** One person's socket, as a browser would have it, with what it was sent. */
export interface ClassClient {
  readonly socket: Socket<ServerMessages>;
  readonly linkId: string;
  readonly cookie: string;
  readonly events: readonly ProjectedEvent[];
  readonly snapshots: readonly Snapshot[];
  command<Name extends CommandName>(name: Name, args: CommandInput<Name>): Promise<Result<unknown>>;
  /** Anything under any name, as a hostile client would. */
  raw(name: string, ...args: unknown[]): Promise<Result<unknown>>;
  /** The same, with nobody waiting for an answer. */
  rawWithoutAck(name: string, ...args: unknown[]): void;
  enter(device?: string, lastSeq?: number): Promise<Entered>;
  /** The first event of this kind that came or comes. */
  eventOf<Type extends EventType>(
    type: Type,
    matches?: (event: Extract<ProjectedEvent, { type: Type }>) => boolean,
  ): Promise<Extract<ProjectedEvent, { type: Type }>>;
  close(): void;
}

/** Exchanges a link's token as the join page does. */
export async function exchange(link: string): Promise<{ linkId: string; cookie: string }> {
  const { origin, hash } = new URL(link);
  const response = await fetch(`${origin}/api/v1/join`, {
    method: "POST",
    headers: { "content-type": "application/json", origin },
    body: JSON.stringify({ token: hash.slice(1) }),
  });
  const { linkId } = (await response.json()) as { linkId: string };
  const cookie = response.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return { linkId, cookie };
}

/** The same in a cluster: the line goes to the node that runs the class, as the link's own node tells. */
export async function connectHome(link: string): Promise<ClassClient & { readonly url: string }> {
  const { origin } = new URL(link);
  const known = await exchange(link);
  const view = await fetch(`${origin}/api/v1/join/${known.linkId}`, { headers: { cookie: known.cookie } });
  const { cluster } = (await view.json()) as { cluster: { ticket: string } };
  const home = await homeOf(origin, cluster.ticket);
  return { ...(await connect(link, known, home)), url: home.url };
}

/** Asks a node where a ticket's class runs. */
export async function homeOf(nodeUrl: string, ticket: string): Promise<{ url: string; ticket: string }> {
  const response = await fetch(`${nodeUrl}/api/v1/home`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ticket }),
  });
  const answer = (await response.json()) as { url: string; ticket: string };
  if (!response.ok) throw new Error(`no home: ${JSON.stringify(answer)}`);
  return answer;
}

export async function connect(
  link: string,
  known?: { linkId: string; cookie: string },
  home?: { url: string; ticket: string },
): Promise<ClassClient> {
  const { linkId, cookie } = known ?? (await exchange(link));
  const socket: Socket<ServerMessages> = io(home?.url ?? new URL(link).origin, {
    auth: home ? { linkId, ticket: home.ticket } : { linkId },
    extraHeaders: { cookie },
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
  });
  const events: ProjectedEvent[] = [];
  const snapshots: Snapshot[] = [];
  const watchers = new Set<() => void>();
  socket.on("events", (batch) => {
    events.push(...batch.events);
    for (const watcher of [...watchers]) watcher();
  });
  socket.on("snapshot", (snapshot) => snapshots.push(snapshot));
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", () => resolve());
    socket.once("connect_error", reject);
  });

  const raw = (name: string, ...args: unknown[]) =>
    (socket as unknown as Socket).timeout(10_000).emitWithAck(name, ...args) as Promise<Result<unknown>>;
  return {
    socket,
    linkId,
    cookie,
    events,
    snapshots,
    raw,
    rawWithoutAck: (name, ...args) => void (socket as unknown as Socket).emit(name, ...args),
    command: (name, args) => raw(name, args),
    async enter(device = "device-1", lastSeq) {
      const entered = await raw("class.enter", { device, ...(lastSeq === undefined ? {} : { lastSeq }) });
      if (!entered.ok) throw new Error(`could not enter: ${entered.code}`);
      const confirmed = await raw("presence.confirm", {});
      if (!confirmed.ok) throw new Error(`could not join: ${confirmed.code}`);
      return entered.data as Entered;
    },
    eventOf(type, matches = () => true) {
      type Wanted = Extract<ProjectedEvent, { type: typeof type }>;
      return new Promise((resolve) => {
        const look = () => {
          const found = events.find((event) => event.type === type && matches(event as Wanted));
          if (!found) return;
          watchers.delete(look);
          resolve(found as Wanted);
        };
        watchers.add(look);
        look();
      });
    },
    close: () => socket.disconnect(),
  };
}

/** Resolves when the server has ended the socket. */
export async function disconnected(client: ClassClient): Promise<void> {
  if (client.socket.connected) await once(client.socket as never, "disconnect");
}
