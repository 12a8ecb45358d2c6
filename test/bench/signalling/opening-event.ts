import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Entered } from "../../../server/protocol/views.ts";
import { type ClassClient, connect } from "../../support/class-client.ts";
import { capabilitiesFrom, DTLS, OPUS } from "../../support/rtp-samples.ts";
import { startServerProcess } from "../../support/server-process.ts";
import { seedClass } from "../breakouts/seeded-class.ts";
import { quantile } from "../evidence/measured.ts";
import { cpuMsOf, familyOf } from "../load/process-use.ts";
import { preciseNow } from "./crowd-messages.ts";
import { type CrowdMedia, type Crowds, createCrowds } from "./crowds.ts";
import { memoryOf } from "./process-usage.ts";

const HANDS = 10;
const PAGES = 10;
const PAGE_EVERY_MS = 500;
const PROCESSES = 4;
/** Come and go before anything is measured: a server that has just started compiles itself first. */
const WARM_UP_PEOPLE = 100;

export interface EventOptions {
  readonly people: number;
  /** Everybody comes evenly within so long. */
  readonly spreadMs: number;
  readonly holdMs: number;
  /** Where Node's CPU profile goes; none without. */
  readonly profileDir: string | null;
  /** Everybody's media; without it nobody has any but the speaker. */
  readonly media?: EventMedia;
}

/** What a bench does with the media of an opening event. */
export interface EventMedia extends CrowdMedia {
  readonly workers: number;
  speak(staff: ClassClient, entered: Entered): Promise<void>;
  /** After hands and pages, while everybody is there. */
  share(staff: ClassClient, entered: Entered, crowds: Crowds): Promise<void>;
}

/** What one opening event cost and how fast it was. CPU is that of the server's Node process alone where nothing else is said. */
export interface EventCost {
  readonly people: number;
  readonly allInMs: number;
  readonly joinP99Ms: number;
  readonly handLastP99Ms: number;
  readonly pageP99Ms: number;
  readonly cpuPerPersonMs: number;
  readonly joinCpuPerPersonMs: number;
  readonly holdCpuShare: number;
  /** The same with what the server started: its media workers. */
  readonly wholeCpuPerPersonMs: number;
  readonly wholeHoldCpuShare: number;
  /** What the processes with people's sockets took. */
  readonly crowdCpuPerPersonMs: number;
  readonly mostMemory: number;
  readonly memoryPerPerson: number;
  /** How many screens did not know everybody in the end. */
  readonly screensBehind: number;
}

const waitFor = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** An opening event: people come, one speaks, ten raise a hand, slides turn, everybody leaves. */
export async function runOpeningEvent(options: EventOptions): Promise<EventCost> {
  const dataDir = await mkdtemp(join(tmpdir(), "balai-bench-"));
  const { instructor, participants, deckId } = await seedClass(dataDir, options.people);
  const { profileDir } = options;
  const nodeOptions = profileDir ? ["--cpu-prof", `--cpu-prof-dir=${profileDir}`] : [];
  const { media } = options;
  const server = await startServerProcess({ dataDir, nodeOptions, workers: media?.workers });
  const crowds = createCrowds(PROCESSES, media);
  try {
    const pid = server.pid();
    const link = (token: string) => `${server.url}/join#${token}`;
    const staff = await connect(link(instructor));
    const entered = await staff.enter("bench-device-staff");
    await staff.command("class.open", {});
    await (media ? media.speak(staff, entered) : speak(staff, entered.rtpCapabilities));
    await warmUp(participants.slice(0, WARM_UP_PEOPLE).map(link));
    const cpu = () => ({
      node: cpuMsOf([pid]),
      whole: cpuMsOf(familyOf(pid)),
      crowd: cpuMsOf(crowds.pids()),
    });
    const cpuAtStart = cpu();
    const memoryAtStart = await memoryOf(pid);

    const startAt = preciseNow();
    const joined = await crowds.join(participants.map(link), options.spreadMs);
    const cpuAtJoined = cpu();
    await waitFor(options.holdMs);
    const cpuAtHeld = cpu();

    await staff.command("deck.show", { deckId });
    await crowds.look();
    const raisedAt = await crowds.raise(HANDS);
    const turnedAt = await turnPages(staff);
    await waitFor(PAGE_EVERY_MS);
    const seen = await crowds.look();
    await media?.share(staff, entered, crowds);
    const memory = await memoryOf(pid);
    const { crowd } = cpu();
    await crowds.leave();
    await waitFor(1_000);
    const cpuAtEnd = cpu();
    staff.close();

    const receipts = seen.flatMap((one) => one.receipts);
    const lastOf = (what: string) =>
      Math.max(...receipts.filter((one) => one.what === what).map(({ at }) => at));
    const hands = Object.entries(raisedAt).map(([person, at]) => lastOf(person) - at);
    const pages = receipts.flatMap(({ what, at }) =>
      turnedAt.has(what) ? [at - (turnedAt.get(what) ?? 0)] : [],
    );
    if (pages.length !== PAGES * options.people) throw new Error(`${pages.length} pages were seen`);
    const { people } = options;
    return {
      people,
      allInMs: Math.max(...joined.map(({ lastAt }) => lastAt)) - startAt,
      joinP99Ms: quantile(
        joined.flatMap(({ tookMs }) => tookMs),
        0.99,
      ),
      handLastP99Ms: quantile(hands, 0.99),
      pageP99Ms: quantile(pages, 0.99),
      cpuPerPersonMs: (cpuAtEnd.node - cpuAtStart.node) / people,
      joinCpuPerPersonMs: (cpuAtJoined.node - cpuAtStart.node) / people,
      holdCpuShare: (cpuAtHeld.node - cpuAtJoined.node) / options.holdMs,
      wholeCpuPerPersonMs: (cpuAtEnd.whole - cpuAtStart.whole) / people,
      wholeHoldCpuShare: (cpuAtHeld.whole - cpuAtJoined.whole) / options.holdMs,
      crowdCpuPerPersonMs: (crowd - cpuAtStart.crowd) / people,
      mostMemory: memory.most,
      memoryPerPerson: (memory.now - memoryAtStart.now) / people,
      screensBehind: seen.flatMap(({ knows }) => knows).filter((known) => known < people + 1).length,
    };
  } finally {
    crowds.close();
    await server.close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function warmUp(links: readonly string[]): Promise<void> {
  const crowd = createCrowds(1);
  try {
    await crowd.join(links, 3_000);
    await crowd.leave();
  } finally {
    crowd.close();
  }
}

async function speak(staff: Awaited<ReturnType<typeof connect>>, rtpCapabilities: unknown): Promise<void> {
  await staff.command("media.capabilities", { rtpCapabilities: capabilitiesFrom(rtpCapabilities) });
  await staff.command("media.transport", { direction: "send" });
  await staff.command("media.connect", { direction: "send", dtlsParameters: DTLS });
  await staff.command("media.produce", { source: "microphone", rtpParameters: OPUS, paused: false });
}

async function turnPages(staff: Awaited<ReturnType<typeof connect>>): Promise<ReadonlyMap<string, number>> {
  const turnedAt = new Map<string, number>();
  for (let page = 2; page < PAGES + 2; page += 1) {
    turnedAt.set(`page ${page}`, preciseNow());
    await staff.command("page.turn", { page });
    await waitFor(PAGE_EVERY_MS);
  }
  return turnedAt;
}
