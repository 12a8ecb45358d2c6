import { type ReadonlySignal, signal } from "@preact/signals";
import { accept, type Result, refuse } from "../../server/protocol/errors.ts";
import type { MediaStatus } from "../../server/protocol/media.ts";
import { deviceProblemFrom } from "./device-access.ts";
import { type LocalState, local, localError } from "./local-state.ts";
import type { Sender } from "./sender.ts";
import { createSerialQueue } from "./serial-queue.ts";

/** Sharing a screen, a window or a tab, with its sound where the browser gives it. */
export interface ScreenShare {
  readonly state: ReadonlySignal<LocalState>;
  readonly track: ReadonlySignal<MediaStreamTrack | null>;
  /** The class is so large that few pictures a second are sent. */
  readonly isHeld: ReadonlySignal<boolean>;
  setHeld(isHeld: boolean): void;
  /** Must be called from a click. Refuses with the server's code, such as `share-taken`. */
  start(options: { readonly withAudio: boolean }): Promise<Result>;
  stop(): Promise<Result>;
  /** The class says that the share is over: somebody else ended it. */
  followServer(status: MediaStatus): void;
  onRepublished(result: Result): void;
  close(): void;
}

export function createScreenShare(sender: Sender): ScreenShare {
  const state = signal<LocalState>(local("off"));
  const track = signal<MediaStreamTrack | null>(null);
  const isHeld = signal(false);
  const serially = createSerialQueue();
  let stream: MediaStream | null = null;

  function release(): void {
    for (const one of stream?.getTracks() ?? []) one.stop();
    stream = null;
    track.value = null;
    isHeld.value = false;
  }

  async function capture(withAudio: boolean): Promise<MediaStream | null> {
    if (!navigator.mediaDevices?.getDisplayMedia) {
      state.value = localError("unsupported");
      return null;
    }
    try {
      return await navigator.mediaDevices.getDisplayMedia({
        video: { frameRate: { ideal: 15, max: 30 } },
        audio: withAudio,
      });
    } catch (error) {
      state.value = localError(deviceProblemFrom(error));
      return null;
    }
  }

  async function start(withAudio: boolean): Promise<Result> {
    if (stream) return accept();
    state.value = local("starting");
    const captured = await capture(withAudio);
    const [picture] = captured?.getVideoTracks() ?? [];
    if (!captured || !picture) return refuse("media-unavailable");
    stream = captured;
    picture.contentHint = "detail";
    // The browser's own bar ends a share too.
    picture.addEventListener("ended", () => serially(stop));
    const shared = await sender.publish("screen", picture, false);
    if (!shared.ok) {
      release();
      state.value = local("off");
      return shared;
    }
    const [sound] = captured.getAudioTracks();
    if (sound) await sender.publish("screen-audio", sound, false);
    track.value = picture;
    state.value = local("live");
    return accept();
  }

  async function stop(): Promise<Result> {
    if (!stream) return accept();
    release();
    state.value = local("off");
    await sender.stop("screen-audio");
    return sender.stop("screen");
  }

  return {
    state,
    track,
    isHeld,
    setHeld(now) {
      isHeld.value = now;
    },
    start: ({ withAudio }) => serially(() => start(withAudio)),
    stop: () => serially(stop),
    followServer(status) {
      if (status !== "off" || !stream) return;
      serially(async () => {
        sender.followStop("screen");
        release();
        state.value = local("off");
        // Its sound ends with it, whoever ended it.
        await sender.stop("screen-audio");
      });
    },
    onRepublished(result) {
      if (!result.ok) serially(stop);
    },
    close: release,
  };
}
