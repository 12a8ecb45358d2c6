import { cameraProfileFrom } from "../../client/media/camera-profile.ts";
import { createMediaClient, type MediaClient } from "../../client/media/media-client.ts";
import type { TrackKey } from "../../client/media/receiver.ts";
import type { Result } from "../../server/protocol/errors.ts";

/** The page of the media tests: the client's media module with its socket replaced by the test itself. */
declare global {
  interface Window {
    sendCommand(name: string, args: unknown): Promise<Result<unknown>>;
    media: MediaClient;
    watchPicture(key: TrackKey): void;
    pictureOf(key: TrackKey): { frames: number; width: number; changes: number };
    watchSound(key: TrackKey): void;
    loudnessOf(key: TrackKey): number;
    /** Of each video that is sent, which layers are on, smallest first. */
    sentLayers(): (readonly boolean[])[];
  }
}

const pictures = new Map<TrackKey, { frames: number; width: number; changes: number }>();
const loudness = new Map<TrackKey, number>();

const connections: RTCPeerConnection[] = [];
window.RTCPeerConnection = class extends RTCPeerConnection {
  constructor(configuration?: RTCConfiguration) {
    super(configuration);
    connections.push(this);
  }
};
window.sentLayers = () =>
  connections
    .filter((one) => one.connectionState !== "closed")
    .flatMap((one) => one.getSenders())
    .filter(({ track }) => track?.kind === "video")
    .map((one) => one.getParameters().encodings.map(({ active }) => active !== false));

window.media = createMediaClient({
  command: (name, args) => window.sendCommand(name, args),
  profile: cameraProfileFrom(2),
});

/** Counts the frames that are really shown, and those in which a pixel differs from the one before. */
window.watchPicture = (key) => {
  const track = window.media.remoteTracks.peek().get(key);
  if (!track) throw new Error(`no track ${key}`);
  const seen = { frames: 0, width: 0, changes: 0 };
  pictures.set(key, seen);
  const video = document.createElement("video");
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  document.body.append(video);
  const canvas = new OffscreenCanvas(32, 18);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let before = "";
  const look = () => {
    seen.frames += 1;
    seen.width = video.videoWidth;
    context?.drawImage(video, 0, 0, 32, 18);
    const now = context?.getImageData(0, 0, 32, 18).data.join() ?? "";
    if (before !== "" && now !== before) seen.changes += 1;
    before = now;
    video.requestVideoFrameCallback(look);
  };
  video.requestVideoFrameCallback(look);
  void video.play();
};
window.pictureOf = (key) => pictures.get(key) ?? { frames: 0, width: 0, changes: 0 };

/** Keeps the loudest moment heard. */
window.watchSound = (key) => {
  const track = window.media.remoteTracks.peek().get(key);
  if (!track) throw new Error(`no track ${key}`);
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  loudness.set(key, 0);
  setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    loudness.set(key, Math.max(loudness.get(key) ?? 0, ...samples.map(Math.abs)));
  }, 50);
};
window.loudnessOf = (key) => loudness.get(key) ?? 0;
