/** What one router of a class carries, as far as placing somebody needs to know. */
export interface BranchLoad {
  readonly peers: number;
  /** Consumers that flow. */
  readonly consumers: number;
}

/**
 * Consumers that one worker carries with room to spare: at 800 receivers of 500 kbit/s it stands at 79 % of a core and
 * begins to lose packets (docs/performance.md).
 */
export const CONSUMERS_PER_ROUTER = 500;
/** People come before they receive: so many consumers are expected of each, a voice and a share. */
const EXPECTED_CONSUMERS = 2;

/** The greater of what it carries and what its people are expected to receive. */
export function loadFrom({ peers, consumers }: BranchLoad): number {
  return Math.max(consumers, peers * EXPECTED_CONSUMERS);
}

/**
 * Which router the next peer of a class is placed on, by index; null for a new one (MS17). The first one that still
 * carries more is filled before another begins: a class on one router carries nothing twice.
 */
export function placementFrom(
  branches: readonly BranchLoad[],
  limits: { readonly consumersPerRouter: number; readonly maxBranches: number },
): number | null {
  const loads = branches.map(loadFrom);
  const roomy = loads.findIndex((load) => load < limits.consumersPerRouter);
  if (roomy !== -1) return roomy;
  if (branches.length < limits.maxBranches) return null;
  return loads.indexOf(Math.min(...loads));
}

/** How many more people a class may place on these routers, and on so many workers that have none of it yet (EG1). */
export function roomFrom(
  branches: readonly BranchLoad[],
  limits: { readonly consumersPerRouter: number; readonly freeWorkers: number },
): number {
  const loads = [...branches.map(loadFrom), ...Array.from({ length: limits.freeWorkers }, () => 0)];
  const free = loads.map((load) => Math.max(0, limits.consumersPerRouter - load));
  return Math.ceil(free.reduce((sum, consumers) => sum + consumers, 0) / EXPECTED_CONSUMERS);
}
