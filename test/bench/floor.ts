import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { z } from "zod";
import { type Figure, median } from "./evidence/measured.ts";
import { createBatchedWorker } from "./load/batched-worker.ts";
import { builtTool } from "./load/built-tool.ts";
import { clientLimitNote, machineNote } from "./load/client-limit.ts";
import { startLoadClient } from "./load/load-client.ts";
import { startLoadedClass } from "./load/loaded-class.ts";
import { alternate, medianRatio, type SideWindow } from "./load/windows.ts";
import { type BenchOptions, type Finding, runBench } from "./page/run-bench.ts";

/**
 * `npm run bench -- floor [--quick] [--json FILE]`: a screen share of 2.3 Mbit/s against what the kernel and the cipher
 * alone cost for as many packets of that size to as many receivers; once with the media worker as it is, once with its
 * sends batched by a preloaded library.
 */
const SFU_CORE = 0;
const CLIENT_CORE = 1;
const PICTURES_PER_S = 15;
const LEAST = { asItIs: 0.4, batched: 0.6 };
/** Batching must not cost time: p95 may differ by what two equal runs differ by. */
const MOST_P95_RATIO = 1.15;

const run = promisify(execFile);
const probeSchema = z.object({ oneByOneUs: z.number(), batchedUs: z.number() });
type Probe = z.infer<typeof probeSchema>;

await runBench(measure);

async function measure({ isQuick, say }: BenchOptions): Promise<Finding> {
  const people = isQuick ? 40 : 120;
  const probe = await builtTool("kernel-and-cipher", ["-lcrypto", "-lpthread"]);
  const batchedWorker = await createBatchedWorker();
  const client = await startLoadClient({ core: CLIENT_CORE });
  const given = { client, people, core: SFU_CORE };
  const plain = await startLoadedClass({ ...given, group: 1 });
  const batched = await startLoadedClass({
    ...given,
    group: 2,
    env: { MEDIASOUP_WORKER_BIN: batchedWorker.program },
  });
  try {
    for (const lesson of [plain, batched]) {
      await lesson.publish("screen", ["screen"]);
      say(`${people} people join`);
      await lesson.join(people);
    }
    const sides = [
      { name: "as it is", group: 1, ssrcs: plain.ssrcs, pids: plain.pids },
      { name: "batched sends", group: 2, ssrcs: batched.ssrcs, pids: batched.pids },
    ];
    const windowMs = isQuick ? 2_000 : 4_000;
    const rounds: (readonly SideWindow[])[] = [];
    const probes: Probe[] = [];
    for (let round = 0; round < (isQuick ? 2 : 5); round += 1) {
      rounds.push(...(await alternate(client, sides, { rounds: 1, windowMs, say })));
      probes.push(await probed(probe, rounds.at(-1)?.[0], people, windowMs / 2));
      say(`kernel and cipher: ${JSON.stringify(probes.at(-1))}`);
    }
    return finding(people, rounds, probes);
  } finally {
    await plain.close();
    await batched.close();
    await batchedWorker.close();
    client.close();
  }
}

/** The probe, with packets as long and as many as the window's. */
async function probed(
  program: string,
  window: SideWindow | undefined,
  people: number,
  ms: number,
): Promise<Probe> {
  if (!window) throw new Error("there is no window");
  const bytes = Math.round(window.bytes / window.packets);
  const packets = Math.max(1, Math.round(window.packetsPerS / people / PICTURES_PER_S));
  const { stdout } = await run(program, [people, bytes, packets, PICTURES_PER_S, Math.round(ms)].map(String));
  return probeSchema.parse(JSON.parse(stdout));
}

function finding(
  people: number,
  rounds: readonly (readonly SideWindow[])[],
  probes: readonly Probe[],
): Finding {
  const usOf = (side: number) => median(rounds.map((round) => round[side]?.usPerPacket ?? Number.NaN));
  const p95Of = (side: number) => median(rounds.map((round) => round[side]?.p95Ms ?? Number.NaN));
  const lossOf = (side: number) => median(rounds.map((round) => round[side]?.lossShare ?? Number.NaN));
  const efficiency = (side: number, of: (probe: Probe) => number) =>
    median(
      rounds.map(
        (round, at) => (probes[at] ? of(probes[at]) : Number.NaN) / (round[side]?.usPerPacket ?? Number.NaN),
      ),
    );
  const floor = median(probes.map((probe) => probe.oneByOneUs));
  const batchedFloor = median(probes.map((probe) => probe.batchedUs));
  const told = (what: string, value: number, unit: string, bounds: Partial<Figure> = {}): Figure => {
    return { what, value, unit, atMost: null, ...bounds };
  };
  return {
    title: "A screen share of 2.3 Mbit/s against what the kernel and the cipher cost",
    figures: [
      told(
        "efficiency as it is: kernel and cipher ÷ class",
        efficiency(0, (one) => one.oneByOneUs),
        "",
        {
          atLeast: LEAST.asItIs,
        },
      ),
      told(
        "efficiency with batched sends, by the same floor",
        efficiency(1, (one) => one.oneByOneUs),
        "",
        {
          atLeast: LEAST.batched,
        },
      ),
      told(
        "p95 with batched sends ÷ as it is",
        medianRatio(rounds, [1, 0], (window) => window.p95Ms),
        "×",
        {
          atMost: MOST_P95_RATIO,
        },
      ),
      told(
        "batched sends ÷ as it is, CPU per packet",
        medianRatio(rounds, [1, 0], (window) => window.usPerPacket),
        "×",
      ),
      told(
        "efficiency with batched sends, by a floor that batches too",
        efficiency(1, (one) => one.batchedUs),
        "",
      ),
      told("kernel and cipher, one by one", floor, "µs a packet"),
      told("kernel and cipher, batched", batchedFloor, "µs a packet"),
      told("class as it is", usOf(0), "µs a packet"),
      told("class with batched sends", usOf(1), "µs a packet"),
      told("p95 as it is", p95Of(0), "ms"),
      told("p95 with batched sends", p95Of(1), "ms"),
      told("lost as it is", 100 * lossOf(0), "%"),
      told("lost with batched sends", 100 * lossOf(1), "%"),
    ],
    notes: [
      `One share of 1280 × 720 at 15 pictures a second to ${people} people. The probe enciphers and sends as many packets ` +
        "of that size to as many addresses, at that pace, with a key for each, and nothing else.",
      clientLimitNote(rounds.flat()),
      machineNote(rounds.flat()),
    ],
    charts: [
      {
        kind: "bars",
        title: "CPU per packet of a screen share",
        unit: "µs",
        bars: [
          { label: "kernel and cipher", value: floor },
          { label: "class as it is", value: usOf(0) },
          { label: "class, batched sends", value: usOf(1) },
          { label: "kernel and cipher, batched", value: batchedFloor },
        ],
      },
    ],
  };
}
