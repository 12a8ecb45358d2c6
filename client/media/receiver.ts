import { type ReadonlySignal, signal } from "@preact/signals";
import type { Device } from "mediasoup-client";
import type { Consumer, RtpParameters, Transport } from "mediasoup-client/types";
import type { Result } from "../../server/protocol/errors.ts";
import type { MediaSignal, MediaSource } from "../../server/protocol/media.ts";
import type { MediaLog, SendCommand } from "./media-command.ts";
import { openTransport, type TransportWatch } from "./transport.ts";

/** Whose and what: `con_…/camera`. */
export type TrackKey = `${string}/${MediaSource}`;
export type RemoteTracks = ReadonlyMap<TrackKey, MediaStreamTrack>;

export type ConsumerSignal = Extract<MediaSignal, { type: `consumer.${string}` }>;
type Opened = Extract<MediaSignal, { type: "consumer.opened" }>;

interface Remote {
  readonly key: TrackKey;
  readonly opened: Opened;
  consumer: Consumer | null;
  isFlowing: boolean;
}

export interface ReceiverOptions {
  readonly command: SendCommand;
  readonly log: MediaLog;
  readonly watch: TransportWatch;
}

/** What this client receives. Only tracks that flow are in `tracks`. */
export interface Receiver {
  readonly tracks: ReadonlySignal<RemoteTracks>;
  start(device: Device, iceServers: RTCIceServer[]): Promise<Result<unknown>>;
  handleSignal(signal: ConsumerSignal): void;
  transport(): Transport | null;
  stop(): void;
}

export function createReceiver({ command, log, watch }: ReceiverOptions): Receiver {
  const tracks = signal<RemoteTracks>(new Map());
  const remotes = new Map<string, Remote>();
  /** Signals that came before the transport they belong to was made. */
  let early: ConsumerSignal[] = [];
  let transport: Transport | null = null;
  let isStarting = false;
  let attempt = 0;

  function show(): void {
    const flowing = new Map<TrackKey, MediaStreamTrack>();
    for (const { key, consumer, isFlowing } of remotes.values()) {
      if (consumer && isFlowing) flowing.set(key, consumer.track);
    }
    const before = tracks.peek();
    const isSame =
      before.size === flowing.size && [...flowing].every(([key, track]) => before.get(key) === track);
    if (!isSame) tracks.value = flowing;
  }

  async function consume(into: Transport, remote: Remote): Promise<void> {
    const { consumerId, producerId, kind, rtpParameters, connectionId, source } = remote.opened;
    const consumer = await into.consume({
      id: consumerId,
      producerId,
      kind,
      rtpParameters: rtpParameters as RtpParameters,
      // One stream for face and voice, so that the browser keeps the lips in step.
      streamId: `${connectionId}-${source.startsWith("screen") ? "screen" : "person"}`,
    });
    if (remotes.get(consumerId) !== remote) {
      consumer.close();
      return;
    }
    remote.consumer = consumer;
    show();
    await command("media.ready", { consumerId });
  }

  function open(opened: Opened): void {
    if (!transport || opened.transportId !== transport.id) return;
    const remote: Remote = {
      key: `${opened.connectionId}/${opened.source}`,
      opened,
      consumer: null,
      isFlowing: false,
    };
    remotes.set(opened.consumerId, remote);
    consume(transport, remote).catch((error: unknown) => {
      remotes.delete(opened.consumerId);
      log(`${remote.key} could not be received`, error);
    });
  }

  function setFlowing(consumerId: string, isFlowing: boolean): void {
    const remote = remotes.get(consumerId);
    if (!remote) return;
    remote.isFlowing = isFlowing;
    show();
  }

  function drop(consumerId: string): void {
    const remote = remotes.get(consumerId);
    if (!remote) return;
    remotes.delete(consumerId);
    remote.consumer?.close();
    show();
  }

  function handleSignal(told: ConsumerSignal): void {
    if (isStarting) {
      early.push(told);
      return;
    }
    if (told.type === "consumer.opened") open(told);
    else if (told.type === "consumer.closed") drop(told.consumerId);
    else setFlowing(told.consumerId, told.type === "consumer.resumed");
  }

  function stop(): void {
    attempt += 1;
    isStarting = false;
    early = [];
    remotes.clear();
    transport?.close();
    transport = null;
    show();
  }

  return {
    tracks,
    async start(device, iceServers) {
      stop();
      const mine = attempt;
      isStarting = true;
      const opened = await openTransport({ device, direction: "receive", iceServers, command, watch });
      if (mine !== attempt) {
        if (opened.ok) opened.data.close();
        return opened;
      }
      isStarting = false;
      if (opened.ok) transport = opened.data;
      const waiting = early;
      early = [];
      for (const told of waiting) handleSignal(told);
      return opened;
    },
    handleSignal,
    transport: () => transport,
    stop,
  };
}
