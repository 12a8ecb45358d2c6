import { median } from "../evidence/measured.ts";
import type { LoadClient, LoadWindow } from "./load-client.ts";
import { cpuMsOf, machineTicks } from "./process-use.ts";

const SETTLE_MS = 1_000;
/** A window in which a hypervisor took more than this is thrown away. */
const MOST_STEAL = 0.1;
/** As is one in which less than this of the packets of earlier ones came. */
const LEAST_OF_USUAL = 0.75;
/** So many may be thrown away before the bench goes on with what it has. */
const MOST_THROWN_AWAY = 10;

/** One side of a comparison: whose CPU counts, and what is sent to it while it is measured. */
export interface Side {
  readonly name: string;
  readonly group: number;
  readonly ssrcs: readonly number[];
  /** The first is the one that signals; media workers follow, where they are processes of their own. */
  pids(): readonly number[];
}

/** What a side did in one window. */
export interface SideWindow extends LoadWindow {
  readonly cpuShare: number;
  readonly usPerPacket: number;
  /** Of that, by the process that signals. */
  readonly mainUsPerPacket: number;
  readonly packetsPerS: number;
  readonly lossShare: number;
  readonly stealShare: number;
  readonly idleShare: number;
  /** Of a core, by the load client itself. */
  readonly clientShare: number;
}

export const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Lets only this side's publishers speak, waits, and measures. */
export async function measureSide(client: LoadClient, side: Side, windowMs: number): Promise<SideWindow> {
  client.setHushed(side.ssrcs, false);
  await pause(SETTLE_MS);
  const pids = side.pids();
  client.mark(side.group);
  const main = pids.slice(0, 1);
  const before = {
    cpu: cpuMsOf(pids),
    main: cpuMsOf(main),
    client: client.cpuMs(),
    machine: machineTicks(),
    at: performance.now(),
  };
  await pause(windowMs);
  const window = await client.window(side.group);
  const elapsedMs = performance.now() - before.at;
  const machine = machineTicks();
  const cpuMs = cpuMsOf(pids) - before.cpu;
  client.setHushed(side.ssrcs, true);
  const ticks = Math.max(1, machine.all - before.machine.all);
  return {
    ...window,
    cpuShare: cpuMs / elapsedMs,
    usPerPacket: (1000 * cpuMs) / window.packets,
    mainUsPerPacket: (1000 * (cpuMsOf(main) - before.main)) / window.packets,
    packetsPerS: (1000 * window.packets) / elapsedMs,
    lossShare: Math.max(0, 1 - window.received / window.expected),
    stealShare: (machine.steal - before.machine.steal) / ticks,
    idleShare: (machine.idle - before.machine.idle) / ticks,
    clientShare: (client.cpuMs() - before.client) / elapsedMs,
  };
}

export interface Rounds {
  readonly rounds: number;
  readonly windowMs: number;
  readonly say: (line: string) => void;
}

/** Measures the sides one after the other, again and again: `rounds` windows of each, in the order of the sides. */
export async function alternate(
  client: LoadClient,
  sides: readonly Side[],
  { rounds, windowMs, say }: Rounds,
): Promise<readonly (readonly SideWindow[])[]> {
  for (const side of sides) client.setHushed(side.ssrcs, true);
  const kept: SideWindow[][] = [];
  let thrownAway = 0;
  while (kept.length < rounds) {
    const round: SideWindow[] = [];
    for (const side of sides) {
      const window = await measureSide(client, side, windowMs);
      say(`${side.name}: ${told(window)}`);
      round.push(window);
    }
    const why = troubleIn(round, kept);
    if (why !== null && thrownAway < MOST_THROWN_AWAY) {
      thrownAway += 1;
      say(`thrown away: ${why}`);
    } else kept.push(round);
  }
  return kept;
}

/** Why a round says nothing about its sides; null where it does. */
function troubleIn(round: readonly SideWindow[], before: readonly (readonly SideWindow[])[]): string | null {
  if (round.some((window) => window.stealShare > MOST_STEAL))
    return "the machine's host took more than a tenth";
  const isSlow = round.some(({ packetsPerS }, side) => {
    // Not a number before there is one, to which nothing compares.
    const usual = median(before.map((one) => one[side]?.packetsPerS ?? 0));
    return packetsPerS === 0 || packetsPerS < LEAST_OF_USUAL * usual;
  });
  return isSlow ? "the load client, or a server, did not get the processor" : null;
}

function told(window: SideWindow): string {
  const parts = [
    `${window.usPerPacket.toFixed(2)} µs a packet (${window.mainUsPerPacket.toFixed(2)} outside the media worker)`,
    `${Math.round(window.packetsPerS)} packets/s`,
    `${(100 * window.cpuShare).toFixed(0)} % of a core`,
    `loss ${(100 * window.lossShare).toFixed(3)} %`,
    `p95 ${window.p95Ms.toFixed(1)} ms`,
    `machine idle ${(100 * window.idleShare).toFixed(0)} %`,
    `steal ${(100 * window.stealShare).toFixed(0)} %`,
  ];
  return parts.join(", ");
}

/** The median over rounds of one side's figure divided by another's of the same round. */
export function medianRatio(
  rounds: readonly (readonly SideWindow[])[],
  [a, b]: readonly [number, number],
  of: (window: SideWindow) => number,
): number {
  return median(
    rounds.map((round) => {
      const [one, other] = [round[a], round[b]];
      return one && other ? of(one) / of(other) : Number.NaN;
    }),
  );
}
