import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ConnectionId } from "../../../server/protocol/ids.ts";
import type {
  MediaSignal,
  MediaSource,
  RtpCapabilitiesJson,
  ViewTile,
} from "../../../server/protocol/media.ts";
import { exchange } from "../../support/class-client.ts";
import { capabilitiesFrom } from "../../support/rtp-samples.ts";
import { startServerProcess } from "../../support/server-process.ts";
import { seedClass } from "../breakouts/seeded-class.ts";
import { type ClassSocket, openClassSocket, type Pass } from "./class-socket.ts";
import type { FilmName } from "./film.ts";
import { iceWayFrom } from "./ice-way.ts";
import { type LoadClient, monotonicMs } from "./load-client.ts";
import { familyOf, pin } from "./process-use.ts";
import { filmParameters, soundParameters } from "./stream-parameters.ts";

const JOIN_AT_ONCE = 20;
const TILE_WIDTH = 480;

type Opened = Extract<MediaSignal, { type: "consumer.opened" }>;

export interface LoadedClassOptions {
  readonly client: LoadClient;
  /** The load client's group for what this class receives. */
  readonly group: number;
  readonly people: number;
  /** The server with its media worker runs here; anywhere when unset. */
  readonly core?: number;
  readonly workers?: number;
  readonly env?: Readonly<Record<string, string>>;
  /** What listeners say they can, of what the server offers. */
  readonly capabilities?: (offered: RtpCapabilitiesJson) => RtpCapabilitiesJson;
}

/** One listener of the class, in the order of joining. */
export interface LoadedListener {
  readonly peer: number;
  readonly socket: ClassSocket;
  readonly opened: readonly Opened[];
  /** Of `monotonicMs`: the socket is opened, and the class is on screen. */
  readonly begunAt: number;
  readonly enteredAt: number;
}

/** A class on a server of its own, whose people are sockets here and WebRTC clients of the load client. */
export interface LoadedClass {
  readonly url: string;
  readonly staff: ClassSocket;
  /** Join links of all participants; who joins here takes the first. */
  readonly links: readonly string[];
  readonly listeners: readonly LoadedListener[];
  /** What the load client sends for this class. */
  readonly ssrcs: readonly number[];
  /** The server, its media workers, and whatever else it started. */
  pids(): readonly number[];
  publish(source: MediaSource, films?: readonly FilmName[]): Promise<void>;
  stop(source: MediaSource): Promise<void>;
  /** Lets people join until there are so many, some at a time; resolves when they are connected. */
  join(people: number): Promise<void>;
  /** The same, all at once. */
  storm(people: number): Promise<void>;
  /** So many of those who are not there yet come, and go again: a server that has just started compiles itself first. */
  warmUp(people: number): Promise<void>;
  close(): Promise<void>;
}

/** Seeds and starts it, with an instructor who has opened the class and can publish. */
export async function startLoadedClass(options: LoadedClassOptions): Promise<LoadedClass> {
  const { client, group, people } = options;
  const dataDir = await mkdtemp(join(tmpdir(), "balai-bench-"));
  const tokens = await seedClass(dataDir, people);
  const server = await startServerProcess({ dataDir, workers: options.workers ?? 1, env: options.env });
  // A bench that is ended from outside leaves no server behind.
  process.once("exit", () => void server.kill());
  if (options.core !== undefined) for (const pid of familyOf(server.pid())) pin(pid, options.core);
  const link = (token: string) => `${server.url}/join#${token}`;
  const ssrcs: number[] = [];
  const tiles: ViewTile[] = [];
  const listeners: LoadedListener[] = [];
  let joined = 0;
  let connected = 1;

  const staff = await openClassSocket(server.url, await exchange(link(tokens.instructor)), () => undefined);
  const entered = await staff.enter("bench-instructor");
  await staff.order("class.open", {});
  const you = entered.kind === "snapshot" ? entered.snapshot.you : entered.you;
  await staff.order("media.capabilities", { rtpCapabilities: capabilitiesFrom(entered.rtpCapabilities) });
  const sending = await openTransport(staff, "send", client, 0);
  await client.up(connected);

  async function joinOne(pass: Pass, number: number): Promise<LoadedListener> {
    const opened: Opened[] = [];
    const begunAt = monotonicMs();
    const socket: ClassSocket = await openClassSocket(server.url, pass, (signal) => {
      if (signal.type !== "consumer.opened") return;
      opened.push(signal);
      void socket.order("media.ready", { consumerId: signal.consumerId }).catch(() => undefined);
    });
    const { rtpCapabilities: offered } = await socket.enter(`bench-listener-${number}`);
    const enteredAt = monotonicMs();
    const able = capabilitiesFrom(offered);
    // As the page does it: the server takes a person's commands in their order, none waits for another's answer.
    const [, , peer] = await Promise.all([
      socket.order("media.capabilities", { rtpCapabilities: options.capabilities?.(able) ?? able }),
      socket.order("media.view", { mode: "gallery", tiles }),
      openTransport(socket, "receive", client, group),
    ]);
    return { peer, socket, opened, begunAt, enteredAt };
  }

  async function come(first: number, count: number): Promise<readonly LoadedListener[]> {
    const passes = await Promise.all(
      tokens.participants.slice(first, first + count).map((token) => exchange(link(token))),
    );
    const there = await Promise.all(passes.map((pass, index) => joinOne(pass, first + index)));
    connected += count;
    await client.up(connected);
    return there;
  }

  async function joinSome(count: number): Promise<void> {
    const first = joined;
    joined += count;
    listeners.push(...(await come(first, count)));
  }

  return {
    url: server.url,
    staff,
    links: tokens.participants.map(link),
    listeners,
    ssrcs,
    pids: () => familyOf(server.pid()),
    async publish(source, films) {
      const first = 1000 * (group + 1) + 10 * ssrcs.length;
      const own = films ? films.map((_, index) => first + index) : [first];
      const rtpParameters = films ? filmParameters(own) : soundParameters(first);
      await staff.order("media.produce", { source, rtpParameters, paused: false });
      if (films) for (const [index, film] of films.entries()) client.addFilm(sending, first + index, film);
      else client.addSound(sending, first);
      ssrcs.push(...own);
      if (source !== "camera" && source !== "screen") return;
      tiles.push({ connectionId: you.connectionId as ConnectionId, source, width: TILE_WIDTH });
      await Promise.all(
        listeners.map(({ socket }) => socket.order("media.view", { mode: "gallery", tiles })),
      );
    },
    stop: async (source) => void (await staff.order("media.stop", { source })),
    async join(wanted) {
      while (joined < wanted) await joinSome(Math.min(JOIN_AT_ONCE, wanted - joined));
    },
    storm: joinSome,
    async warmUp(count) {
      for (const { socket, peer } of await come(joined, count)) {
        await socket.order("presence.leave", {});
        socket.close();
        client.drop(peer);
      }
    },
    async close() {
      for (const { socket } of listeners) socket.close();
      staff.close();
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Returns the number of the load client's peer. */
export async function openTransport(
  socket: ClassSocket,
  direction: "send" | "receive",
  client: LoadClient,
  group: number,
): Promise<number> {
  const offer = await socket.order("media.transport", { direction });
  await socket.order("media.connect", { direction, dtlsParameters: client.dtls });
  return client.addPeer(group, iceWayFrom(offer));
}
