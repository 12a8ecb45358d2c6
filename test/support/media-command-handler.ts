import type { PeerMedia } from "../../server/ports.ts";
import { type CommandArgs, type CommandName, commandSchemas } from "../../server/protocol/commands.ts";
import { accept, type Result, refuse } from "../../server/protocol/errors.ts";

type Handlers = { readonly [Name in CommandName]?: (args: CommandArgs<Name>) => Promise<Result<unknown>> };

/** Media commands straight to one peer, parsed as the server parses them. */
export function createMediaCommandHandler(peer: PeerMedia) {
  const handlers: Handlers = {
    "media.capabilities": ({ rtpCapabilities }) => peer.setCapabilities(rtpCapabilities),
    "media.transport": ({ direction }) => peer.createTransport(direction),
    "media.connect": ({ direction, dtlsParameters }) => peer.connectTransport(direction, dtlsParameters),
    "media.restart-ice": ({ direction }) => peer.restartIce(direction),
    "media.produce": ({ source, rtpParameters, paused }) => peer.produce(source, rtpParameters, paused),
    "media.pause": ({ source }) => peer.pause(source),
    "media.resume": ({ source }) => peer.resume(source),
    "media.stop": ({ source }) => peer.stop(source),
    "media.ready": ({ consumerId }) => peer.consumerReady(consumerId),
    "media.view": async (view) => {
      peer.setView(view);
      return accept();
    },
  };
  return async <Name extends CommandName>(name: Name, args: unknown): Promise<Result<unknown>> => {
    const parsed = commandSchemas[name].safeParse(args);
    if (!parsed.success) return refuse("bad-request", parsed.error.message);
    const handle = handlers[name];
    if (!handle) return refuse("bad-request", name);
    return handle(parsed.data as CommandArgs<Name>);
  };
}
