import { median } from "./evidence/measured.ts";
import { hasTransportCc, withoutCongestionControl } from "./load/capabilities.ts";
import { clientLimitNote, machineNote } from "./load/client-limit.ts";
import { startLoadClient } from "./load/load-client.ts";
import { type LoadedClass, startLoadedClass } from "./load/loaded-class.ts";
import { alternate, medianRatio, type SideWindow } from "./load/windows.ts";
import { type BenchOptions, type Finding, runBench } from "./page/run-bench.ts";

/**
 * `npm run bench -- congestion-control [--quick] [--json FILE]`: what a class costs whose people's browsers can do
 * transport-wide congestion control, used where the server finds it worth its cost, against the same class of browsers
 * that cannot. A microphone, a camera in two simulcast layers and a screen share go to everybody.
 */
const SFU_CORE = 0;
const CLIENT_CORE = 1;
const MOST_RATIO = 1.25;

await runBench(measure);

async function measure({ isQuick, say }: BenchOptions): Promise<Finding> {
  const people = isQuick ? 30 : 80;
  const client = await startLoadClient({ core: CLIENT_CORE });
  const able = await startLoadedClass({ client, group: 1, people, core: SFU_CORE });
  const unable = await startLoadedClass({
    client,
    group: 2,
    people,
    core: SFU_CORE,
    capabilities: withoutCongestionControl,
  });
  try {
    for (const lesson of [able, unable]) {
      await lesson.publish("microphone");
      await lesson.publish("camera", ["thumbnail", "camera"]);
      await lesson.publish("screen", ["screen"]);
      say(`${people} people join`);
      await lesson.join(people);
    }
    const sides = [
      { name: "congestion control", group: 1, ssrcs: able.ssrcs, pids: able.pids },
      { name: "without", group: 2, ssrcs: unable.ssrcs, pids: unable.pids },
    ];
    const rounds = await alternate(client, sides, {
      rounds: isQuick ? 3 : 5,
      windowMs: isQuick ? 2_000 : 4_000,
      say,
    });
    return finding(people, controlledIn(able), rounds);
  } finally {
    await able.close();
    await unable.close();
    client.close();
  }
}

/** The sources of which packets are numbered for it, as the first listener has them. */
function controlledIn(lesson: LoadedClass): readonly string[] {
  const opened = lesson.listeners[0]?.opened ?? [];
  return opened.filter(({ rtpParameters }) => hasTransportCc(rtpParameters)).map(({ source }) => source);
}

function finding(
  people: number,
  controlled: readonly string[],
  rounds: readonly (readonly SideWindow[])[],
): Finding {
  const of = (side: number, figure: (window: SideWindow) => number) =>
    median(rounds.map((round) => (round[side] ? figure(round[side]) : Number.NaN)));
  const perPerson = (window: SideWindow) => (100 * window.cpuShare) / people;
  return {
    title: "What transport-wide congestion control costs a class",
    figures: [
      {
        what: "with it where it is needed ÷ without it, CPU per packet",
        value: medianRatio(rounds, [0, 1], (window) => window.usPerPacket),
        unit: "×",
        atMost: MOST_RATIO,
      },
      { what: "with it", value: of(0, (window) => window.usPerPacket), unit: "µs a packet", atMost: null },
      { what: "without it", value: of(1, (window) => window.usPerPacket), unit: "µs a packet", atMost: null },
      { what: "with it, per person", value: of(0, perPerson), unit: "% of a core", atMost: null },
      { what: "without it, per person", value: of(1, perPerson), unit: "% of a core", atMost: null },
    ],
    notes: [
      `A class of ${people}: microphone, camera in layers of 120 and 500 kbit/s, and a share of 2.3 Mbit/s. Numbered for ` +
        `congestion control: ${controlled.join(", ") || "nothing"}.`,
      clientLimitNote(rounds.flat()),
      machineNote(rounds.flat()),
    ],
    charts: [
      {
        kind: "bars",
        title: "CPU per packet, with congestion control and without",
        unit: "µs",
        bars: [
          { label: "where it is needed", value: of(0, (window) => window.usPerPacket) },
          { label: "without", value: of(1, (window) => window.usPerPacket) },
        ],
      },
    ],
  };
}
