import { type Figure, median } from "./evidence/measured.ts";
import { clientLimitNote, machineNote } from "./load/client-limit.ts";
import { startLoadClient } from "./load/load-client.ts";
import { type LoadedCluster, sidesOf, startLoadedCluster } from "./load/loaded-cluster.ts";
import { alternate, medianRatio, type SideWindow } from "./load/windows.ts";
import { type BenchOptions, type Finding, runBench } from "./page/run-bench.ts";

/**
 * `npm run bench -- nodes [--quick] [--json FILE]`: 40 classes of 30 on one node, and the same on two. Where nodes, people
 * and databases share two cores, two nodes cannot hold more classes than one; what can be shown is what a class costs a
 * node in either case, and so how many more two machines hold.
 */
const NODE_CORE = 0;
const CLIENT_CORE = 1;
const LEAST_SCALE = 1.8;

await runBench(measure);

async function measure({ isQuick, say }: BenchOptions): Promise<Finding> {
  const given = { classes: isQuick ? 6 : 40, people: isQuick ? 10 : 30, core: NODE_CORE, say };
  const client = await startLoadClient({ core: CLIENT_CORE });
  const clusters: LoadedCluster[] = [];
  try {
    for (const nodes of [1, 2]) {
      say(`${given.classes} classes of ${given.people} on ${nodes === 1 ? "one node" : "two nodes"}`);
      clusters.push(await startLoadedCluster({ ...given, client, group: nodes, nodes }));
    }
    const rounds = await alternate(client, sidesOf(clusters), {
      rounds: isQuick ? 2 : 5,
      windowMs: isQuick ? 2_000 : 4_000,
      say,
    });
    return finding(given, clusters, rounds);
  } finally {
    for (const cluster of clusters) await cluster.close();
    client.close();
  }
}

function finding(
  { classes, people }: { readonly classes: number; readonly people: number },
  clusters: readonly LoadedCluster[],
  rounds: readonly (readonly SideWindow[])[],
): Finding {
  const of = (side: number, figure: (window: SideWindow) => number) =>
    median(rounds.map((round) => (round[side] ? figure(round[side]) : Number.NaN)));
  const perClass = (window: SideWindow) => (1000 * window.cpuShare) / classes;
  // What is full at 1,000 ms a second, or at a whole core.
  const nodeFull = 1000 / of(0, perClass);
  const clientFull = classes / of(0, (window) => window.clientShare);
  const told = (what: string, value: number, unit: string, bounds: Partial<Figure> = {}): Figure => {
    return { what, value, unit, atMost: null, ...bounds };
  };
  const scale = 2 * medianRatio(rounds, [0, 1], (window) => window.cpuShare);
  const spread = clusters.map(({ classesByNode }) => classesByNode.join(" and ")).join("; ");
  return {
    title: `${classes} classes of ${people} on one node and on two`,
    figures: [
      told("classes that two machines hold ÷ one, by what a class costs a node", scale, "×", {
        atLeast: LEAST_SCALE,
      }),
      told("one node: a class costs it", of(0, perClass), "ms of CPU a second"),
      told("two nodes: a class costs one of them", of(1, perClass), "ms of CPU a second"),
      told("classes that fill a node's core", nodeFull, ""),
      told("classes that fill the load client's core", clientFull, ""),
      told("one node: packets lost", 100 * of(0, (window) => window.lossShare), "%", { atMost: 0.1 }),
      told("two nodes: packets lost", 100 * of(1, (window) => window.lossShare), "%", { atMost: 0.1 }),
      told(
        "one node: p95",
        of(0, (window) => window.p95Ms),
        "ms",
      ),
      told(
        "two nodes: p95",
        of(1, (window) => window.p95Ms),
        "ms",
      ),
    ],
    notes: [
      "Each class has one voice that everybody hears, each node its server process and one media worker, both clusters " +
        "PostgreSQL and Redis of their own, whose CPU is not counted. Two nodes cannot be filled on two cores: they would want " +
        `one each for ${(2 * nodeFull).toFixed(0)} classes, and the load client ${((2 * nodeFull) / clientFull).toFixed(1)} ` +
        "for as many. So all nodes share one core here, and the first figure is twice what a class costs on one node, " +
        `divided by what it costs on one of two. Classes by node: ${spread}.`,
      clientLimitNote(rounds.flat()),
      machineNote(rounds.flat()),
    ],
  };
}
