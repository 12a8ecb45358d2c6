import { seededRandom } from "../../support/seeded-random.ts";
import { type Activity, classTraffic, isLarge, recordedTracks } from "./class-traffic.ts";
import type { MeasuredCosts } from "./measured-costs.ts";

/** What is to be held at the same time, on which machines. */
export interface Scenario {
  readonly people: number;
  readonly classes: number;
  /** Cores of a node. */
  readonly cores: number;
  /** What a node's network card carries, in bits a second. */
  readonly networkBits: number;
  readonly isRecorded: boolean;
  readonly seed: number;
}

/** The busiest moment of a morning. */
export interface Sizing {
  readonly nodes: number;
  /** The busiest node's cores in use, from 0 to 1. */
  readonly cpuShare: number;
  /** The busiest node's one Node process, which has one core, from 0 to 1. */
  readonly processShare: number;
  /** Of the busiest node, in bits a second. */
  readonly networkBits: number;
  /** Of the fullest node. */
  readonly memoryBytes: number;
  /** Seconds of work for the busiest survivor to take in those of a node that died. */
  readonly takeoverS: number;
}

/** Loads above these leave no room for what a simulation does not know. */
const MOST_CPU = 0.7;
const MOST_PROCESS = 0.6;
const MOST_NETWORK = 0.7;
/** With a node dead the others may be fuller, for a while. */
const MOST_CPU_AFTER_LOSS = 0.95;

/** As `RECORDING_TRACKS` has it. */
const MAX_TRACKS = 40;

const STEP_S = 5;
const MORNING_STEPS = 480;
/** People come from twelve minutes before the hour to five after it, most of them shortly before. */
const COMING_STEPS = (17 * 60) / STEP_S;
const PEAK_STEP = (12 * 60) / STEP_S;
const ACTIVITIES: readonly { readonly activity: Activity; readonly share: number }[] = [
  { activity: "slides", share: 0.55 },
  { activity: "share", share: 0.25 },
  { activity: "discussion", share: 0.2 },
];
const ACTIVITY_STEPS = (6 * 60) / STEP_S;

interface SimulatedClass {
  readonly people: number;
  /** People who have come by each step, ascending. */
  readonly comingSteps: readonly number[];
  readonly activities: readonly Activity[];
  readonly node: number;
}

/**
 * The fewest nodes that hold the scenario, with room for the loss of one where there is more than one; null where a
 * single class is more than such a node carries.
 */
export function sizingFrom(scenario: Scenario, costs: MeasuredCosts): Sizing | null {
  for (let nodes = 1; nodes <= scenario.classes; nodes++) {
    const sizing = morningOf(scenario, costs, nodes);
    if (isEnough(sizing, scenario, nodes)) return sizing;
  }
  return null;
}

function isEnough(sizing: Sizing, { networkBits }: Scenario, nodes: number): boolean {
  const afterLoss = nodes === 1 ? sizing.cpuShare : (sizing.cpuShare * nodes) / (nodes - 1);
  return (
    sizing.cpuShare <= MOST_CPU &&
    sizing.processShare <= MOST_PROCESS &&
    sizing.networkBits <= MOST_NETWORK * networkBits &&
    afterLoss <= MOST_CPU_AFTER_LOSS
  );
}

/** A morning in steps of five seconds: all classes begin at the same hour, which is the worst. */
export function morningOf(scenario: Scenario, costs: MeasuredCosts, nodes: number): Sizing {
  const classes = classesOf(scenario, nodes);
  const busiest = { cpuShare: 0, processShare: 0, networkBits: 0 };
  for (let step = 0; step < MORNING_STEPS; step++) {
    const loads = Array.from({ length: nodes }, () => ({ workerMs: 0, processMs: 0, bits: 0, tracks: 0 }));
    for (const one of classes) {
      const load = loads[one.node];
      const present = countUntil(one.comingSteps, step);
      if (!load || present === 0) continue;
      const coming = present - countUntil(one.comingSteps, step - 1);
      const activity = one.activities[Math.floor(step / ACTIVITY_STEPS)] ?? "slides";
      const traffic = classTraffic(present, activity);
      load.workerMs += (traffic.packets * costs.packetUs) / 1_000 + (coming * costs.joinWorkerMs) / STEP_S;
      load.tracks += scenario.isRecorded ? recordedTracks(present) : 0;
      load.processMs += present * costs.personNodeMs + (coming * costs.joinNodeMs) / STEP_S;
      load.bits += traffic.bits;
    }
    for (const { workerMs, processMs, bits, tracks } of loads) {
      const recordingMs = 1_000 * costs.recordedTrackShare * Math.min(tracks, MAX_TRACKS);
      const cpuMs = workerMs + processMs + recordingMs;
      busiest.cpuShare = Math.max(busiest.cpuShare, cpuMs / (1_000 * scenario.cores));
      busiest.processShare = Math.max(busiest.processShare, processMs / 1_000);
      busiest.networkBits = Math.max(busiest.networkBits, bits);
    }
  }
  const fullest = Math.max(...peopleOf(classes, nodes));
  const moved = nodes === 1 ? fullest : Math.ceil(fullest / (nodes - 1));
  return {
    nodes,
    ...busiest,
    memoryBytes: costs.nodeBytes + fullest * costs.personBytes,
    takeoverS: (moved * Math.max(costs.joinNodeMs, costs.joinWorkerMs / scenario.cores)) / 1_000,
  };
}

/** Each class goes to the node that has the fewest people, as the cluster places it. */
function classesOf({ people, classes, seed }: Scenario, nodes: number): readonly SimulatedClass[] {
  const random = seededRandom(seed);
  const loads = Array.from({ length: nodes }, () => 0);
  return Array.from({ length: classes }, (_, index) => {
    const size = Math.floor((people * (index + 1)) / classes) - Math.floor((people * index) / classes);
    const node = loads.indexOf(Math.min(...loads));
    loads[node] = (loads[node] ?? 0) + size;
    const comingSteps = Array.from({ length: size }, () => comingStep(random)).toSorted((a, b) => a - b);
    const activities = Array.from({ length: MORNING_STEPS / ACTIVITY_STEPS + 1 }, () => {
      const activity = activityFrom(random());
      // At an opening event all look at the stage.
      return isLarge(size) && activity === "discussion" ? "slides" : activity;
    });
    return { people: size, comingSteps, activities, node };
  });
}

/** From a triangle that begins with the first who come, is highest at the hour, and ends with the last. */
function comingStep(random: () => number): number {
  const value = random();
  const rise = PEAK_STEP / COMING_STEPS;
  return value < rise
    ? Math.floor(Math.sqrt(value * COMING_STEPS * PEAK_STEP))
    : Math.floor(COMING_STEPS - Math.sqrt((1 - value) * COMING_STEPS * (COMING_STEPS - PEAK_STEP)));
}

function activityFrom(value: number): Activity {
  let rest = value;
  for (const { activity, share } of ACTIVITIES) {
    if (rest < share) return activity;
    rest -= share;
  }
  return "slides";
}

function peopleOf(classes: readonly SimulatedClass[], nodes: number): readonly number[] {
  const loads = Array.from({ length: nodes }, () => 0);
  for (const { node, people } of classes) loads[node] = (loads[node] ?? 0) + people;
  return loads;
}

/** How many of ascending steps are at most this one. */
function countUntil(steps: readonly number[], step: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) <= step) low = middle + 1;
    else high = middle;
  }
  return low;
}
