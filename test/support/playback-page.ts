import { fetchPlayback } from "../../client/http/playback-api.ts";
import { createPlayback, type Playback } from "../../client/playback/create-playback.ts";
import { timeShown } from "./synthetic-clock.ts";

/** The page of the playback tests: the engine, with an element for each source of each person. */
declare global {
  interface Window {
    openRecording(recordingId: string): Promise<void>;
    playback: Playback;
    /** The time that each picture shows, beside the position of the sound. */
    shown(): readonly { readonly shownMs: number; readonly positionMs: number }[];
    /** How long after `begin` everything runs: pictures of the right time, and sound. */
    startedAfterMs(begin: () => void, targetMs: number, periodMs?: number): Promise<number>;
    videos: HTMLVideoElement[];
    /** How far the pictures are from the sound, at most. */
    apartMs(): number;
  }
}

const sounds: AnalyserNode[] = [];
let sound: HTMLAudioElement | null = null;
const context = new AudioContext();
const canvas = new OffscreenCanvas(320, 180);
const drawing = canvas.getContext("2d", { willReadFrequently: true });
const Original = window.Audio;
window.videos = [];

/** Everything that sounds goes through an analyser. */
window.Audio = class extends Original {
  constructor() {
    super();
    sound = this;
    const analyser = context.createAnalyser();
    context.createMediaElementSource(this).connect(analyser).connect(context.destination);
    sounds.push(analyser);
  }
};

window.openRecording = async (recordingId) => {
  const answer = await fetchPlayback(recordingId);
  if (!answer.ok) throw new Error(answer.code);
  window.playback = createPlayback(answer.data);
  const pictures = answer.data.tracks.filter(({ codec }) => codec === "vp8");
  const sources = Map.groupBy(pictures, ({ personId, source }) => `${personId} ${source}`);
  for (const tracks of sources.values()) {
    const video = document.createElement("video");
    document.body.append(video);
    window.videos.push(video);
    window.playback.attach(video, tracks);
  }
};

function timeIn(video: HTMLVideoElement): number {
  if (!drawing) throw new Error("nothing can be drawn");
  drawing.drawImage(video, 0, 0);
  const { data } = drawing.getImageData(0, 0, 320, 16);
  return timeShown((x, y) => data[(y * 320 + x) * 4] ?? 0);
}

window.shown = () => {
  const positionMs = window.playback.positionMs.peek();
  return window.videos.map((video) => ({ shownMs: timeIn(video), positionMs }));
};

window.apartMs = () => {
  const atS = sound?.currentTime ?? Number.NaN;
  return Math.max(...window.videos.map((video) => Math.abs(video.currentTime - atS) * 1000));
};

function isSounding(): boolean {
  const samples = new Float32Array(2048);
  return sounds.some((analyser) => {
    analyser.getFloatTimeDomainData(samples);
    return samples.some((sample) => Math.abs(sample) > 0.01);
  });
}

window.startedAfterMs = async (begin, targetMs, periodMs = Number.MAX_SAFE_INTEGER) => {
  await context.resume();
  const startedAt = performance.now();
  begin();
  const isThere = () => {
    const isMoving = window.playback.positionMs.peek() > targetMs + 20 && !window.playback.isWaiting.peek();
    const now = window.playback.positionMs.peek() % periodMs;
    const isShown = window.videos.every((video) => Math.abs(timeIn(video) - now) < 1_000);
    return isMoving && isShown && isSounding();
  };
  while (!isThere()) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    if (performance.now() - startedAt > 20_000) throw new Error("it does not start");
  }
  return performance.now() - startedAt;
};
