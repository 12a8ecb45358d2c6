import { parseArgs } from "node:util";
import { machine } from "./evidence/measured.ts";
import { MEASURED } from "./sizing/measured-costs.ts";
import { type Scenario, type Sizing, sizingFrom } from "./sizing/simulate.ts";

/**
 * `npm run bench -- sizing [--cores 8] [--network 1000] [--no-recording]`: how many machines a number of people needs,
 * by a simulated morning with measured costs. Nothing is measured here; it takes some seconds.
 */
const { values } = parseArgs({
  options: {
    cores: { type: "string", default: "4,8,16" },
    network: { type: "string", default: "1000,10000" },
    "no-recording": { type: "boolean", default: false },
    seed: { type: "string", default: "1" },
  },
});
const SIZES = [
  { people: 30, classes: 1 },
  { people: 300, classes: 10 },
  { people: 1_100, classes: 1 },
  { people: 3_000, classes: 60 },
  { people: 5_000, classes: 100 },
  { people: 10_000, classes: 200 },
] as const;
const GIGABYTE = 2 ** 30;

const numbers = (text: string) => text.split(",").map(Number);
const lines = numbers(values.network).flatMap((network) =>
  numbers(values.cores).flatMap((cores) =>
    SIZES.map((size) => {
      const scenario: Scenario = {
        ...size,
        cores,
        networkBits: 1_000_000 * network,
        isRecorded: !values["no-recording"],
        seed: Number(values.seed),
      };
      return lineOf(scenario, sizingFrom(scenario, MEASURED));
    }),
  ),
);
process.stdout.write(
  [
    `Costs as measured (test/bench/sizing/measured-costs.ts); simulated on ${machine().cpu}.`,
    "",
    "| people | classes | cores a node | network | nodes | busiest node: cores | its Node process | Mbit/s out | memory | a dead node's people are back after |",
    "|---|---|---|---|---|---|---|---|---|---|",
    ...lines,
    "",
  ].join("\n"),
);

function lineOf({ people, classes, cores, networkBits: card }: Scenario, sizing: Sizing | null): string {
  const head = [people.toLocaleString("en"), classes, cores, `${card / 1e9} Gbit/s`];
  if (!sizing) return `| ${[...head, "one class is more than a node", "", "", "", "", ""].join(" | ")} |`;
  const percent = (share: number) => `${Math.round(100 * share)} %`;
  const { nodes, cpuShare, processShare, networkBits, memoryBytes, takeoverS } = sizing;
  const cells = [
    ...head,
    nodes,
    percent(cpuShare),
    percent(processShare),
    Math.round(networkBits / 1_000_000),
    `${(memoryBytes / GIGABYTE).toFixed(1)} GB`,
    nodes === 1 ? "(one node)" : `${takeoverS.toFixed(1)} s`,
  ];
  return `| ${cells.join(" | ")} |`;
}
