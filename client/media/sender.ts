import type { Device } from "mediasoup-client";
import type { Producer, Transport } from "mediasoup-client/types";
import { accept, type Result, refuse } from "../../server/protocol/errors.ts";
import type { MediaSource } from "../../server/protocol/media.ts";
import { type CameraProfile, SCREEN_ENCODING } from "./camera-profile.ts";
import { type MediaLog, refusalFrom, type SendCommand } from "./media-command.ts";
import { createSerialQueue } from "./serial-queue.ts";
import { openTransport, type TransportWatch } from "./transport.ts";

interface Published {
  track: MediaStreamTrack | null;
  isPaused: boolean;
  producer: Producer | null;
  /** The highest layer that anybody receives; -1 is none. */
  highestWanted: number;
  /** What the server allows of a share; null is all. */
  limit: ShareLimit | null;
}

/** At most so many bits and pictures a second. */
export interface ShareLimit {
  readonly maxBitrate: number;
  readonly maxFramerate: number;
}

export interface SenderOptions {
  readonly command: SendCommand;
  readonly log: MediaLog;
  readonly profile: CameraProfile;
  readonly watch: TransportWatch;
  /** A source was published again after the transport was built anew, or could not be. */
  onRepublished(source: MediaSource, result: Result): void;
}

/** What this client publishes: a transport made at the first publication, a producer for each source. */
export interface Sender {
  /** Takes the class's device; what is published already is published again. */
  start(device: Device, iceServers: RTCIceServer[]): Promise<void>;
  publish(source: MediaSource, track: MediaStreamTrack, isPaused: boolean): Promise<Result>;
  pause(source: MediaSource): Promise<Result>;
  resume(source: MediaSource): Promise<Result>;
  /** Another device for a source; null sends nothing until there is one. */
  replaceTrack(source: MediaSource, track: MediaStreamTrack | null): Promise<Result>;
  stop(source: MediaSource): Promise<Result>;
  /** The server paused or ended it: the local side follows without a command. */
  followPause(source: MediaSource): void;
  followStop(source: MediaSource): void;
  limitCamera(spatialLayer: number): void;
  /** Layers of the camera above this one are received by nobody: they are not sent. */
  followLayers(highest: number): void;
  /** Holds the share that is on now to this, or lets it go (null). */
  limitShare(limit: ShareLimit | null): void;
  transport(): Transport | null;
  /** Makes the transport anew and publishes again. */
  rebuild(): Promise<void>;
  close(): void;
}

const HIGHEST_LAYER = 2;
const { maxBitrate, maxFramerate } = SCREEN_ENCODING;
const UNHELD: ShareLimit = { maxBitrate, maxFramerate };

export function createSender(options: SenderOptions): Sender {
  const { command, log, profile } = options;
  const published = new Map<MediaSource, Published>();
  const serially = createSerialQueue();
  let device: Device | null = null;
  let iceServers: RTCIceServer[] = [];
  let transport: Transport | null = null;
  let cameraLimit = HIGHEST_LAYER;

  async function ensureTransport(): Promise<Result<Transport>> {
    if (transport && !transport.closed) return accept(transport);
    if (!device) return refuse("media-transport-missing");
    const opened = await openTransport({
      device,
      direction: "send",
      iceServers,
      command,
      watch: options.watch,
    });
    if (opened.ok) transport = opened.data;
    return opened;
  }

  async function produce(source: MediaSource, entry: Published): Promise<Result> {
    const result = await tryProduce(source, entry);
    if (result.ok || result.code !== "media-source-exists") return result;
    // An answer was lost on the way: the server has what this side knows nothing of.
    await command("media.stop", { source });
    return tryProduce(source, entry);
  }

  async function tryProduce(source: MediaSource, entry: Published): Promise<Result> {
    const { track } = entry;
    if (!track || track.readyState === "ended") return accept();
    const ready = await ensureTransport();
    if (!ready.ok) return ready;
    // What nobody received of the one before may be received of this one.
    entry.highestWanted = HIGHEST_LAYER;
    // A producer begins paused when its track is disabled: not one packet of sound leaves too early.
    track.enabled = !entry.isPaused;
    try {
      const producer = await ready.data.produce({
        track,
        stopTracks: false,
        disableTrackOnPause: true,
        zeroRtpOnPause: false,
        ...encodingFrom(source, profile),
        appData: { source, isPaused: entry.isPaused },
      });
      if (published.get(source) !== entry) {
        producer.close();
        await command("media.stop", { source });
        return accept();
      }
      entry.producer = producer;
      await shape(source, entry);
      return accept();
    } catch (error) {
      return refusalFrom(error);
    }
  }

  /** Brings what is encoded in line with what is wanted and allowed. */
  async function shape(source: MediaSource, entry: Published): Promise<void> {
    const sender = entry.producer?.rtpSender;
    if (!sender) return;
    const { limit } = entry;
    const highest = Math.min(cameraLimit, entry.highestWanted);
    if (source === "camera")
      await changeEncodings(sender, (_encoding, layer) => ({ active: layer <= highest }));
    else if (source === "screen") await changeEncodings(sender, () => limit ?? UNHELD);
  }

  function shapeLater(source: MediaSource): void {
    serially(async () => {
      const entry = published.get(source);
      if (entry) await shape(source, entry);
    }).catch((error: unknown) => log(`what is sent of ${source} could not be changed`, error));
  }

  function dropTransport(): void {
    transport?.close();
    transport = null;
    for (const entry of published.values()) entry.producer = null;
  }

  async function republish(): Promise<void> {
    for (const [source, entry] of [...published]) {
      if (entry.producer || !entry.track) continue;
      const result = await produce(source, entry);
      options.onRepublished(source, result);
    }
  }

  function rebuild(): Promise<void> {
    return serially(async () => {
      dropTransport();
      await republish();
    });
  }

  function followStop(source: MediaSource): void {
    const entry = published.get(source);
    published.delete(source);
    entry?.producer?.close();
  }

  return {
    start(newDevice, newIceServers) {
      device = newDevice;
      iceServers = newIceServers;
      return rebuild();
    },
    publish: (source, track, isPaused) =>
      serially(async () => {
        if (published.get(source)?.producer) return refuse("media-source-exists", source);
        const entry: Published = {
          track,
          isPaused,
          producer: null,
          highestWanted: HIGHEST_LAYER,
          limit: null,
        };
        published.set(source, entry);
        const result = await produce(source, entry);
        if (!result.ok && result.code !== "media-transport-missing" && published.get(source) === entry) {
          published.delete(source);
        }
        return result;
      }),
    pause: (source) =>
      serially(async () => {
        const entry = published.get(source);
        if (!entry) return refuse("media-source-missing", source);
        entry.isPaused = true;
        entry.producer?.pause();
        return entry.producer ? resultOf(await command("media.pause", { source })) : accept();
      }),
    resume: (source) =>
      serially(async () => {
        const entry = published.get(source);
        if (!entry) return refuse("media-source-missing", source);
        if (!entry.producer) {
          entry.isPaused = false;
          return produce(source, entry);
        }
        const resumed = await command("media.resume", { source });
        if (!resumed.ok) return resumed;
        entry.isPaused = false;
        entry.producer?.resume();
        return accept();
      }),
    replaceTrack: (source, track) =>
      serially(async () => {
        const entry = published.get(source);
        if (!entry) return refuse("media-source-missing", source);
        entry.track = track;
        if (track) track.enabled = !entry.isPaused;
        try {
          await entry.producer?.replaceTrack({ track });
          return accept();
        } catch (error) {
          log("a track could not be replaced", error);
          return refusalFrom(error);
        }
      }),
    stop: (source) =>
      serially(async () => {
        const had = published.get(source)?.producer ?? null;
        followStop(source);
        return had ? resultOf(await command("media.stop", { source })) : accept();
      }),
    followPause(source) {
      const entry = published.get(source);
      if (!entry) return;
      entry.isPaused = true;
      entry.producer?.pause();
    },
    followStop,
    limitCamera(spatialLayer) {
      cameraLimit = spatialLayer;
      shapeLater("camera");
    },
    followLayers(highest) {
      const entry = published.get("camera");
      if (entry) entry.highestWanted = highest;
      shapeLater("camera");
    },
    limitShare(limit) {
      const entry = published.get("screen");
      if (entry) entry.limit = limit;
      shapeLater("screen");
    },
    transport: () => transport,
    rebuild,
    close() {
      device = null;
      published.clear();
      dropTransport();
    },
  };
}

/** Changes nothing where nothing differs: each change is a new start for the encoder. */
async function changeEncodings(
  sender: RTCRtpSender,
  change: (encoding: RTCRtpEncodingParameters, layer: number) => Partial<RTCRtpEncodingParameters>,
): Promise<void> {
  const parameters = sender.getParameters();
  const before = JSON.stringify(parameters.encodings);
  parameters.encodings = parameters.encodings.map((encoding, layer) => ({
    ...encoding,
    ...change(encoding, layer),
  }));
  if (JSON.stringify(parameters.encodings) !== before) await sender.setParameters(parameters);
}

function resultOf(result: Result<unknown>): Result {
  return result.ok ? accept() : result;
}

function encodingFrom(source: MediaSource, profile: CameraProfile) {
  switch (source) {
    case "microphone":
      return {
        codecOptions: { opusStereo: false, opusFec: true, opusDtx: true, opusMaxAverageBitrate: 32_000 },
      };
    case "screen-audio":
      return { codecOptions: { opusStereo: true, opusFec: true, opusDtx: false } };
    case "camera":
      return {
        encodings: profile.encodings.map((encoding) => ({ ...encoding })),
        codecOptions: { videoGoogleStartBitrate: 500 },
      };
    case "screen":
      return {
        encodings: [{ ...SCREEN_ENCODING }],
        codecOptions: { videoGoogleStartBitrate: 1_000 },
      };
  }
}
