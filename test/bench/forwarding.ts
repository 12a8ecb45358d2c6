import { median } from "./evidence/measured.ts";
import { startBareSfu } from "./load/bare-sfu.ts";
import { capabilitiesLike } from "./load/capabilities.ts";
import { clientLimitNote, machineNote } from "./load/client-limit.ts";
import { startLoadClient } from "./load/load-client.ts";
import { startLoadedClass } from "./load/loaded-class.ts";
import { alternate, medianRatio } from "./load/windows.ts";
import { type BenchOptions, type Finding, runBench } from "./page/run-bench.ts";

/**
 * `npm run bench -- forwarding [--quick] [--json FILE]`: CPU per forwarded packet of a class on a real server (sockets,
 * presence, subscriptions, the media worker) against mediasoup alone with the same worker binary, both carrying one
 * microphone and one camera to the same number of people, with the same header extensions and feedback.
 */
const SFU_CORE = 0;
const CLIENT_CORE = 1;
const MOST_RATIO = 1.05;

await runBench(measure);

async function measure({ isQuick, say }: BenchOptions): Promise<Finding> {
  const people = isQuick ? 60 : 200;
  const client = await startLoadClient({ core: CLIENT_CORE });
  const lesson = await startLoadedClass({ client, group: 1, people, core: SFU_CORE });
  try {
    await lesson.publish("microphone");
    await lesson.publish("camera", ["camera"]);
    say(`${people} people join a class, and as many mediasoup alone`);
    await lesson.join(people);
    const opened = lesson.listeners[0]?.opened ?? [];
    const capabilities = capabilitiesLike(opened);
    const bare = await startBareSfu({ client, group: 2, core: SFU_CORE, capabilities });
    await bare.publish();
    await bare.publish(["camera"]);
    await bare.join(people);
    const sides = [
      { name: "class", group: 1, ssrcs: lesson.ssrcs, pids: lesson.pids },
      { name: "mediasoup alone", group: 2, ssrcs: bare.ssrcs, pids: bare.pids },
    ];
    const rounds = await alternate(client, sides, {
      rounds: isQuick ? 3 : 5,
      windowMs: isQuick ? 2_000 : 4_000,
      say,
    });
    bare.close();
    return finding(people, rounds);
  } finally {
    await lesson.close();
    client.close();
  }
}

function finding(people: number, rounds: Awaited<ReturnType<typeof alternate>>): Finding {
  const usOf = (side: number) => median(rounds.map((round) => round[side]?.usPerPacket ?? Number.NaN));
  const lossOf = (side: number) => median(rounds.map((round) => round[side]?.lossShare ?? Number.NaN));
  const ratio = medianRatio(rounds, [0, 1], (window) => window.usPerPacket);
  return {
    title: "CPU per forwarded packet: a class against mediasoup alone",
    figures: [
      { what: "class ÷ mediasoup alone", value: ratio, unit: "×", atMost: MOST_RATIO },
      {
        what: `class of ${people}: server and media worker`,
        value: usOf(0),
        unit: "µs a packet",
        atMost: null,
      },
      { what: `mediasoup alone, ${people} listeners`, value: usOf(1), unit: "µs a packet", atMost: null },
      { what: "class: packets lost", value: 100 * lossOf(0), unit: "%", atMost: null },
      { what: "mediasoup alone: packets lost", value: 100 * lossOf(1), unit: "%", atMost: null },
    ],
    notes: [
      `One microphone (50 packets/s) and one camera of 500 kbit/s to each of ${people} people; the whole server's CPU ` +
        `counts, not the worker's alone. Median of ${rounds.length} rounds of one window each.`,
      clientLimitNote(rounds.flat()),
      machineNote(rounds.flat()),
    ],
    charts: [
      {
        kind: "bars",
        title: "CPU per forwarded packet",
        unit: "µs",
        bars: [
          { label: "class", value: usOf(0) },
          { label: "mediasoup alone", value: usOf(1) },
        ],
      },
    ],
  };
}
