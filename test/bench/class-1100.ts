import { availableParallelism } from "node:os";
import type { ConnectionId } from "../../server/protocol/ids.ts";
import type { Entered } from "../../server/protocol/views.ts";
import type { ClassClient } from "../support/class-client.ts";
import { capabilitiesFrom } from "../support/rtp-samples.ts";
import { type Figure, quantile } from "./evidence/measured.ts";
import { iceWayFrom } from "./load/ice-way.ts";
import { type LoadClient, monotonicMs, startLoadClient } from "./load/load-client.ts";
import { machineTicks } from "./load/process-use.ts";
import { filmParameters, soundParameters } from "./load/stream-parameters.ts";
import { pause } from "./load/windows.ts";
import { type BenchOptions, type Finding, runBench } from "./page/run-bench.ts";
import { type EventCost, type EventMedia, runOpeningEvent } from "./signalling/opening-event.ts";

/**
 * `npm run bench -- class-1100 [--quick] [--json FILE]`: an opening event with everybody's media: 1,100 people come, one
 * speaks, they hold for two minutes, ten raise a hand, slides turn, a share begins, all leave; and the same with 100 and
 * 300. People's sockets are four processes, their media is the load client; all share the machine with the server.
 */
const CLIENT_CORE = 1;
const GROUP = 1;
const SOUND_SSRC = 2_001;
const SHARE_SSRC = 2_002;
/** People come evenly, so many a second: the largest class in 20 s. */
const COMING_PER_S = 55;
const HOLD_MS = 120_000;
/** Smaller classes hold for less; what holding costs is counted for as long as the large one held. */
const SHORT_HOLD_MS = 10_000;
const SHARE_MS = 6_000;
const CLIENT_LOOK_MS = 2_000;
/** Everybody counts, who teaches too (MS22). */
const SHARE_HELD_ABOVE = 300;
const MEGABYTE = 1_048_576;

interface MediaCost {
  /** Who had the share's first whole keyframe, and when after it was begun. */
  readonly pictureMs: readonly number[];
  readonly connected: number;
  readonly soundLoss: number;
  readonly soundP95Ms: number;
  readonly idleShare: number;
  /** Of a core, by the load client while sound alone was sent, and what it lost in its own socket. */
  readonly clientShare: number;
  readonly clientLost: number;
}

type Cost = EventCost & MediaCost & { readonly holdMs: number };

await runBench(measure);

async function measure({ isQuick, say }: BenchOptions): Promise<Finding> {
  const sizes = isQuick ? [30, 100] : [100, 300, 1100];
  const costs: Cost[] = [];
  for (const people of sizes) {
    const isLargest = people === sizes.at(-1);
    const holdMs = isQuick ? 5_000 : isLargest ? HOLD_MS : SHORT_HOLD_MS;
    say(`${people} people come, and hold for ${holdMs / 1000} s`);
    costs.push(await runOne(people, holdMs, (1000 * people) / COMING_PER_S));
  }
  return finding(costs);
}

async function runOne(people: number, holdMs: number, spreadMs: number): Promise<Cost> {
  const client = await startLoadClient({ core: CLIENT_CORE });
  try {
    const { media, found } = loadedMedia(client, people);
    const cost = await runOpeningEvent({ people, spreadMs, holdMs, profileDir: null, media });
    return { ...cost, ...found(), holdMs };
  } finally {
    client.close();
  }
}

function loadedMedia(client: LoadClient, people: number) {
  let result: MediaCost | null = null;
  let speaker = 0;
  const before = machineTicks();
  const media: EventMedia = {
    workers: availableParallelism(),
    dtlsParameters: client.dtls,
    onTransport: (offer) => void client.addPeer(GROUP, iceWayFrom(offer)),
    async speak(staff, entered) {
      await ordered(staff, "media.capabilities", {
        rtpCapabilities: capabilitiesFrom(entered.rtpCapabilities),
      });
      const offer = await ordered(staff, "media.transport", { direction: "send" });
      await ordered(staff, "media.connect", { direction: "send", dtlsParameters: client.dtls });
      speaker = client.addPeer(0, iceWayFrom(offer));
      await client.up(1);
      const rtpParameters = soundParameters(SOUND_SSRC);
      await ordered(staff, "media.produce", { source: "microphone", rtpParameters });
      client.addSound(speaker, SOUND_SSRC);
    },
    async share(staff, entered, crowds) {
      const sound = await client.window(GROUP);
      const alone = { cpuMs: client.cpuMs(), at: monotonicMs() };
      await pause(CLIENT_LOOK_MS);
      const clientShare = (client.cpuMs() - alone.cpuMs) / (monotonicMs() - alone.at);
      const begunAt = monotonicMs();
      await ordered(staff, "media.produce", {
        source: "screen",
        rtpParameters: filmParameters([SHARE_SSRC]),
      });
      // What the server holds a large class's share to, its sender has done by itself.
      client.addFilm(speaker, SHARE_SSRC, people + 1 > SHARE_HELD_ABOVE ? "narrowScreen" : "screen");
      await crowds.view([{ connectionId: connectionIdOf(entered), source: "screen", width: 1280 }]);
      await pause(SHARE_MS);
      const joins = await client.joins(GROUP);
      const after = machineTicks();
      result = {
        clientShare,
        clientLost: (await client.window(GROUP)).socketDrops,
        connected: joins.filter(({ upAt }) => upAt > 0).length,
        pictureMs: joins.flatMap(({ streams }) => {
          const keyAt = streams.find(({ isVideo }) => isVideo)?.keyAt ?? 0;
          return keyAt > 0 ? [keyAt - begunAt] : [];
        }),
        soundLoss: Math.max(0, 1 - sound.received / sound.expected),
        soundP95Ms: sound.p95Ms,
        idleShare: (after.idle - before.idle) / (after.all - before.all),
      };
    },
  };
  const found = (): MediaCost => {
    if (!result) throw new Error("nothing was shared");
    return result;
  };
  return { media, found };
}

async function ordered(
  staff: ClassClient,
  ...[name, args]: Parameters<ClassClient["command"]>
): Promise<unknown> {
  const answer = await staff.command(name, args);
  if (!answer.ok) throw new Error(`${name}: ${answer.code} ${JSON.stringify(answer.details ?? "")}`);
  return answer.data;
}

function connectionIdOf(entered: Entered): ConnectionId {
  return entered.kind === "snapshot" ? entered.snapshot.you.connectionId : entered.you.connectionId;
}

function finding(costs: readonly Cost[]): Finding {
  const [smallest] = costs;
  const largest = costs.at(-1);
  const longest = Math.max(...costs.map(({ holdMs }) => holdMs));
  const perPerson = (cost: Cost) =>
    cost.cpuPerPersonMs + (cost.holdCpuShare * (longest - cost.holdMs)) / cost.people;
  const wholePerPerson = (cost: Cost) =>
    cost.wholeCpuPerPersonMs + (cost.wholeHoldCpuShare * (longest - cost.holdMs)) / cost.people;
  const figures = costs.flatMap((cost, index): Figure[] => {
    const isLargest = index === costs.length - 1;
    const of = (what: string, value: number, unit: string, atMost: number | null = null): Figure => {
      return { what: `${cost.people}: ${what}`, value, unit, atMost: isLargest ? atMost : null };
    };
    const ratioOf = (figure: (cost: Cost) => number) =>
      smallest ? figure(cost) / figure(smallest) : Number.NaN;
    return [
      of("all in", cost.allInMs / 1000, "s", 30),
      of("join p99", cost.joinP99Ms / 1000, "s", 3),
      of("hand to the last screen, p99", cost.handLastP99Ms, "ms", 150),
      of("slide, p99", cost.pageP99Ms, "ms", 300),
      of("first picture of the share, p95", quantile(cost.pictureMs, 0.95) / 1000, "s", 2),
      of("people whose media was never connected", cost.people - cost.connected, "", 0),
      of("people without a picture", cost.people - cost.pictureMs.length, "", 0),
      of("memory of the node process at most", cost.mostMemory / MEGABYTE, "MB", 600),
      of("sound lost until the share", 100 * cost.soundLoss, "%"),
      of("sound, p95", cost.soundP95Ms, "ms"),
      of("memory of the node process per person", cost.memoryPerPerson / 1024, "kB"),
      of("CPU of the node process per person", perPerson(cost), "ms"),
      of("CPU of node process and media workers per person", wholePerPerson(cost), "ms"),
      ...(index === 0
        ? []
        : [
            of(
              `CPU of the node process per person ÷ that at ${smallest?.people}`,
              ratioOf(perPerson),
              "×",
              1.2,
            ),
            of(`the same with the media workers`, ratioOf(wholePerPerson), "×", 1.2),
          ]),
    ];
  });
  return {
    title: `An opening event of ${costs.at(-1)?.people} people, with sound and a share`,
    figures,
    notes: [
      `People come evenly, ${COMING_PER_S} a second, each with a socket and a receive transport of their own. The largest ` +
        `held for ${longest / 1000} s. CPU per person is from the first to the last person's going, holding counted alike ` +
        "for all sizes. The machine was idle for " +
        `${costs.map((cost) => `${(100 * cost.idleShare).toFixed(0)} %`).join(", ")} of its time.`,
      ...(largest
        ? [
            `Of the machine's two cores the ${largest.people} people's own sockets took ` +
              `${largest.crowdCpuPerPersonMs.toFixed(1)} ms a person until they left, and their WebRTC clients ` +
              `${(100 * largest.clientShare).toFixed(0)} % of a core while one voice was sent to all; they lost ` +
              `${largest.clientLost} packets in their own socket.`,
          ]
        : []),
    ],
    charts: [
      {
        kind: "bars",
        title: "CPU of the node process per person",
        unit: "ms",
        bars: costs.map((cost) => ({ label: `${cost.people} people`, value: perPerson(cost) })),
      },
    ],
  };
}
