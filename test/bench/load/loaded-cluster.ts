import { z } from "zod";
import { createPostgresStore } from "../../../server/store/postgres-store.ts";
import { exchange } from "../../support/class-client.ts";
import { type NodeProcess, startCluster } from "../../support/cluster.ts";
import { createQuietLog } from "../../support/quiet-log.ts";
import { capabilitiesFrom } from "../../support/rtp-samples.ts";
import { seedClasses } from "../breakouts/seeded-class.ts";
import { type ClassSocket, openClassSocket } from "./class-socket.ts";
import type { LoadClient } from "./load-client.ts";
import { openTransport } from "./loaded-class.ts";
import { familyOf, pin } from "./process-use.ts";
import { soundParameters } from "./stream-parameters.ts";
import type { Side } from "./windows.ts";

const DATABASE = "cluster";
const JOIN_AT_ONCE = 30;
const viewSchema = z.object({ linkId: z.string(), cluster: z.object({ ticket: z.string() }) });
const homeSchema = z.object({ url: z.string(), ticket: z.string() });

export interface LoadedClusterOptions {
  readonly client: LoadClient;
  readonly group: number;
  readonly nodes: number;
  readonly classes: number;
  readonly people: number;
  readonly core: number;
  /** For each node. */
  readonly env?: Readonly<Record<string, string>>;
  say(line: string): void;
}

/** Nodes over PostgreSQL and Redis of their own, whose classes have one voice each that everybody hears. */
export interface LoadedCluster {
  readonly ssrcs: readonly number[];
  /** How many classes each node runs. */
  readonly classesByNode: readonly number[];
  pids(): readonly number[];
  close(): Promise<void>;
}

/** Resolves when everybody is in and hears. */
export async function startLoadedCluster(options: LoadedClusterOptions): Promise<LoadedCluster> {
  const { client, group, classes, people, say } = options;
  const cluster = await startCluster();
  const store = await createPostgresStore({
    address: cluster.postgres.addressOf(DATABASE),
    log: createQuietLog().log,
  });
  const seeded = await seedClasses(store, people, classes);
  await store.close();
  const nodes: NodeProcess[] = [];
  for (let at = 1; at <= options.nodes; at += 1) {
    nodes.push(await cluster.startNode(`node-${at}`, { DEMO: "0", ...options.env }));
  }
  process.once("exit", () => {
    for (const node of nodes) void node.kill();
  });
  for (const node of nodes) for (const pid of familyOf(node.pid)) pin(pid, options.core);
  const sockets: ClassSocket[] = [];
  const ssrcs: number[] = [];
  const homes = new Map(nodes.map((node) => [node.url, 0]));
  const base = nodes[0]?.url ?? "";

  async function enter(
    token: string,
    device: string,
  ): Promise<{ socket: ClassSocket; offered: unknown; url: string }> {
    const { url, pass } = await homeOf(base, token);
    const socket: ClassSocket = await openClassSocket(url, pass, (signal) => {
      if (signal.type !== "consumer.opened") return;
      void socket.order("media.ready", { consumerId: signal.consumerId }).catch(() => undefined);
    });
    sockets.push(socket);
    const { rtpCapabilities: offered } = await socket.enter(device);
    await socket.order("media.capabilities", { rtpCapabilities: capabilitiesFrom(offered) });
    return { socket, offered, url };
  }

  for (const [index, { instructor, participants }] of seeded.entries()) {
    const { socket: staff, url } = await enter(instructor, `bench-staff-${index}`);
    homes.set(url, (homes.get(url) ?? 0) + 1);
    await staff.order("class.open", {});
    const ssrc = 100_000 * group + index;
    const speaker = await openTransport(staff, "send", client, 0);
    await client.up(client.nextPeer());
    await staff.order("media.produce", { source: "microphone", rtpParameters: soundParameters(ssrc) });
    client.addSound(speaker, ssrc);
    ssrcs.push(ssrc);
    for (let first = 0; first < participants.length; first += JOIN_AT_ONCE) {
      await Promise.all(
        participants.slice(first, first + JOIN_AT_ONCE).map(async (token, number) => {
          const { socket } = await enter(token, `bench-person-${index}-${first + number}`);
          await openTransport(socket, "receive", client, group);
        }),
      );
    }
    await client.up(client.nextPeer());
    if (index % 10 === 9) say(`${index + 1} of ${classes} classes`);
  }
  return {
    ssrcs,
    classesByNode: [...homes.values()],
    pids: () => nodes.flatMap((node) => familyOf(node.pid)),
    async close() {
      for (const socket of sockets) socket.close();
      await cluster.close();
    },
  };
}

/** A cluster of one node and one of two, in this order, each with the group of its number, to be compared. */
export function sidesOf(clusters: readonly LoadedCluster[]): readonly Side[] {
  return clusters.map(({ ssrcs, pids }, at) => ({
    name: at === 0 ? "one node" : "two nodes",
    group: at + 1,
    ssrcs,
    pids,
  }));
}

/** As the page does it: the link is exchanged at any node, which tells where the class is and gives a ticket for it. */
async function homeOf(base: string, token: string) {
  const { linkId, cookie } = await exchange(`${base}/join#${token}`);
  const view = await fetch(`${base}/api/v1/join/${linkId}`, { headers: { cookie } });
  const { ticket } = viewSchema.parse(await view.json()).cluster;
  const home = await fetch(`${base}/api/v1/home`, {
    method: "POST",
    headers: { "content-type": "application/json", origin: base },
    body: JSON.stringify({ ticket }),
  });
  const found = homeSchema.parse(await home.json());
  return { url: found.url, pass: { linkId, cookie, ticket: found.ticket } };
}
