import { availableParallelism } from "node:os";
import { quantile } from "./evidence/measured.ts";
import { type LoadClient, type LoadJoin, startLoadClient } from "./load/load-client.ts";
import { type LoadedListener, startLoadedClass } from "./load/loaded-class.ts";
import { cpuMsOf } from "./load/process-use.ts";
import { pause } from "./load/windows.ts";
import { type BenchOptions, type Finding, runBench } from "./page/run-bench.ts";

/**
 * `npm run bench -- join-storm [--quick] [--json FILE]`: 500 people join a class with a live camera at once, against one
 * person who joins it alone. Everybody opens a socket, enters, makes a receive transport and gets microphone and camera.
 */
const CLIENT_CORE = 1;
const MOST_ALL_IN_S = 4;
const MOST_FIRST_KEY_S = 1;
const GIVE_UP_MS = 30_000;

interface Joined {
  /** From the first socket until everybody is in the class and connected. */
  readonly allInMs: number;
  /** From a person's own connection to their first whole keyframe. */
  readonly keyMs: readonly number[];
  /** From a person's own first step to their first whole keyframe. */
  readonly waitMs: readonly number[];
  readonly lastKeyMs: number;
  readonly missing: number;
}

await runBench(measure);

async function measure({ isQuick, say }: BenchOptions): Promise<Finding> {
  const people = isQuick ? 100 : 500;
  const client = await startLoadClient({ core: CLIENT_CORE });
  const lesson = await startLoadedClass({
    client,
    group: 1,
    people: people + 1,
    workers: availableParallelism(),
  });
  try {
    await lesson.publish("microphone");
    await lesson.publish("camera", ["camera"]);
    await pause(1_000);
    say("one person joins");
    await lesson.storm(1);
    const alone = await joinedOf(client, lesson.listeners);
    say(`in after ${alone.allInMs.toFixed(0)} ms; ${people} people join`);
    const pids = lesson.pids();
    const before = pids.map((pid) => cpuMsOf([pid]));
    await lesson.storm(people);
    const spent = pids.map((pid, index) => cpuMsOf([pid]) - (before[index] ?? 0));
    const storm = await joinedOf(client, lesson.listeners.slice(1));
    return finding(people, alone, storm, spent);
  } finally {
    await lesson.close();
    client.close();
  }
}

/** Waits for everybody's first keyframe, or gives up on those who have none by then. */
async function joinedOf(client: LoadClient, listeners: readonly LoadedListener[]): Promise<Joined> {
  const deadline = performance.now() + GIVE_UP_MS;
  for (;;) {
    const joins = new Map((await client.joins(1)).map((join) => [join.id, join]));
    const found = listeners.flatMap((listener) => {
      const join = joins.get(listener.peer);
      return join ? [{ listener, join, keyAt: keyAtOf(join) }] : [];
    });
    const missing = found.filter(({ keyAt }) => keyAt === 0).length;
    if (missing > 0 && performance.now() < deadline) {
      await pause(50);
      continue;
    }
    const begunAt = Math.min(...listeners.map((one) => one.begunAt));
    const shown = found.filter(({ keyAt }) => keyAt > 0);
    return {
      allInMs:
        Math.max(...found.map(({ listener, join }) => Math.max(listener.enteredAt, join.upAt))) - begunAt,
      keyMs: shown.map(({ join, keyAt }) => keyAt - join.upAt),
      waitMs: shown.map(({ listener, keyAt }) => keyAt - listener.begunAt),
      lastKeyMs: Math.max(...shown.map(({ keyAt }) => keyAt)) - begunAt,
      missing,
    };
  }
}

function keyAtOf({ streams }: LoadJoin): number {
  return streams.find(({ isVideo }) => isVideo)?.keyAt ?? 0;
}

function finding(people: number, alone: Joined, storm: Joined, spentMs: readonly number[]): Finding {
  const [server = 0, ...workers] = spentMs;
  const worker = workers.reduce((sum, ms) => sum + ms, 0);
  const s = (ms: number) => ms / 1000;
  const told = (what: string, value: number, unit: string, atMost: number | null = null) => {
    return { what, value, unit, atMost };
  };
  return {
    title: `${people} people join one live video class at once`,
    figures: [
      told(`all ${people} in the class and connected`, s(storm.allInMs), "s", MOST_ALL_IN_S),
      told(
        "first keyframe after one's own connection, p95",
        s(quantile(storm.keyMs, 0.95)),
        "s",
        MOST_FIRST_KEY_S,
      ),
      told("the same, p50", s(quantile(storm.keyMs, 0.5)), "s"),
      told("first keyframe after one's own first step, p95", s(quantile(storm.waitMs, 0.95)), "s"),
      told("until the last has a picture", s(storm.lastKeyMs), "s"),
      told("people without a picture", storm.missing, "", 0),
      told("one person alone: in", s(alone.allInMs), "s"),
      told("one person alone: first keyframe", s(alone.lastKeyMs), "s"),
      told("server process per join", server / people, "ms"),
      told("media workers per join", worker / people, "ms"),
    ],
    notes: [
      "A picture counts when a whole keyframe has come; who joins has exchanged the link before, as the page does. " +
        "The people's sockets and WebRTC clients share the machine's cores with the server.",
    ],
    charts: [
      {
        kind: "lines",
        title: "First picture after one's own first step",
        across: "share of people, %",
        up: "seconds",
        series: [
          {
            name: `${people} at once`,
            points: [5, 25, 50, 75, 90, 95, 99, 100].map((share) => [
              share,
              s(quantile(storm.waitMs, share / 100)),
            ]),
          },
        ],
      },
    ],
  };
}
