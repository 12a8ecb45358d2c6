import { type Figure, median } from "./evidence/measured.ts";
import { clientLimitNote, machineNote } from "./load/client-limit.ts";
import { startLoadClient } from "./load/load-client.ts";
import { type LoadedCluster, sidesOf, startLoadedCluster } from "./load/loaded-cluster.ts";
import { alternate, medianRatio, type SideWindow } from "./load/windows.ts";
import { type BenchOptions, type Finding, runBench } from "./page/run-bench.ts";

/**
 * `npm run bench -- edges [--quick] [--json FILE]`: one class whose media one node carries, and one as large that its home
 * and another node carry together: what the pipe between them and the other process cost.
 */
const NODE_CORE = 0;
const CLIENT_CORE = 1;
/** Of the streams that are expected of a person (`sfu/placement`), so that each of two nodes carries half of them. */
const STREAMS_OF_TWO_PEOPLE = 2;

await runBench(measure);

async function measure({ isQuick, say }: BenchOptions): Promise<Finding> {
  const people = isQuick ? 60 : 240;
  const client = await startLoadClient({ core: CLIENT_CORE });
  const clusters: LoadedCluster[] = [];
  try {
    for (const nodes of [1, 2]) {
      say(`a class of ${people} on ${nodes === 1 ? "one node" : "two nodes"}`);
      const streams = nodes === 1 ? 5_000 : (people / 2) * STREAMS_OF_TWO_PEOPLE;
      const env = { RTC_STREAMS: String(streams) };
      clusters.push(
        await startLoadedCluster({
          client,
          group: nodes,
          nodes,
          classes: 1,
          people,
          core: NODE_CORE,
          env,
          say,
        }),
      );
    }
    const rounds = await alternate(client, sidesOf(clusters), {
      rounds: isQuick ? 2 : 5,
      windowMs: isQuick ? 2_000 : 4_000,
      say,
    });
    return finding(people, rounds);
  } finally {
    for (const cluster of clusters) await cluster.close();
    client.close();
  }
}

function finding(people: number, rounds: readonly (readonly SideWindow[])[]): Finding {
  const of = (side: number, figure: (window: SideWindow) => number) =>
    median(rounds.map((round) => (round[side] ? figure(round[side]) : Number.NaN)));
  const told = (what: string, value: number, unit: string, atMost: number | null = null): Figure => {
    return { what, value, unit, atMost };
  };
  const sides = ["one node", "two nodes"].flatMap((name, side) => [
    told(
      `${name}: CPU of all processes`,
      of(side, (window) => window.usPerPacket),
      "µs a packet",
    ),
    told(`${name}: packets lost`, 100 * of(side, (window) => window.lossShare), "%", 0.1),
    told(
      `${name}: p95`,
      of(side, (window) => window.p95Ms),
      "ms",
    ),
  ]);
  return {
    title: `A class of ${people} carried by two nodes, and by one`,
    figures: [
      told(
        "CPU for the class: two nodes ÷ one",
        medianRatio(rounds, [1, 0], (window) => window.usPerPacket),
        "×",
      ),
      ...sides,
    ],
    notes: [
      "One voice that everybody hears. On two nodes half of the people are on the home's media worker and half on the " +
        "other node's, which gets the voice once, through an encrypted pipe; all processes of both nodes count, on one core.",
      clientLimitNote(rounds.flat()),
      machineNote(rounds.flat()),
    ],
  };
}
