import { type ReadonlySignal, signal } from "@preact/signals";

const LOOK_MS = 60;
/** Quieter is silence, louder is as loud as it gets, in dBFS. */
const FLOOR_DB = -60;
const CEILING_DB = -10;

/** How loud samples of −1 to 1 are, from 0 (silence) to 1, in even steps for the ear. */
export function levelFrom(samples: Float32Array): number {
  const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / Math.max(1, samples.length);
  const db = 10 * Math.log10(power);
  return Math.min(1, Math.max(0, (db - FLOOR_DB) / (CEILING_DB - FLOOR_DB)));
}

export interface MicrophoneLevel {
  /** 0 to 1. */
  readonly level: ReadonlySignal<number>;
  close(): void;
}

/**
 * How loud a microphone is, also while it is muted (it listens to a copy of the track). Stays at 0 until
 * the browser lets sound be processed, which may need a click.
 */
export function createMicrophoneLevel(track: MediaStreamTrack): MicrophoneLevel {
  const level = signal(0);
  const copy = track.clone();
  copy.enabled = true;
  const context = new AudioContext();
  const analyser = context.createAnalyser();
  analyser.fftSize = 1024;
  context.createMediaStreamSource(new MediaStream([copy])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  const timer = setInterval(() => {
    if (context.state === "suspended") void context.resume();
    analyser.getFloatTimeDomainData(samples);
    level.value = levelFrom(samples);
  }, LOOK_MS);
  return {
    level,
    close() {
      clearInterval(timer);
      copy.stop();
      if (context.state !== "closed") void context.close();
    },
  };
}
