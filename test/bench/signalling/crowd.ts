import type { ConnectionId } from "../../../server/protocol/ids.ts";
import type { DtlsParametersJson } from "../../../server/protocol/media.ts";
import type { ServerMessages } from "../../../server/protocol/views.ts";
import { exchange } from "../../support/class-client.ts";
import { capabilitiesFrom } from "../../support/rtp-samples.ts";
import { type ClassSocket, openClassSocket } from "../load/class-socket.ts";
import { type CrowdAnswer, type CrowdOrder, preciseNow, type Receipt } from "./crowd-messages.ts";

/** A process full of participants: real sockets, and what a browser would note of what they are sent. */
const EXCHANGES_AT_ONCE = 4;

/** So many messages are remembered as they were read: all screens of a room are sent the same. */
const MOST_READ = 64;

type Message = {
  readonly [Name in keyof ServerMessages]: readonly [Name, Parameters<ServerMessages[Name]>[0]];
}[keyof ServerMessages];

interface Member {
  readonly socket: ClassSocket;
  readonly personId: string;
  /** Whom this screen knows. */
  readonly known: ReadonlySet<ConnectionId>;
}

const members: Member[] = [];
const read = new Map<string, Message>();
let receipts: Receipt[] = [];

const tell = (answer: CrowdAnswer) => process.send?.(answer);
const waitFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Each person's browser reads for itself; here four processes read for all, and a text once. */
function messageOf(text: string): Message {
  const before = read.get(text);
  if (before) return before;
  const message = JSON.parse(text) as Message;
  const [oldest] = read.keys();
  if (read.size >= MOST_READ && oldest !== undefined) read.delete(oldest);
  read.set(text, message);
  return message;
}

function note(text: string, present: Set<ConnectionId>): void {
  const [name, message] = messageOf(text);
  if (name === "roster") for (const { connectionId } of message.connections) present.add(connectionId);
  if (name !== "events") return;
  for (const event of message.events) {
    if (event.type === "hand.raised") receipts.push({ what: event.personId, at: preciseNow() });
    if (event.type === "page.turned") receipts.push({ what: `page ${event.page}`, at: preciseNow() });
    if (event.type === "presence.joined") present.add(event.connectionId);
    if (event.type === "presence.left") present.delete(event.connectionId);
  }
}

async function join(
  link: string,
  known: Awaited<ReturnType<typeof exchange>>,
  number: number,
  dtlsParameters: DtlsParametersJson | null,
) {
  const startAt = performance.now();
  const present = new Set<ConnectionId>();
  const socket: ClassSocket = await openClassSocket(
    new URL(link).origin,
    known,
    (signal) => {
      if (signal.type !== "consumer.opened") return;
      // Whose consumer never flows is counted by the packets that do not come.
      socket.order("media.ready", { consumerId: signal.consumerId }).catch(() => undefined);
    },
    (text) => note(text, present),
  );
  const entered = await socket.enter(`bench-device-${number}`);
  const tookMs = performance.now() - startAt;
  if (entered.kind !== "snapshot") throw new Error("a newcomer was not sent the class");
  for (const { connectionId } of entered.snapshot.connections) present.add(connectionId);
  members.push({ socket, personId: entered.snapshot.you.personId, known: present });
  // Who gets no media is in the class all the same, and counted where media is.
  if (dtlsParameters) await receive(socket, entered.rtpCapabilities, dtlsParameters).catch(complain);
  return tookMs;
}

function complain(error: unknown): void {
  process.stderr.write(`somebody got no media: ${String(error)}\n`);
}

/** Opens the receive transport, as a browser does once it is in the class: it waits for no answer but the offer. */
async function receive(
  socket: ClassSocket,
  offered: unknown,
  dtlsParameters: DtlsParametersJson,
): Promise<void> {
  const [, offer] = await Promise.all([
    socket.order("media.capabilities", { rtpCapabilities: capabilitiesFrom(offered) }),
    socket.order("media.transport", { direction: "receive" }),
  ]);
  await socket.order("media.connect", { direction: "receive", dtlsParameters });
  tell({ type: "transport", offer });
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
  for (const { socket, personId } of members.slice(0, people)) {
    sentAt[personId] = preciseNow();
    await socket.order("hand.raise", {});
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
      members.map(({ socket }) => socket.order("media.view", { mode: "gallery", tiles: [...tiles] })),
    );
    tell({ type: "viewed" });
  } else if (order.type === "look") {
    tell({ type: "seen", receipts, knows: members.map(({ known }) => known.size) });
    receipts = [];
  } else {
    await Promise.all(members.map(({ socket }) => socket.order("presence.leave", {})));
    for (const { socket } of members) socket.close();
    tell({ type: "left" });
    process.disconnect();
  }
}

process.on("message", (order: CrowdOrder) => void handle(order));
