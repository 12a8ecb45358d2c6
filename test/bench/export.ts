import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { createExports } from "../../recordings/export/create-exports.ts";
import { timelineFrom } from "../../recordings/timeline-from.ts";
import { createClock } from "../../server/clock.ts";
import { newId } from "../../server/new-id.ts";
import type { Exports } from "../../server/ports.ts";
import type { ConnectionId, PersonId, RecordingId, SessionId } from "../../server/protocol/ids.ts";
import type { ManifestLine } from "../../server/protocol/recordings.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { programme, session, sessionId } from "../contract/records.ts";
import { createQuietLog } from "../support/quiet-log.ts";
import { manifestIn } from "../support/recorded.ts";
import { recordedLineAt, writeManifest } from "../support/recorded-story.ts";
import { median } from "./evidence/measured.ts";
import { startLoadClient } from "./load/load-client.ts";
import { startLoadedClass } from "./load/loaded-class.ts";
import { measureSide, type SideWindow } from "./load/windows.ts";
import { type BenchOptions, type Finding, runBench } from "./page/run-bench.ts";

/**
 * `npm run bench -- export [--quick] [--json FILE]`: how long an MP4 takes for each recorded minute, and whether a class on
 * the same machine feels one being made: its packets and how long they take, in alternating windows.
 */
const SEGMENT_MS = 10_000;
const RECORDING = "rec_bench" as RecordingId;
const INA = "stf_ina" as PersonId;
const CONNECTION = "con_ina" as ConnectionId;
/** So many times as long as it lasts, an MP4 may take on a machine that does nothing else. */
const MOST_SHARE = 1;
/** Of packets, and of milliseconds on their way (the 95th of a hundred), that an export may cost a class. */
const MOST_LOSS = 0.5;
const MOST_MS = 10;
const run = promisify(execFile);

await runBench(measure);

async function measure({ isQuick, say }: BenchOptions): Promise<Finding> {
  const dir = await mkdtemp(join(tmpdir(), "balai-bench-export-"));
  try {
    const durationMs = isQuick ? 60_000 : 180_000;
    say(`a recording of ${durationMs / 60_000} minutes is made`);
    await writeRecording(join(dir, RECORDING), durationMs);
    const { exports, close } = await exportsOf(dir);
    say("it is exported, alone");
    const alone = await exported(exports);
    say("a class of 20 people, with and without an export beside it");
    const beside = await besideAClass(exports, isQuick ? 2 : 5, say);
    await close();
    return finding(durationMs, alone, beside);
  } finally {
    await rm(dir, { recursive: true, force: true });
  }
}

/** A third a share with a camera in the corner, a third a camera alone, a third the sound alone. */
async function writeRecording(folder: string, durationMs: number): Promise<void> {
  const line = recordedLineAt(Date.UTC(2026, 0, 12, 2));
  const third = durationMs / 3;
  const vp8 = ["-c:v", "libvpx", "-deadline", "realtime", "-cpu-used", "8", "-g", "1000"];
  const tracks = [
    {
      trackId: "000001",
      source: "camera",
      span: [0, 2 * third],
      args: ["-i", "testsrc2=s=640x360:r=25", ...vp8, "-b:v", "600k"],
    },
    {
      trackId: "000002",
      source: "screen",
      span: [0, third],
      args: ["-i", "testsrc2=s=1280x720:r=10", ...vp8, "-b:v", "1200k"],
    },
    {
      trackId: "000003",
      source: "microphone",
      span: [0, durationMs],
      args: ["-i", "anoisesrc=a=0.1:c=pink", "-c:a", "libopus", "-b:a", "32k"],
    },
  ] as const;
  const lines: ManifestLine[] = [];
  for (const { trackId, source, span, args } of tracks) {
    await mkdir(join(folder, trackId), { recursive: true });
    const [fromMs, toMs] = span;
    lines.push(line.track(fromMs, { trackId, personId: INA, connectionId: CONNECTION, source }));
    for (let number = 0; fromMs + number * SEGMENT_MS < toMs; number += 1) {
      const file = join(folder, trackId, `${String(number).padStart(6, "0")}.webm`);
      const startMs = fromMs + number * SEGMENT_MS;
      const length = Math.min(SEGMENT_MS, toMs - startMs);
      await run("ffmpeg", ["-v", "error", "-f", "lavfi", ...args, "-t", String(length / 1000), file]);
      const { size } = await stat(file);
      lines.push(line.segment(trackId, number, [startMs, startMs + length], { bytes: size }));
    }
  }
  const head = line.head({ recordingId: RECORDING, sessionId: "ses_1" as SessionId });
  const rest = [line.state(0, {}), ...lines, line.ended(durationMs)];
  await writeManifest(folder, [head, ...rest.sort((a, b) => a.at - b.at)]);
}

async function exportsOf(dir: string) {
  const { log } = createQuietLog();
  const store = await createSqliteStore({ file: ":memory:", log });
  const one = programme("A1");
  await store.programmes.create(one);
  await store.sessions.create(session(one, "1"));
  const about = { title: "Etika", unit: "Etika", programme: "AI", timeZone: "Asia/Jakarta" };
  const exports = await createExports({
    dir,
    programPath: process.env.PATH ?? "",
    store: store.exports,
    slides: { pictureFile: () => null },
    clock: createClock(0),
    newId,
    log,
    // What a class feels is measured where nothing makes way for it but the priorities.
    isClassOpen: () => false,
    roomLeft: async () => 10 ** 12,
    async sourceOf(recordingId) {
      const timeline = timelineFrom(await manifestIn(join(dir, recordingId)));
      const source = timeline && { ...timeline, sessionId: sessionId("1") };
      return source && { ...source, isUnderWay: false, session: about, people: [], decks: [], chapters: [] };
    },
  });
  return {
    exports,
    async close() {
      await exports.close();
      await store.close();
    },
  };
}

async function asked(exports: Exports) {
  const answer = await exports.request(RECORDING, { language: "id", by: "adm_1" });
  if (!answer.ok) throw new Error(answer.code);
  return answer.data.exportId;
}

/** Seconds that it took, and the MP4's bytes. */
async function exported(exports: Exports) {
  const startedAt = performance.now();
  const exportId = await asked(exports);
  for (;;) {
    const one = await exports.find(RECORDING, exportId);
    if (one?.status === "failed") throw new Error(`the export failed: ${one.failure}`);
    if (one?.status === "done") {
      await exports.removeAll(RECORDING);
      return { ms: performance.now() - startedAt, bytes: one.bytes ?? 0 };
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function besideAClass(exports: Exports, rounds: number, say: (line: string) => void) {
  const client = await startLoadClient({ core: 1 });
  const lesson = await startLoadedClass({ client, group: 1, people: 20 });
  const kept: { readonly plain: SideWindow; readonly beside: SideWindow }[] = [];
  try {
    await lesson.publish("microphone");
    await lesson.publish("camera", ["camera"]);
    await lesson.join(20);
    const side = { name: "class", group: 1, ssrcs: lesson.ssrcs, pids: lesson.pids };
    for (let round = 1; round <= rounds; round += 1) {
      say(`round ${round} of ${rounds}`);
      const plain = await measureSide(client, side, 5_000);
      await asked(exports);
      const beside = await measureSide(client, side, 5_000);
      await exports.removeAll(RECORDING);
      kept.push({ plain, beside });
    }
    return kept;
  } finally {
    await lesson.close();
    client.close();
  }
}

function finding(
  durationMs: number,
  alone: { readonly ms: number; readonly bytes: number },
  rounds: Awaited<ReturnType<typeof besideAClass>>,
): Finding {
  const of = (read: (window: SideWindow) => number, which: "plain" | "beside") =>
    median(rounds.map((round) => read(round[which])));
  const more = (read: (window: SideWindow) => number) =>
    median(rounds.map(({ plain, beside }) => read(beside) - read(plain)));
  const minutes = durationMs / 60_000;
  return {
    title: "An MP4 of a recording, and a class beside its making",
    figures: [
      {
        what: "rendering ÷ recorded time, alone",
        value: alone.ms / durationMs,
        unit: "×",
        atMost: MOST_SHARE,
      },
      { what: "size", value: alone.bytes / 1e6 / minutes, unit: "MB a minute", atMost: null },
      {
        what: "class: packets lost without an export",
        value: 100 * of((one) => one.lossShare, "plain"),
        unit: "%",
        atMost: null,
      },
      {
        what: "class: packets lost beyond that, beside one",
        value: 100 * more((one) => one.lossShare),
        unit: "%",
        atMost: MOST_LOSS,
      },
      {
        what: "class: a packet's way without an export, 95 %",
        value: of((one) => one.p95Ms, "plain"),
        unit: "ms",
        atMost: null,
      },
      {
        what: "class: a packet's way beyond that, beside one, 95 %",
        value: more((one) => one.p95Ms),
        unit: "ms",
        atMost: MOST_MS,
      },
    ],
    notes: [
      "A third of the recording is a share of test pictures with a camera in the corner, a third a camera alone, a third " +
        "sound alone; all of them move more than slides and faces do.",
      "A class of 20 people, one microphone and one camera, on the same cores; the export does not stand still for it.",
    ],
    charts: [],
  };
}
