import { writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Figure, machine, tableFrom } from "./evidence/measured.ts";
import { type EventCost, runOpeningEvent } from "./signalling/opening-event.ts";

/**
 * `npm run bench -- signalling [--people 100,300,1100] [--hold SECONDS] [--spread SECONDS] [--json FILE] [--profile DIR]`:
 * an opening event over real sockets on loopback, at several sizes, with nobody's media but the speaker's. People and
 * server share the machine's cores; CPU and memory are those of the server's Node process. Ends with 1 where the
 * largest misses a figure.
 */
const { values } = parseArgs({
  options: {
    people: { type: "string", default: "100,300,1100" },
    hold: { type: "string", default: "120" },
    spread: { type: "string", default: "20" },
    json: { type: "string" },
    profile: { type: "string" },
  },
});
const MEGABYTE = 1_048_576;
const say = (line: string) => process.stderr.write(`${line}\n`);

const costs: EventCost[] = [];
for (const people of values.people.split(",").map(Number)) {
  say(`${people} people`);
  costs.push(
    await runOpeningEvent({
      people,
      spreadMs: 1000 * Number(values.spread),
      holdMs: 1000 * Number(values.hold),
      profileDir: values.profile ?? null,
    }),
  );
}
const figures = costs.flatMap((cost) => figuresOf(cost, costs[0]));
process.stdout.write(`${tableFrom(figures)}\n`);
if (values.json) {
  await writeFile(
    values.json,
    `${JSON.stringify({ machine: machine(), options: values, costs, figures }, null, 2)}\n`,
  );
}
process.exitCode = figures.every(({ value, atMost }) => atMost === null || value <= atMost) ? 0 : 1;

function figuresOf(cost: EventCost, smallest: EventCost | undefined): Figure[] {
  const { people } = cost;
  const of = (what: string, value: number, unit: string, atMost: number | null): Figure => {
    return { what: `${people}: ${what}`, value, unit, atMost };
  };
  const figures = [
    of("all in", cost.allInMs / 1000, "s", 30),
    of("join p99", cost.joinP99Ms, "ms", 3_000),
    of("hand to the last screen, p99", cost.handLastP99Ms, "ms", 150),
    of("slide, p99", cost.pageP99Ms, "ms", 300),
    of("screens that do not know everybody", cost.screensBehind, "", 0),
    of("memory of the process at most", cost.mostMemory / MEGABYTE, "MB", 600),
    of("memory per person", cost.memoryPerPerson / 1024, "kB", people >= 1_000 ? 60 : null),
    of("CPU per person, coming", cost.joinCpuPerPersonMs, "ms", null),
    of("CPU while holding", 100 * cost.holdCpuShare, "% of a core", null),
    of("CPU per person in all", cost.cpuPerPersonMs, "ms", null),
  ];
  if (!smallest || smallest === cost) return figures;
  const ratio = cost.cpuPerPersonMs / smallest.cpuPerPersonMs;
  return [
    ...figures,
    of(`CPU per person against ${smallest.people}`, ratio, "×", people >= 1_000 ? 1.2 : null),
  ];
}
