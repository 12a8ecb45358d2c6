import type { IceParameters, Transport } from "mediasoup-client/types";
import type { TransportDirection } from "../../server/protocol/media.ts";
import type { MediaLog, SendCommand } from "./media-command.ts";

/** A short loss mends itself; a restart in the middle of it would only cost. */
const DISCONNECTED_PATIENCE_MS = 2_000;
const RETRY_MS = 4_000;

export interface RecoveryOptions {
  readonly command: SendCommand;
  readonly log: MediaLog;
  /** The server has given the transport up: it must be made anew. */
  rebuild(direction: TransportDirection): void;
  onStateChanged(): void;
}

/**
 * Keeps a transport alive: restarts ICE when it is `disconnected` for a while or has `failed`, again and
 * again until it is back, and asks for a rebuild when the server no longer knows it. Ends with the
 * transport.
 */
export function keepTransportAlive(
  direction: TransportDirection,
  transport: Transport,
  { command, log, rebuild, onStateChanged }: RecoveryOptions,
): void {
  let timer: ReturnType<typeof setTimeout> | undefined;

  function later(ms: number): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      restart().catch((error: unknown) => log("ICE could not be restarted", error));
    }, ms);
  }

  async function restart(): Promise<void> {
    if (transport.closed || transport.connectionState === "connected") return;
    later(RETRY_MS);
    const answer = await command("media.restart-ice", { direction });
    if (transport.closed) return;
    if (answer.ok) {
      await transport.restartIce({ iceParameters: answer.data as IceParameters });
    } else if (answer.code === "media-transport-missing") {
      clearTimeout(timer);
      rebuild(direction);
    }
  }

  transport.on("connectionstatechange", (state) => {
    onStateChanged();
    if (state === "connected" || state === "closed") clearTimeout(timer);
    else if (state === "disconnected") later(DISCONNECTED_PATIENCE_MS);
    else if (state === "failed") later(0);
  });
  transport.observer.once("close", () => clearTimeout(timer));
}
