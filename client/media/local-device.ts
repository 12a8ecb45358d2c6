import { type ReadonlySignal, signal } from "@preact/signals";
import { accept, type Result, refuse } from "../../server/protocol/errors.ts";
import type { MediaStatus } from "../../server/protocol/media.ts";
import type { DeviceAccess } from "./device-access.ts";
import { type LocalState, local, localError } from "./local-state.ts";
import type { Sender } from "./sender.ts";
import { createSerialQueue } from "./serial-queue.ts";

export interface LocalDeviceOptions {
  readonly source: "microphone" | "camera";
  readonly sender: Sender;
  open(deviceId: string | null): Promise<DeviceAccess>;
}

/** This person's microphone or camera. Methods run in order; each answers when it has had its effect. */
export interface LocalDevice {
  readonly state: ReadonlySignal<LocalState>;
  /** What the device gives, also before it is published (preview, level); null while it is released. */
  readonly track: ReadonlySignal<MediaStreamTrack | null>;
  readonly deviceId: ReadonlySignal<string | null>;
  /** Opens the device without publishing it. */
  acquire(): Promise<Result>;
  /** Opens the device and stands muted, with nothing published: most people of a class only listen. */
  ready(): Promise<Result>;
  /**
   * Publishes, muted, what stands ready: to be called when somebody is about to speak, so that the first word does not
   * wait for the transport. Does nothing otherwise.
   */
  prepare(): Promise<Result>;
  /** Publishes; a microphone begins muted unless told otherwise, a camera live. */
  publish(options?: { readonly muted?: boolean }): Promise<Result>;
  /** The microphone stays open, silent; the camera is released and its light goes out. */
  mute(): Promise<Result>;
  /** Publishes first if need be. */
  unmute(): Promise<Result>;
  /** Ends the publication and releases the device. */
  stop(): Promise<Result>;
  /** Another device, at once if one is open; null is the default one. */
  useDevice(deviceId: string | null): Promise<Result>;
  /** What the class says of this source after somebody else changed it (never answers with a command). */
  followServer(status: MediaStatus): void;
  /** The publication was made anew, or could not be. */
  onRepublished(result: Result): void;
  close(): void;
}

export function createLocalDevice({ source, sender, open }: LocalDeviceOptions): LocalDevice {
  const state = signal<LocalState>(local("off"));
  const track = signal<MediaStreamTrack | null>(null);
  const deviceId = signal<string | null>(null);
  const serially = createSerialQueue();
  let isPublished = false;
  let isMuted = true;

  function release(): void {
    const held = track.peek();
    track.value = null;
    if (!held) return;
    held.removeEventListener("ended", onEnded);
    held.stop();
  }

  /** Unplugged, or taken by the system: another one takes over where there is one. */
  function onEnded(): void {
    serially(async () => {
      track.value = null;
      deviceId.value = null;
      const again = await acquire();
      if (!isPublished) return;
      if (again.ok) await sender.replaceTrack(source, track.peek());
      else await sender.pause(source);
    });
  }

  async function acquire(): Promise<Result> {
    if (track.peek()?.readyState === "live") return accept();
    const access = await open(deviceId.peek());
    if (!access.ok) {
      isMuted = true;
      state.value = localError(access.problem);
      return refuse("media-unavailable", access.problem);
    }
    access.track.addEventListener("ended", onEnded);
    track.value = access.track;
    return accept();
  }

  function settle(result: Result): Result {
    if (result.ok) state.value = local(isMuted ? "muted" : "live");
    else state.value = localError("other");
    return result;
  }

  async function publish(muted: boolean): Promise<Result> {
    state.value = local("starting");
    const acquired = await acquire();
    if (!acquired.ok) return acquired;
    const held = track.peek();
    if (!held) return refuse("media-unavailable");
    isMuted = muted;
    const result = await sender.publish(source, held, muted);
    // Without a transport yet it is published as soon as there is one.
    isPublished = result.ok || result.code === "media-transport-missing";
    return isPublished ? settle(accept()) : settle(result);
  }

  async function ready(): Promise<Result> {
    if (isPublished) return accept();
    const acquired = await acquire();
    if (acquired.ok) state.value = local("muted");
    return acquired;
  }

  async function prepare(): Promise<Result> {
    const held = track.peek();
    if (isPublished || !held || state.peek().status !== "muted") return accept();
    isMuted = true;
    const result = await sender.publish(source, held, true);
    isPublished = result.ok;
    return result;
  }

  async function mute(): Promise<Result> {
    if (!isPublished || isMuted) return accept();
    isMuted = true;
    const result = await sender.pause(source);
    if (source === "camera") {
      await sender.replaceTrack(source, null);
      release();
    }
    state.value = local("muted");
    return result;
  }

  async function unmute(): Promise<Result> {
    if (!isPublished) return publish(false);
    if (!isMuted && state.peek().status === "live") return accept();
    state.value = local("starting");
    const acquired = await acquire();
    if (!acquired.ok) return acquired;
    await sender.replaceTrack(source, track.peek());
    const result = await sender.resume(source);
    isMuted = !result.ok;
    if (result.ok) return settle(result);
    if (result.code === "media-source-missing") return forgetAndPublish();
    if (source === "camera") release();
    state.value = local("muted");
    return result;
  }

  async function forgetAndPublish(): Promise<Result> {
    sender.followStop(source);
    isPublished = false;
    return publish(false);
  }

  async function stop(): Promise<Result> {
    const result = isPublished ? await sender.stop(source) : accept();
    isPublished = false;
    isMuted = true;
    release();
    state.value = local("off");
    return result;
  }

  async function useDevice(id: string | null): Promise<Result> {
    const before = deviceId.peek();
    deviceId.value = id;
    const old = track.peek();
    if (!old) return accept();
    const access = await open(id);
    if (!access.ok) {
      deviceId.value = before;
      return refuse("media-unavailable", access.problem);
    }
    access.track.addEventListener("ended", onEnded);
    const result = isPublished ? await sender.replaceTrack(source, access.track) : accept();
    release();
    track.value = access.track;
    return result;
  }

  return {
    state,
    track,
    deviceId,
    acquire: () => serially(acquire),
    ready: () => serially(ready),
    prepare: () => serially(prepare),
    publish: (options) => serially(() => publish(options?.muted ?? source === "microphone")),
    mute: () => serially(mute),
    unmute: () => serially(unmute),
    stop: () => serially(stop),
    useDevice: (id) => serially(() => useDevice(id)),
    followServer(status) {
      if (!isPublished || status === "live") return;
      serially(async () => {
        if (status === "off") sender.followStop(source);
        else sender.followPause(source);
        isPublished = status !== "off";
        isMuted = true;
        if (source === "camera") {
          await sender.replaceTrack(source, null);
          release();
        }
        state.value = local(status === "off" ? "off" : "muted");
      });
    },
    onRepublished(result) {
      if (isPublished) settle(result);
    },
    close: release,
  };
}
