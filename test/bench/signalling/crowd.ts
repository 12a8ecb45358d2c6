import type { DtlsParametersJson } from "../../../server/protocol/media.ts";
import { type ClassClient, connect, exchange } from "../../support/class-client.ts";
import { capabilitiesFrom } from "../../support/rtp-samples.ts";
import { type CrowdAnswer, type CrowdOrder, preciseNow, type Receipt } from "./crowd-messages.ts";

/** A process full of participants: real sockets, and what a browser would note of what they are sent. */
const EXCHANGES_AT_ONCE = 4;

interface Member {
  readonly client: ClassClient;
  readonly personId: string;
  /** Whom this screen knows: connection ids. */
  readonly known: Set<string>;
}

const members: Member[] = [];
let receipts: Receipt[] = [];

const tell = (answer: CrowdAnswer) => process.send?.(answer);
const waitFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function join(
  link: string,
  known: Awaited<ReturnType<typeof exchange>>,
  number: number,
  dtlsParameters: DtlsParametersJson | null,
) {
  const startAt = performance.now();
  const client = await connect(link, known);
  const present = new Set<string>();
  client.socket.on("events", ({ events }) => {
    for (const event of events) {
      if (event.type === "hand.raised") receipts.push({ what: event.personId, at: preciseNow() });
      if (event.type === "page.turned") receipts.push({ what: `page ${event.page}`, at: preciseNow() });
      if (event.type === "presence.joined") present.add(event.connectionId);
      if (event.type === "presence.left") present.delete(event.connectionId);
    }
  });
  client.socket.on("roster", ({ connections }) => {
    for (const { connectionId } of connections) present.add(connectionId);
  });
  const entered = await client.enter(`bench-device-${number}`);
  const tookMs = performance.now() - startAt;
  if (entered.kind !== "snapshot") throw new Error("a newcomer was not sent the class");
  for (const { connectionId } of entered.snapshot.connections) present.add(connectionId);
  members.push({ client, personId: entered.snapshot.you.personId, known: present });
  // Who gets no media is in the class all the same, and counted where media is.
  if (dtlsParameters) await receive(client, entered.rtpCapabilities, dtlsParameters).catch(complain);
  return tookMs;
}

function complain(error: unknown): void {
  process.stderr.write(`somebody got no media: ${String(error)}\n`);
}

/** Opens the receive transport, as a browser does once it is in the class. */
async function receive(
  client: ClassClient,
  offered: unknown,
  dtlsParameters: DtlsParametersJson,
): Promise<void> {
  client.socket.on("media", (signal) => {
    if (signal.type === "consumer.opened") {
      // Whose consumer never flows is counted by the packets that do not come.
      client.command("media.ready", { consumerId: signal.consumerId }).catch(() => undefined);
    }
  });
  await client.command("media.capabilities", { rtpCapabilities: capabilitiesFrom(offered) });
  const made = await client.command("media.transport", { direction: "receive" });
  if (!made.ok) throw new Error(`no transport: ${made.code}`);
  await client.command("media.connect", { direction: "receive", dtlsParameters });
  tell({ type: "transport", offer: made.data });
}

async function joinAll({
  links,
  first,
  spreadMs,
  dtlsParameters,
}: Extract<CrowdOrder, { type: "join" }>): Promise<void> {
  const cookies: Awaited<ReturnType<typeof exchange>>[] = [];
  for (let start = 0; start < links.length; start += EXCHANGES_AT_ONCE) {
    cookies.push(...(await Promise.all(links.slice(start, start + EXCHANGES_AT_ONCE).map(exchange))));
  }
  const tookMs = await Promise.all(
    links.map(async (link, index) => {
      await waitFor((spreadMs * index) / links.length);
      const known = cookies[index];
      if (!known) throw new Error("a link has no cookie");
      return join(link, known, first + index, dtlsParameters);
    }),
  );
  tell({ type: "joined", tookMs, lastAt: preciseNow() });
}

async function raise(people: number): Promise<void> {
  const sentAt: Record<string, number> = {};
  for (const { client, personId } of members.slice(0, people)) {
    sentAt[personId] = preciseNow();
    await client.command("hand.raise", {});
    await waitFor(200);
  }
  tell({ type: "raised", sentAt });
}

async function handle(order: CrowdOrder): Promise<void> {
  if (order.type === "join") await joinAll(order);
  else if (order.type === "raise") await raise(order.people);
  else if (order.type === "view") {
    const { tiles } = order;
    await Promise.all(
      members.map(({ client }) => client.command("media.view", { mode: "gallery", tiles: [...tiles] })),
    );
    tell({ type: "viewed" });
  } else if (order.type === "look") {
    tell({ type: "seen", receipts, knows: members.map(({ known }) => known.size) });
    receipts = [];
  } else {
    await Promise.all(members.map(({ client }) => client.command("presence.leave", {})));
    for (const { client } of members) client.close();
    tell({ type: "left" });
    process.disconnect();
  }
}

process.on("message", (order: CrowdOrder) => void handle(order));
