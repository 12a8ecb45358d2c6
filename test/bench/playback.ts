import { join } from "node:path";
import type { Page } from "puppeteer-core";
import { readManifest } from "../../recordings/manifest-reader.ts";
import { timelineFrom } from "../../recordings/timeline-from.ts";
import { newId } from "../../server/new-id.ts";
import type { ConnectionId } from "../../server/protocol/ids.ts";
import type { PlaybackTimeline } from "../../server/protocol/playback.ts";
import { serveApi } from "../support/api-server.ts";
import { launchPlaybackBrowser } from "../support/playback-browser.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { makeRecording, type SyntheticTrack } from "../support/synthetic-recording.ts";
import { createTrainingCentre } from "../support/training-centre.ts";
import { type Figure, isReached, median, quantile, tableFrom } from "./evidence/measured.ts";

/**
 * `npm run bench -- playback`: how long it takes in Chromium from a click at a random point of a two-hour recording until
 * its pictures and its sound run, nothing of that point having been asked for before; how much is read for it; and what
 * each mode takes of the line. A camera, a share and two microphones.
 */
const POINTS = 20;
/** Pictures are made for so long and then come again; the clock in them starts anew with them. */
const PERIOD_S = 1_200;
const PERIODS = 6;
const LASTS_MS = 1000 * PERIOD_S * PERIODS;
/** Of which the modes' cost is told. */
const MEASURED_S = 60;

const say = (line: string) => process.stderr.write(`${line}\n`);
const server = await serveApi();
const centre = await createTrainingCentre(server);
const browser = await launchPlaybackBrowser();
const recordingId = newId("rec");
const folder = join(server.dataDir, "recordings", recordingId);
/** The same points in every run. */
const random = seededRandom(7);
const randomMs = () => Math.floor(random() * (LASTS_MS - 30_000));

function tracksOf(): readonly SyntheticTrack[] {
  const person = (name: string) => ({
    personId: centre.instructor.id,
    connectionId: `con_${name}` as ConnectionId,
  });
  const kinds = [
    { ...person("a"), source: "camera", like: null },
    { ...person("a"), source: "microphone", like: null },
    { ...person("a"), source: "screen", like: "000001" },
    { ...person("b"), source: "microphone", like: "000002" },
  ] as const;
  return Array.from({ length: PERIODS }, (_, period) =>
    kinds.map(({ like, ...kind }, index) => {
      const first = `00000${index + 1}`;
      const trackId = String(period * kinds.length + index + 1).padStart(6, "0");
      const from = { fromS: period * PERIOD_S, toS: (period + 1) * PERIOD_S };
      const files = like ?? (period === 0 ? undefined : first);
      return { trackId, ...kind, ...from, ...(files === undefined ? {} : { like: files }) };
    }),
  ).flat();
}

/** From the click until all runs, and the bytes that came for it. */
async function start(page: Page, targetMs: number): Promise<{ readonly ms: number; readonly bytes: number }> {
  return page.evaluate(
    async (target, periodMs) => {
      window.playback.pause();
      performance.clearResourceTimings();
      const ms = await window.startedAfterMs(
        () => {
          window.playback.seek(target);
          window.playback.play();
        },
        target,
        periodMs,
      );
      const files = performance.getEntriesByType("resource") as PerformanceResourceTiming[];
      return { ms, bytes: files.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0) };
    },
    targetMs,
    1000 * PERIOD_S,
  );
}

/** Kilobits for a second of the recording. */
async function kbits(paths: readonly string[], seconds: number): Promise<number> {
  let bytes = 0;
  const { cookie } = centre.links.participant;
  const opened = await server.call("get", `/api/v1/recordings/${recordingId}/playback`, { cookie });
  const { path } = (opened.json as PlaybackTimeline).leave;
  for (const one of paths) {
    const response = await fetch(`http://127.0.0.1:${server.port}${path}${one}`, { headers: { cookie } });
    bytes += (await response.arrayBuffer()).byteLength;
  }
  return (8 * bytes) / 1000 / seconds;
}

const pieces = (make: (number: number) => string) =>
  Array.from({ length: MEASURED_S / 10 }, (_, number) => make(number));

try {
  const order = { recordingId, sessionId: centre.session.id, rooms: "main", hasChat: true } as const;
  await server.store.recordings.begin({ ...order, startedAt: 1, startedBy: "server" });
  await server.store.recordings.end(recordingId, server.clock.now(), "staff");
  say("making a recording of two hours …");
  await makeRecording(folder, {
    startAt: server.clock.now(),
    head: { recordingId, sessionId: centre.session.id },
    tracks: tracksOf(),
    isNoisy: true,
    endedS: LASTS_MS / 1000,
  });
  const readAt = performance.now();
  const { lines } = await readManifest(join(folder, "manifest.jsonl"), null);
  timelineFrom(lines);
  const readMs = performance.now() - readAt;
  const { cookie } = centre.links.participant;
  const page = await browser.open(server, cookie, recordingId);
  const starts = [];
  for (let point = 0; point < POINTS; point += 1) {
    const one = await start(page, randomMs());
    say(`${point + 1} of ${POINTS}: ${Math.round(one.ms)} ms, ${Math.round(one.bytes / 1000)} kB`);
    starts.push(one);
  }
  const ms = starts.map((one) => one.ms);
  const kB = starts.map((one) => one.bytes / 1000);
  const segments = (trackId: string) => pieces((number) => `tracks/${trackId}/${number}`);
  const full = pieces((number) => `sound/full/main/${number}`);
  const thin = pieces((number) => `sound/thin/main/${number}`);
  const stills = pieces((number) => `stills/000003/${number}/0`).flatMap((path) => [
    path,
    path.replace(/0$/, "5"),
  ]);
  const all = [...segments("000001"), ...segments("000003"), ...full];
  const told = (what: string, value: number, unit: string): Figure => ({ what, value, unit, atMost: null });
  const figures: Figure[] = [
    told("manifest of two hours, lines", lines.length, ""),
    told("read and made a time line", readMs, "ms"),
    told("click to pictures and sound, p50", median(ms), "ms"),
    { ...told("click to pictures and sound, p95", quantile(ms, 0.95), "ms"), atMost: 1_000 },
    told("click to pictures and sound, worst", Math.max(...ms), "ms"),
    told("read for one start, p50", median(kB), "kB"),
    told("read for one start, most", Math.max(...kB), "kB"),
    told("camera, share and sound", await kbits(all, MEASURED_S), "kbit/s"),
    told("stills and sound", await kbits([...stills, ...thin], MEASURED_S), "kbit/s"),
    told("slides and sound, without slides", await kbits(thin, MEASURED_S), "kbit/s"),
  ];
  process.stdout.write(`${tableFrom(figures)}\n`);
  if (!figures.every(isReached)) process.exitCode = 1;
} finally {
  await browser.close();
  await server.close();
}
