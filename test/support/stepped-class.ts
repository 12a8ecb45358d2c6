import { createSocket } from "node:dgram";
import { readFile } from "node:fs/promises";
import { createRecorder } from "../../recordings/create-recorder.ts";
import type { ClassRecording, WantedTrack } from "../../server/ports.ts";
import type { ConnectionId, PersonId, RecordingId, SessionId } from "../../server/protocol/ids.ts";
import type { ClockSamples } from "./clock-samples.ts";
import { FakeClock } from "./fake-clock.ts";
import { createPlainMedia } from "./plain-class-media.ts";
import { createQuietLog } from "./quiet-log.ts";
import { createPerformer, type Performer } from "./stepped-performer.ts";
import { relayTaps } from "./tap-relay.ts";

/** How far the clock moves at once. */
const STEP_MS = 20;
/** What did not pass by then was dropped by the media worker. */
const PASS_WITHIN_MS = 50;
/** So often ffmpeg is waited for, which reads from a socket of bounded size. */
const DRAIN_EVERY_STEPS = 10;
const MAX_WAITING_BYTES = 60_000;
/** For packets that were lost, and some more. */
const FFMPEG_WAITS_MS = 1_500;

export interface SteppedPerson {
  readonly connectionId: ConnectionId;
  readonly performer: Performer;
  publish(source: "camera" | "microphone"): Promise<void>;
  setMuted(source: "camera" | "microphone", isMuted: boolean): Promise<void>;
}

export interface SteppedPersonOptions {
  /** How much faster the microphone's clock runs than it should. */
  readonly driftPpm?: number;
  /** The share of packets that is lost. */
  readonly loss?: number;
  /** How many layers the camera is sent in. */
  readonly layers?: number;
  /** The recorder cannot make anything of the camera's first picture. */
  readonly isBrokenFirst?: boolean;
}

/** A class whose time passes as fast as its packets can be handled, recorded by the real recorder. */
export interface SteppedClass {
  readonly recordingFolder: string;
  readonly zeroAt: number;
  join(name: string, how?: SteppedPersonOptions): SteppedPerson;
  /** Lets so many seconds of the class pass, as fast as they can. */
  pass(seconds: number): Promise<void>;
  /** Lets real time pass until it is so. */
  passUntil(isSo: () => boolean): Promise<void>;
  /** The width of somebody's picture that was captured last. */
  widthOf(person: SteppedPerson): number | null;
  /** Ends the recording, when what waits for lost packets has been written. */
  end(): Promise<void>;
  close(): Promise<void>;
}

/** Time zero is that of the picture in `samples`. Recordings lie under `dir`. */
export async function createSteppedClass(dir: string, samples: ClockSamples): Promise<SteppedClass> {
  const clock = new FakeClock();
  const zeroAt = clock.now();
  const plain = await createPlainMedia();
  const socket = createSocket("udp4");
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  const people: SteppedPerson[] = [];
  const broken = new Set<Performer>();
  let recording: ClassRecording | null = null;
  let wake: () => void = () => undefined;
  let steps = 0;

  const media = await plain.server.openClass("ses_1" as SessionId, {
    onSpeakers() {},
    onProducerClosed() {},
    onProducersChanged: () => recording?.capture(tracks()),
  });
  const tracks = (): WantedTrack[] =>
    media.producers().map((view) => ({ ...view, personId: personOf(view.connectionId), room: "main" }));
  const kindOf = (producerId: string) =>
    media.producers().find((one) => one.producerId === producerId)?.source === "microphone"
      ? "audio"
      : "video";
  const { tap, relays } = relayTaps({
    media,
    clock,
    kindOf,
    onPassed: () => wake(),
    isBrokenFirst: (producerId) => [...broken].some((one) => one.camera?.producer.id === producerId),
  });
  const recorder = await createRecorder({
    dir,
    programPath: process.env.PATH ?? "",
    clock,
    log: createQuietLog().log,
    freeBytes: async () => 10 ** 12,
  });
  const recordingId = "rec_1" as RecordingId;
  recording = recorder.record({
    recordingId,
    sessionId: "ses_1" as SessionId,
    rooms: "main",
    hasChat: true,
    media: { tap },
    onFault() {},
  });

  /** All sound that was sent is through; and with it, sent before it, the pictures. */
  const hasPassed = () =>
    relays().every((relay) => {
      const passed = relay.passed();
      if (passed === null || relay.kind !== "audio") return true;
      const sent = people.map((one) => one.performer.soundSent(relay.producerId)).find((one) => one !== null);
      return sent === undefined || sent === null || sent === passed;
    });

  async function passed(): Promise<void> {
    if (hasPassed()) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, PASS_WITHIN_MS);
      wake = () => {
        if (!hasPassed()) return;
        clearTimeout(timer);
        resolve();
      };
    });
    wake = () => undefined;
  }

  async function step(): Promise<void> {
    clock.advance(STEP_MS);
    for (const { performer } of people) performer.perform(clock.now());
    await passed();
    for (const relay of relays()) await relay.report();
    steps += 1;
    if (steps % DRAIN_EVERY_STEPS === 0) await drained(relays().map(({ port }) => port));
  }

  /** Time stands still until all that is published is captured. */
  async function captured(): Promise<void> {
    const live = () => media.producers().filter((one) => one.isLive).length;
    while (relays().filter((relay) => relay.hasStarted()).length !== live()) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  async function passWhile(goesOn: (passedMs: number) => boolean | Promise<boolean>): Promise<void> {
    await captured();
    for (let passedMs = 0; await goesOn(passedMs); passedMs += STEP_MS) await step();
  }

  async function passUntil(isSo: () => boolean): Promise<void> {
    const beganAt = performance.now();
    await passWhile(async (passedMs) => {
      const aheadMs = passedMs - (performance.now() - beganAt);
      if (aheadMs > 0) await new Promise((resolve) => setTimeout(resolve, aheadMs));
      return !isSo();
    });
  }

  return {
    recordingFolder: `${dir}/${recordingId}`,
    zeroAt,
    join(name, { driftPpm = 0, loss = 0, layers = 1, isBrokenFirst = false } = {}) {
      const connectionId = `con_${name}` as ConnectionId;
      const performer = createPerformer({ socket, samples, zeroAt, driftPpm, loss });
      performer.layersSent = layers;
      const person: SteppedPerson = {
        connectionId,
        performer,
        async publish(source) {
          performer[source] = await plain.publish(connectionId, source, source === "camera" ? layers : 1);
        },
        async setMuted(source, isMuted) {
          const published = performer[source];
          if (published) await plain.setPaused(published.producer, isMuted);
        },
      };
      people.push(person);
      if (isBrokenFirst) broken.add(performer);
      return person;
    },
    pass: (seconds) => passWhile((passedMs) => passedMs < seconds * 1000),
    passUntil,
    widthOf({ performer }) {
      const producerId = performer.camera?.producer.id;
      return (
        relays()
          .find((relay) => relay.producerId === producerId)
          ?.width() ?? null
      );
    },
    async end() {
      const until = clock.now() + FFMPEG_WAITS_MS;
      await passUntil(() => clock.now() > until);
      await recording?.end("staff");
      recording = null;
    },
    async close() {
      await recorder.close();
      await plain.close();
      socket.close();
    },
  };
}

function personOf(connectionId: ConnectionId): PersonId {
  return connectionId.replace("con_", "enr_") as PersonId;
}

/** Waits until no more than a little waits in UDP sockets of this machine. */
async function drained(ports: readonly number[]): Promise<void> {
  const addresses = new Set(
    ports.map((port) => `0100007F:${port.toString(16).toUpperCase().padStart(4, "0")}`),
  );
  for (;;) {
    const sockets = await readFile("/proc/net/udp", "latin1");
    const isBusy = sockets.split("\n").some((line) => {
      const [, address, , , queues] = line.trim().split(/\s+/);
      if (!address || !addresses.has(address)) return false;
      return Number.parseInt(queues?.split(":")[1] ?? "0", 16) > MAX_WAITING_BYTES;
    });
    if (!isBusy) return;
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
}
