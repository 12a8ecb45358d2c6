import { availableParallelism } from "node:os";
import { median, quantile } from "./evidence/measured.ts";
import { type LoadClient, type LoadJoin, startLoadClient } from "./load/load-client.ts";
import { type LoadedListener, startLoadedClass } from "./load/loaded-class.ts";
import { cpuMsOf, machineTicks } from "./load/process-use.ts";
import { pause } from "./load/windows.ts";
import { type BenchOptions, type Finding, runBench } from "./page/run-bench.ts";

/**
 * `npm run bench -- join-storm [--quick] [--json FILE]`: 500 people join a class with a live camera at once, against one
 * person who joins it alone. Everybody opens a socket, enters, makes a receive transport and gets microphone and camera.
 * Three times, in classes and servers of their own.
 */
const CLIENT_CORE = 1;
const ROUNDS = 3;
const MOST_ALL_IN_S = 4;
const MOST_FIRST_KEY_S = 1;
const GIVE_UP_MS = 30_000;
/** Come and go before anything is measured. */
const WARM_UP_PEOPLE = 100;

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

/** CPU from the first socket to the last picture. */
interface Spent {
  readonly serverMs: number;
  readonly workersMs: number;
  /** This process, in which people's sockets are. */
  readonly socketsMs: number;
  /** The load client. */
  readonly peersMs: number;
  /** Of all cores, by whomever. */
  readonly busyShare: number;
}

interface Round {
  readonly alone: Joined;
  readonly storm: Joined;
  readonly spent: Spent;
}

await runBench(measure);

async function measure({ isQuick, say }: BenchOptions): Promise<Finding> {
  const people = isQuick ? 100 : 500;
  const rounds: Round[] = [];
  while (rounds.length < (isQuick ? 1 : ROUNDS)) {
    const round = await runRound(people);
    const { allInMs, keyMs } = round.storm;
    say(
      `${people} people in after ${allInMs.toFixed(0)} ms, first keyframe p95 ${quantile(keyMs, 0.95).toFixed(0)} ms`,
    );
    rounds.push(round);
  }
  return finding(people, rounds);
}

async function runRound(people: number): Promise<Round> {
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
    await lesson.warmUp(Math.min(people, WARM_UP_PEOPLE));
    await pause(1_000);
    await lesson.storm(1);
    const alone = await joinedOf(client, lesson.listeners);
    const use = createUse(client, lesson.pids());
    await lesson.storm(people);
    const storm = await joinedOf(client, lesson.listeners.slice(1));
    return { alone, storm, spent: use.spent() };
  } finally {
    await lesson.close();
    client.close();
  }
}

function createUse(client: LoadClient, pids: readonly number[]): { spent(): Spent } {
  const look = () => {
    const [server = 0, ...workers] = pids.map((pid) => cpuMsOf([pid]));
    return {
      machine: machineTicks(),
      server,
      workers: workers.reduce((sum, ms) => sum + ms, 0),
      sockets: cpuMsOf([process.pid]),
      peers: client.cpuMs(),
    };
  };
  const before = look();
  return {
    spent() {
      const after = look();
      return {
        serverMs: after.server - before.server,
        workersMs: after.workers - before.workers,
        socketsMs: after.sockets - before.sockets,
        peersMs: after.peers - before.peers,
        busyShare:
          1 -
          (after.machine.idle - before.machine.idle) / Math.max(1, after.machine.all - before.machine.all),
      };
    },
  };
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

function finding(people: number, rounds: readonly Round[]): Finding {
  const s = (ms: number) => ms / 1000;
  const of = (figure: (round: Round) => number) => median(rounds.map(figure));
  const told = (what: string, value: number, unit: string, atMost: number | null = null) => {
    return { what, value, unit, atMost };
  };
  const stormAt = (figure: (storm: Joined) => readonly number[], share = 0.95) =>
    s(of(({ storm }) => quantile(figure(storm), share)));
  const generatorMs = of(({ spent }) => spent.socketsMs + spent.peersMs);
  const serverMs = of(({ spent }) => spent.serverMs + spent.workersMs);
  const busy = of(({ spent }) => spent.busyShare);
  return {
    title: `${people} people join one live video class at once`,
    figures: [
      told(
        `all ${people} in the class and connected`,
        s(of(({ storm }) => storm.allInMs)),
        "s",
        MOST_ALL_IN_S,
      ),
      told(
        "first keyframe after one's own connection, p95",
        stormAt(({ keyMs }) => keyMs),
        "s",
        MOST_FIRST_KEY_S,
      ),
      told(
        "the same, p50",
        stormAt(({ keyMs }) => keyMs, 0.5),
        "s",
      ),
      told(
        "first keyframe after one's own first step, p95",
        stormAt(({ waitMs }) => waitMs),
        "s",
      ),
      told("until the last has a picture", s(of(({ storm }) => storm.lastKeyMs)), "s"),
      told(
        "people without a picture",
        of(({ storm }) => storm.missing),
        "",
        0,
      ),
      told("one person alone: in", s(of(({ alone }) => alone.allInMs)), "s"),
      told("one person alone: first keyframe", s(of(({ alone }) => alone.lastKeyMs)), "s"),
      told("server process per join", of(({ spent }) => spent.serverMs) / people, "ms"),
      told("media workers per join", of(({ spent }) => spent.workersMs) / people, "ms"),
      told("people's sockets per join", of(({ spent }) => spent.socketsMs) / people, "ms"),
      told("people's WebRTC clients per join", of(({ spent }) => spent.peersMs) / people, "ms"),
    ],
    notes: [
      `The median of ${rounds.length === 1 ? "one storm" : `${rounds.length} storms`}, each on a server of its own that ${Math.min(people, WARM_UP_PEOPLE)} people ` +
        "have come to and left before. A picture counts when a whole keyframe has come; who joins has exchanged the link " +
        "before, as the page does. CPU is counted until the last picture, forwarding included.",
      `People's sockets and WebRTC clients share the machine's cores with the server: they took ${s(generatorMs).toFixed(1)} s ` +
        `of CPU, the server ${s(serverMs).toFixed(1)} s, and the machine was ${(100 * busy).toFixed(0)} % busy. On this machine ` +
        `the generator alone, one process of sockets beside one of WebRTC clients, would bring ${people} people in no less ` +
        `than ${s(of(({ spent }) => Math.max(spent.socketsMs, spent.peersMs))).toFixed(1)} s.`,
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
              stormAt(({ waitMs }) => waitMs, share / 100),
            ]),
          },
        ],
      },
    ],
  };
}
