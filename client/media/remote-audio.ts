import { effect, type ReadonlySignal, signal } from "@preact/signals";
import type { MediaLog } from "./media-command.ts";
import type { RemoteTracks, TrackKey } from "./receiver.ts";

/** Plays what is heard, one hidden `<audio>` element a track. */
export interface RemoteAudio {
  /** True while the browser refuses sound until the person has clicked or typed something. */
  readonly needsGesture: ReadonlySignal<boolean>;
  /** Call from a click; the module also tries by itself at the next click or key anywhere. */
  resume(): void;
  /** An output device's id, "" for the default. False where the browser cannot choose, or the device is gone. */
  useOutput(deviceId: string): Promise<boolean>;
  close(): void;
}

export function createRemoteAudio(tracks: ReadonlySignal<RemoteTracks>, log: MediaLog): RemoteAudio {
  const needsGesture = signal(false);
  const elements = new Map<
    TrackKey,
    { readonly track: MediaStreamTrack; readonly element: HTMLAudioElement }
  >();
  let outputId = "";

  function play(element: HTMLAudioElement): void {
    element.play().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "NotAllowedError") needsGesture.value = true;
      // AbortError: the element was removed before it began.
      else if (!(error instanceof DOMException && error.name === "AbortError"))
        log("sound does not play", error);
    });
  }

  function add(key: TrackKey, track: MediaStreamTrack): void {
    const element = document.createElement("audio");
    element.hidden = true;
    element.autoplay = true;
    element.dataset.media = key;
    element.srcObject = new MediaStream([track]);
    document.body.append(element);
    elements.set(key, { track, element });
    if (outputId && "setSinkId" in element) {
      element.setSinkId(outputId).catch((error: unknown) => log("the output could not be chosen", error));
    }
    play(element);
  }

  function remove(key: TrackKey): void {
    const playing = elements.get(key);
    if (!playing) return;
    elements.delete(key);
    playing.element.srcObject = null;
    playing.element.remove();
  }

  function resume(): void {
    if (!needsGesture.peek()) return;
    needsGesture.value = false;
    for (const { element } of elements.values()) play(element);
  }

  const stopFollowing = effect(() => {
    const heard = new Map([...tracks.value].filter(([, track]) => track.kind === "audio"));
    for (const [key, { track }] of [...elements]) {
      if (heard.get(key) !== track) remove(key);
    }
    for (const [key, track] of heard) {
      if (!elements.has(key)) add(key, track);
    }
  });
  const gestures = ["pointerup", "keydown"] as const;
  for (const gesture of gestures) document.addEventListener(gesture, resume, true);

  return {
    needsGesture,
    resume,
    async useOutput(deviceId) {
      outputId = deviceId;
      if (!("setSinkId" in HTMLMediaElement.prototype)) return deviceId === "";
      try {
        await Promise.all([...elements.values()].map(({ element }) => element.setSinkId(deviceId)));
        return true;
      } catch (error) {
        log("the output could not be chosen", error);
        return false;
      }
    },
    close() {
      stopFollowing();
      for (const gesture of gestures) document.removeEventListener(gesture, resume, true);
      for (const key of [...elements.keys()]) remove(key);
    },
  };
}
