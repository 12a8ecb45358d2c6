import { type ReadonlySignal, signal } from "@preact/signals";
import type { Device } from "mediasoup-client";
import { accept, ERRORS, type Refusal, type Result, refuse } from "../../server/protocol/errors.ts";
import type {
  MediaSignal,
  MediaSource,
  MediaStatus,
  TransportDirection,
} from "../../server/protocol/media.ts";
import type { IceServer } from "../../server/protocol/views.ts";
import { type CameraProfile, cameraProfileFrom } from "./camera-profile.ts";
import { openCamera, openMicrophone } from "./device-access.ts";
import { createDeviceList, type DeviceChoices } from "./device-list.ts";
import { createLocalDevice, type LocalDevice } from "./local-device.ts";
import { createCommandLine, type MediaLog, type SendCommand } from "./media-command.ts";
import { createNetworkProbe } from "./network-probe.ts";
import type { NetworkQuality } from "./network-quality.ts";
import { createPreparedDevices, loadDevice } from "./prepared-devices.ts";
import { createReceiver, type RemoteTracks } from "./receiver.ts";
import { createRemoteAudio } from "./remote-audio.ts";
import { createScreenShare, type ScreenShare } from "./screen-share.ts";
import { createSender } from "./sender.ts";
import { createSerialQueue } from "./serial-queue.ts";
import { keepTransportAlive } from "./transport-recovery.ts";
import { createViewSender, type ShownMedia } from "./view-sender.ts";

export interface MediaClientOptions {
  readonly command: SendCommand;
  readonly log?: MediaLog;
  /** Chosen by the machine's cores when unset. */
  readonly profile?: CameraProfile;
}

interface MediaStart {
  /** The router's, from `class.enter`. */
  readonly rtpCapabilities: unknown;
  readonly iceServers: readonly IceServer[];
}

/** Everything about sound and pictures on this side of the wire. */
export interface MediaClient {
  /** The server's capabilities are known, though media may not begin yet: what takes a while is done beforehand. */
  prepare(rtpCapabilities: unknown): void;
  /**
   * Begins, or begins anew on a new connection: makes the transports, publishes again what was published,
   * tells again what is shown. Devices stay open throughout.
   */
  start(start: MediaStart): Promise<Result>;
  handleSignal(signal: MediaSignal): void;
  /** What is on screen; told to the server 150 ms later, if it changed. */
  setView(shown: ShownMedia): void;
  /** Pictures and sounds that flow now, by `connectionId/source`. Sound plays by itself. */
  readonly remoteTracks: ReadonlySignal<RemoteTracks>;
  readonly microphone: LocalDevice;
  readonly camera: LocalDevice;
  readonly screen: ScreenShare;
  /**
   * What the class says of an own source after another person changed it (`media.changed` by somebody else
   * than oneself and `server`: what ends with a media worker is published again by itself).
   */
  followServer(source: MediaSource, status: MediaStatus): void;
  readonly devices: ReadonlySignal<DeviceChoices>;
  refreshDevices(): Promise<void>;
  /** False where the browser cannot choose the output. */
  useSpeaker(deviceId: string): Promise<boolean>;
  readonly speakerId: ReadonlySignal<string>;
  /** Sound waits for a click; call `playSound` from one. */
  readonly needsGesture: ReadonlySignal<boolean>;
  playSound(): void;
  readonly networkQuality: ReadonlySignal<NetworkQuality>;
  readonly isDataSaver: ReadonlySignal<boolean>;
  /** No camera pictures in, one small one out; sound and the share stay. */
  setDataSaver(isOn: boolean): void;
  close(): void;
}

/** What could not begin for now is begun again after so long: nobody else would ask for it. */
const AGAIN_MS = 2_000;
const SMALLEST_LAYER = 0;
const HIGHEST_LAYER = 2;

export function createMediaClient(options: MediaClientOptions): MediaClient {
  const line = createCommandLine(options.command);
  const { command } = line;
  const log: MediaLog = options.log ?? ((message, cause) => console.warn(`media: ${message}`, cause));
  const profile = options.profile ?? cameraProfileFrom(navigator.hardwareConcurrency);
  const serially = createSerialQueue();
  const isDataSaver = signal(false);
  const speakerId = signal("");
  let current: { readonly device: Device; readonly iceServers: RTCIceServer[] } | null = null;
  let iceServers: readonly IceServer[] = [];
  let isClosed = false;
  /** What was begun last; whatever is older is given up. */
  let latest: MediaStart | null = null;
  let again: ReturnType<typeof setTimeout> | undefined;

  const watch = (direction: TransportDirection, transport: Parameters<typeof keepTransportAlive>[1]) =>
    keepTransportAlive(direction, transport, { command, log, rebuild, onStateChanged: () => probe.look() });
  const receiver = createReceiver({ command, log, watch });
  const sender = createSender({ command, log, profile, watch, onRepublished });
  const probe = createNetworkProbe(() => [receiver.transport(), sender.transport()], log);
  const audio = createRemoteAudio(receiver.tracks, log);
  const deviceList = createDeviceList(log);
  const devices = createPreparedDevices(loadDevice);
  const view = createViewSender(command);
  const microphone = createLocalDevice({ source: "microphone", sender, open: openMicrophone });
  const camera = createLocalDevice({ source: "camera", sender, open: (id) => openCamera(id, profile) });
  const screen = createScreenShare(sender);

  function onRepublished(source: MediaSource, result: Result): void {
    if (!result.ok) log(`${source} could not be published again`, result);
    if (source === "microphone") microphone.onRepublished(result);
    else if (source === "camera") camera.onRepublished(result);
    else if (source === "screen") screen.onRepublished(result);
  }

  function rebuild(direction: TransportDirection): void {
    const now = current;
    if (!now) return;
    const building =
      direction === "send"
        ? sender.rebuild()
        : receiver.start(now.device, now.iceServers).then(() => undefined);
    building.catch((error: unknown) => log(`the ${direction} transport could not be rebuilt`, error));
  }

  async function begin(start: MediaStart): Promise<Result> {
    if (isClosed) return refuse("media-unavailable");
    iceServers = start.iceServers;
    const device = await devices.take(start.rtpCapabilities);
    const servers: RTCIceServer[] = iceServers.map((server) => ({ ...server, urls: [server.urls].flat() }));
    current = { device, iceServers: servers };
    const wire = JSON.parse(JSON.stringify(device.recvRtpCapabilities));
    // The server takes a person's commands in their order: none has to wait for the answer to the one before.
    const told = command("media.capabilities", { rtpCapabilities: wire });
    view.tellAgain();
    const receiving = await receiver.start(device, servers);
    const known = await told;
    if (!known.ok) return againIfForNow(start, known);
    await sender.start(device, servers);
    return receiving.ok ? accept() : againIfForNow(start, receiving);
  }

  /** A machine that is too busy to answer, or a worker that died meanwhile. */
  function againIfForNow(start: MediaStart, refusal: Refusal): Refusal {
    const isForNow = start === latest && ERRORS[refusal.code].retryable;
    if (isForNow && !isClosed) again = setTimeout(() => void beginAnew(start), AGAIN_MS);
    return refusal;
  }

  function holdShare({ maxBitrate, maxFramerate }: Extract<MediaSignal, { type: "producer.limit" }>): void {
    const limit = maxBitrate === null || maxFramerate === null ? null : { maxBitrate, maxFramerate };
    sender.limitShare(limit);
    screen.setHeld(limit !== null);
  }

  function beginAnew(start: MediaStart): Promise<Result> {
    clearTimeout(again);
    latest = start;
    line.abandon();
    receiver.stop();
    return serially(() => tryBegin(start));
  }

  /** A browser without WebRTC, or a broken line: the class goes on without media. */
  async function tryBegin(start: MediaStart): Promise<Result> {
    try {
      return await begin(start);
    } catch (error) {
      log("media could not be started", error);
      return refuse("media-unavailable", error instanceof Error ? error.message : undefined);
    }
  }

  return {
    prepare: devices.prepare,
    start: beginAnew,
    handleSignal(told) {
      if (told.type === "producer.layers") sender.followLayers(told.highest);
      else if (told.type === "producer.limit") holdShare(told);
      else if (told.type === "media.reset")
        void beginAnew({ rtpCapabilities: told.rtpCapabilities, iceServers });
      else receiver.handleSignal(told);
    },
    setView: view.show,
    remoteTracks: receiver.tracks,
    microphone,
    camera,
    screen,
    followServer(source, status) {
      if (source === "microphone") microphone.followServer(status);
      else if (source === "camera") camera.followServer(status);
      else if (source === "screen") screen.followServer(status);
    },
    devices: deviceList.devices,
    refreshDevices: deviceList.refresh,
    async useSpeaker(deviceId) {
      const isChosen = await audio.useOutput(deviceId);
      if (isChosen) speakerId.value = deviceId;
      return isChosen;
    },
    speakerId,
    needsGesture: audio.needsGesture,
    playSound: audio.resume,
    networkQuality: probe.quality,
    isDataSaver,
    setDataSaver(isOn) {
      isDataSaver.value = isOn;
      view.setDataSaver(isOn);
      sender.limitCamera(isOn ? SMALLEST_LAYER : HIGHEST_LAYER);
    },
    close() {
      if (isClosed) return;
      isClosed = true;
      clearTimeout(again);
      for (const part of [probe, audio, deviceList, view, microphone, camera, screen, sender]) part.close();
      receiver.stop();
      line.abandon();
    },
  };
}
