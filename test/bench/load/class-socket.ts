import { z } from "zod";
import type { CommandInput, CommandName } from "../../../server/protocol/commands.ts";
import type { Result } from "../../../server/protocol/errors.ts";
import type { MediaSignal } from "../../../server/protocol/media.ts";
import type { Entered } from "../../../server/protocol/views.ts";
import type { exchange } from "../../support/class-client.ts";
import { openTextLine, type TextLine } from "./text-line.ts";

const ANSWER_MS = 40_000;
/** Packets of engine.io 4 and, within its messages, of socket.io 5. */
const PACKET = {
  open: "0",
  ping: "2",
  pong: "3",
  connect: "40",
  refused: "44",
  event: "42",
  ack: "43",
} as const;
const MEDIA_START = '42["media",';
const mediaSchema = z.tuple([z.literal("media"), z.custom<MediaSignal>()]);

/** One person's socket, which keeps nothing and reads what is for it alone: a thousand fit into one process. */
export interface ClassSocket {
  /** The answer's data; throws with the code of a refusal. */
  order<Name extends CommandName>(name: Name, args: CommandInput<Name>): Promise<unknown>;
  enter(device: string): Promise<Entered>;
  close(): void;
}

/** What opens a socket: a link's cookie, or in a cluster the ticket for another node. */
export type Pass = Awaited<ReturnType<typeof exchange>> & { readonly ticket?: string };

interface Waiting {
  readonly name: string;
  readonly resolve: (data: unknown) => void;
  readonly reject: (error: Error) => void;
  readonly late: NodeJS.Timeout;
}

/** Opens a socket as the page does after it has exchanged its link. */
export async function openClassSocket(
  origin: string,
  pass: Pass,
  onSignal: (signal: MediaSignal) => void,
  /** Everything else that is said to more than one person, unread: JSON of name and message. */
  onMessage: (text: string) => void = () => undefined,
): Promise<ClassSocket> {
  const waiting = new Map<number, Waiting>();
  let ordered = 0;
  const connected = Promise.withResolvers<void>();

  function settle(text: string): void {
    const start = text.indexOf("[");
    const id = Number(text.slice(PACKET.ack.length, start));
    const one = waiting.get(id);
    if (!one) return;
    waiting.delete(id);
    clearTimeout(one.late);
    const [answer] = JSON.parse(text.slice(start)) as [Result<unknown>];
    if (answer.ok) one.resolve(answer.data);
    else one.reject(new Error(`${one.name}: ${answer.code} ${JSON.stringify(answer.details ?? "")}`));
  }

  function take(line: TextLine, text: string): void {
    if (text.startsWith(PACKET.ack)) settle(text);
    else if (text.startsWith(MEDIA_START)) onSignal(mediaSchema.parse(JSON.parse(text.slice(2)))[1]);
    else if (text.startsWith(PACKET.event)) onMessage(text.slice(PACKET.event.length));
    else if (text === PACKET.ping) line.send(PACKET.pong);
    else if (text.startsWith(PACKET.open)) {
      line.send(PACKET.connect + JSON.stringify({ linkId: pass.linkId, ticket: pass.ticket }));
    } else if (text.startsWith(PACKET.connect)) connected.resolve();
    else if (text.startsWith(PACKET.refused)) connected.reject(new Error(text.slice(2)));
  }

  const address = `${origin}/socket.io/?EIO=4&transport=websocket`;
  const line: TextLine = await openTextLine(address, { cookie: pass.cookie }, (text) => take(line, text));
  await connected.promise;

  const order = (name: string, args: unknown) =>
    new Promise<unknown>((resolve, reject) => {
      const id = ordered;
      ordered += 1;
      const late = setTimeout(() => reject(new Error(`${name}: no answer`)), ANSWER_MS);
      waiting.set(id, { name, resolve, reject, late });
      line.send(`${PACKET.event}${id}${JSON.stringify([name, args])}`);
    });
  return {
    order,
    async enter(device) {
      const entered = (await order("class.enter", { device })) as Entered;
      await order("presence.confirm", {});
      return entered;
    },
    close: () => line.close(),
  };
}
