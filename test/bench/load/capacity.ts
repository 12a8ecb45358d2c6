import type { LoadClient } from "./load-client.ts";
import { measureSide, type Side, type SideWindow } from "./windows.ts";

const MOST_LOSS = 0.001;
const MOST_P95_MS = 50;

export interface CapacityStep {
  readonly people: number;
  readonly window: SideWindow;
}

export interface Capacity {
  /** The most people at which every window was good. */
  readonly people: number;
  /** The last step was good: there may be room for more. */
  readonly isOpen: boolean;
  readonly steps: readonly CapacityStep[];
}

export interface CapacityOptions {
  readonly from: number;
  readonly most: number;
  /** Each step has so many times the people of the one before. */
  readonly growth: number;
  readonly windowMs: number;
  join(people: number): Promise<void>;
  say(line: string): void;
}

export function isGood({ lossShare, p95Ms, flowing }: SideWindow, people: number): boolean {
  return lossShare < MOST_LOSS && p95Ms < MOST_P95_MS && flowing >= people;
}

/** Lets more and more people join until packets are lost or late, twice at the same number. */
export async function capacityOf(
  client: LoadClient,
  side: Side,
  options: CapacityOptions,
): Promise<Capacity> {
  const steps: CapacityStep[] = [];
  let last = 0;
  for (let people = options.from; people <= options.most; people = Math.ceil(people * options.growth)) {
    try {
      await options.join(people);
    } catch (error) {
      options.say(`${side.name}, ${people} people: ${String(error)}`);
      return { people: last, isOpen: false, steps };
    }
    let window = await measureSide(client, side, options.windowMs);
    // Once more: something else may have had the core.
    if (!isGood(window, people)) window = await measureSide(client, side, options.windowMs);
    steps.push({ people, window });
    const found = `loss ${(100 * window.lossShare).toFixed(3)} %, p95 ${window.p95Ms.toFixed(1)} ms`;
    options.say(
      `${side.name}, ${people} people: ${found}, ${(100 * window.cpuShare).toFixed(0)} % of a core`,
    );
    if (!isGood(window, people)) return { people: last, isOpen: false, steps };
    last = people;
  }
  return { people: last, isOpen: true, steps };
}
