import { type Figure, median } from "./evidence/measured.ts";
import { type Capacity, capacityOf } from "./load/capacity.ts";
import { clientLimitNote, machineNote } from "./load/client-limit.ts";
import { startJanusRoom } from "./load/janus-room.ts";
import { startLoadClient } from "./load/load-client.ts";
import { startLoadedClass } from "./load/loaded-class.ts";
import { alternate, medianRatio, type SideWindow } from "./load/windows.ts";
import { type BenchOptions, type Finding, runBench } from "./page/run-bench.ts";

/**
 * `npm run bench -- janus [--quick] [--json FILE]`: a class against the videoroom of Debian's Janus, as it comes and with
 * one event loop: CPU per forwarded packet, and how many receivers one core carries below 0.1 % loss with a p95 below
 * 50 ms. One camera of 500 kbit/s; the class's server, not its media worker alone, shares the core.
 */
const SFU_CORE = 0;
const CLIENT_CORE = 1;
const LEAST = { asItComes: 3, oneLoop: 1.4 };

await runBench(measure);

async function measure({ isQuick, say }: BenchOptions): Promise<Finding> {
  const from = isQuick ? 50 : 100;
  const most = isQuick ? 120 : 1900;
  const ladder = { from, most, growth: isQuick ? 1.5 : 1.2, windowMs: isQuick ? 1_500 : 3_000, say };
  const client = await startLoadClient({ core: CLIENT_CORE });
  const lesson = await startLoadedClass({ client, group: 1, people: most, core: SFU_CORE });
  const janus = { client, core: SFU_CORE, film: "camera" } as const;
  const plain = await startJanusRoom({ ...janus, group: 2, eventLoops: 0 });
  const looped = await startJanusRoom({ ...janus, group: 3, eventLoops: 1 });
  try {
    await lesson.publish("camera", ["camera"]);
    say(`${from} people join each`);
    for (const one of [lesson, plain, looped]) await one.join(from);
    const sides = [
      { name: "class", group: 1, ssrcs: lesson.ssrcs, pids: lesson.pids },
      { name: "Janus as it comes", group: 2, ssrcs: plain.ssrcs, pids: plain.pids },
      { name: "Janus, event_loops=1", group: 3, ssrcs: looped.ssrcs, pids: looped.pids },
    ];
    const rounds = await alternate(client, sides, {
      rounds: isQuick ? 2 : 5,
      windowMs: isQuick ? 2_000 : 3_000,
      say,
    });
    const capacities: Capacity[] = [];
    const rooms = [lesson, plain, looped];
    // The smallest last: who has joined stays, and costs a little.
    for (const [index, side] of sides.entries()) {
      capacities.push(
        await capacityOf(client, side, {
          ...ladder,
          join: (people) => rooms[index]?.join(people) ?? Promise.resolve(),
        }),
      );
    }
    return finding(
      sides.map((side) => side.name),
      rounds,
      capacities,
      from,
    );
  } finally {
    await lesson.close();
    await plain.close();
    await looped.close();
    client.close();
  }
}

function finding(
  names: readonly string[],
  rounds: readonly (readonly SideWindow[])[],
  capacities: readonly Capacity[],
  people: number,
): Finding {
  const usOf = (side: number) => median(rounds.map((round) => round[side]?.usPerPacket ?? Number.NaN));
  const peopleOf = (side: number) => capacities[side]?.people ?? 0;
  const told = (what: string, value: number, unit: string): Figure => ({ what, value, unit, atMost: null });
  const cost = (side: number) => medianRatio(rounds, [side, 0], (window) => window.usPerPacket);
  const room = (what: string, side: number, atLeast: number): Figure => {
    return { what, value: peopleOf(0) / Math.max(1, peopleOf(side)), unit: "×", atMost: null, atLeast };
  };
  const windows = [...rounds.flat(), ...capacities.flatMap(({ steps }) => steps.map(({ window }) => window))];
  return {
    title: "A class against Janus's videoroom",
    figures: [
      room("receivers per core, class ÷ Janus as it comes", 1, LEAST.asItComes),
      room("receivers per core, class ÷ Janus with event_loops=1", 2, LEAST.oneLoop),
      told("CPU per packet, Janus as it comes ÷ class", cost(1), "×"),
      told("CPU per packet, Janus with event_loops=1 ÷ class", cost(2), "×"),
      ...names.map((name, side) => told(`${name}: CPU per packet`, usOf(side), "µs")),
      ...names.map((name, side) =>
        told(
          `${name}: receivers on one core${capacities[side]?.isOpen ? ", not yet the end" : ""}`,
          peopleOf(side),
          "",
        ),
      ),
    ],
    notes: [
      `CPU per packet: ${people} receivers of one camera of 500 kbit/s, median of ${rounds.length} alternating rounds. ` +
        "Receivers per core: people join until more than 0.1 % of the packets are lost or p95 is 50 ms, each step once " +
        "more before it counts as too many.",
      clientLimitNote(windows),
      machineNote(rounds.flat()),
    ],
    charts: [
      {
        kind: "lines",
        title: "p95 from the publisher's socket to the receiver's, one core",
        across: "receivers",
        up: "ms",
        limit: 50,
        series: names.map((name, side) => ({
          name,
          points: (capacities[side]?.steps ?? []).map(
            ({ people: count, window }) => [count, Math.min(120, window.p95Ms)] as [number, number],
          ),
        })),
      },
      {
        kind: "bars",
        title: "CPU per forwarded packet",
        unit: "µs",
        bars: names.map((label, side) => ({ label, value: usOf(side) })),
      },
    ],
  };
}
