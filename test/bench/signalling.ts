import type { Figure } from "./evidence/measured.ts";
import { type BenchOptions, type Finding, runBench } from "./page/run-bench.ts";
import { type EventCost, runOpeningEvent } from "./signalling/opening-event.ts";

/**
 * `npm run bench -- signalling [--quick] [--json FILE]`: an opening event over real sockets on loopback, of 100 and of
 * 1,100 people, with nobody's media but the speaker's. People and server share the machine's cores; CPU and memory are
 * those of the server's Node process, whose CPU profile goes into the folder that PROFILE_DIR names.
 */
const SIZES = [100, 1100];
const QUICK_SIZES = [30, 100];
/** People come evenly, so many a second: the larger class in 20 s. */
const COMING_PER_S = 55;
const HOLD_MS = 20_000;
const QUICK_HOLD_MS = 3_000;
const MEGABYTE = 1_048_576;

await runBench(measure);

async function measure({ isQuick, say }: BenchOptions): Promise<Finding> {
  const costs: EventCost[] = [];
  for (const people of isQuick ? QUICK_SIZES : SIZES) {
    say(`${people} people come`);
    costs.push(
      await runOpeningEvent({
        people,
        spreadMs: (1000 * people) / COMING_PER_S,
        holdMs: isQuick ? QUICK_HOLD_MS : HOLD_MS,
        profileDir: process.env.PROFILE_DIR ?? null,
      }),
    );
  }
  const largest = costs.at(-1);
  return {
    title: `Signalling of an opening event of ${largest?.people} people`,
    figures: costs.flatMap((cost) => figuresOf(cost, costs[0], cost === largest)),
    notes: [
      `People come evenly, ${COMING_PER_S} a second, hold for ${(isQuick ? QUICK_HOLD_MS : HOLD_MS) / 1000} s, ten raise ` +
        "a hand, ten slides turn, all leave. Memory per person is what the process holds beyond what it held when a " +
        "hundred had come and gone. People's sockets are four processes on the same cores: they took " +
        `${largest?.crowdCpuPerPersonMs.toFixed(1)} ms of CPU a person.`,
    ],
  };
}

function figuresOf(cost: EventCost, smallest: EventCost | undefined, isLargest: boolean): readonly Figure[] {
  const of = (what: string, value: number, unit: string, atMost: number | null = null): Figure => {
    return { what: `${cost.people}: ${what}`, value, unit, atMost: isLargest ? atMost : null };
  };
  const figures = [
    of("all in", cost.allInMs / 1000, "s", 30),
    of("join p99", cost.joinP99Ms, "ms", 3_000),
    of("hand to the last screen, p99", cost.handLastP99Ms, "ms", 150),
    of("slide, p99", cost.pageP99Ms, "ms", 300),
    of("screens that do not know everybody", cost.screensBehind, "", 0),
    of("memory of the process at most", cost.mostMemory / MEGABYTE, "MB", 600),
    of("memory per person", cost.memoryPerPerson / 1024, "kB", 60),
    of("CPU per person, coming", cost.joinCpuPerPersonMs, "ms"),
    of("CPU while holding", 100 * cost.holdCpuShare, "% of a core"),
    of("CPU per person in all", cost.cpuPerPersonMs, "ms"),
  ];
  if (!smallest || smallest === cost) return figures;
  const ratio = cost.cpuPerPersonMs / smallest.cpuPerPersonMs;
  return [...figures, of(`CPU per person ÷ that at ${smallest.people}`, ratio, "×", 1.2)];
}
