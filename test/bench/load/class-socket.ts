import { io, type Socket } from "socket.io-client";
import type { CommandInput, CommandName } from "../../../server/protocol/commands.ts";
import type { Result } from "../../../server/protocol/errors.ts";
import type { MediaSignal } from "../../../server/protocol/media.ts";
import type { Entered, ServerMessages } from "../../../server/protocol/views.ts";
import type { exchange } from "../../support/class-client.ts";

const ANSWER_MS = 40_000;

/** One person's socket, which keeps nothing: a thousand of them fit into one process. */
export interface ClassSocket {
  readonly socket: Socket<ServerMessages>;
  /** The answer's data; throws with the code of a refusal. */
  order<Name extends CommandName>(name: Name, args: CommandInput<Name>): Promise<unknown>;
  enter(device: string): Promise<Entered>;
  close(): void;
}

/** What opens a socket: a link's cookie, or in a cluster the ticket for another node. */
export type Pass = Awaited<ReturnType<typeof exchange>> & { readonly ticket?: string };

/** Opens a socket as the page does after it has exchanged its link. */
export async function openClassSocket(
  origin: string,
  pass: Pass,
  onSignal: (signal: MediaSignal) => void,
): Promise<ClassSocket> {
  const socket: Socket<ServerMessages> = io(origin, {
    auth: { linkId: pass.linkId, ticket: pass.ticket },
    extraHeaders: { cookie: pass.cookie },
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
  });
  // Before anything can arrive.
  socket.on("media", onSignal);
  await new Promise<void>((resolve, reject) => {
    socket.once("connect", () => resolve());
    socket.once("connect_error", reject);
  });
  const order = async (name: string, args: unknown) => {
    const sent = (socket as unknown as Socket).timeout(ANSWER_MS).emitWithAck(name, args);
    const answer = (await sent) as Result<unknown>;
    if (!answer.ok) throw new Error(`${name}: ${answer.code} ${JSON.stringify(answer.details ?? "")}`);
    return answer.data;
  };
  return {
    socket,
    order,
    async enter(device) {
      const entered = (await order("class.enter", { device })) as Entered;
      await order("presence.confirm", {});
      return entered;
    },
    close: () => void socket.disconnect(),
  };
}
