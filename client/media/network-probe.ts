import { type ReadonlySignal, signal } from "@preact/signals";
import type { Transport } from "mediasoup-client/types";
import type { MediaLog } from "./media-command.ts";
import {
  type NetworkQuality,
  type NetworkSample,
  networkQualityFrom,
  steadyQualityFrom,
} from "./network-quality.ts";

const PROBE_MS = 2_000;
/** Fewer packets than this say nothing about loss. */
const MIN_PACKETS = 20;

interface Counts {
  readonly lost: number;
  readonly received: number;
}

export interface NetworkProbe {
  readonly quality: ReadonlySignal<NetworkQuality>;
  /** A transport's state changed: looks at once. */
  look(): void;
  close(): void;
}

/** Looks at both transports' statistics every two seconds. */
export function createNetworkProbe(
  transports: () => readonly (Transport | null)[],
  log: MediaLog,
): NetworkProbe {
  const quality = signal<NetworkQuality>("good");
  let previous: NetworkQuality = "good";
  let counts: Counts = { lost: 0, received: 0 };

  async function look(): Promise<void> {
    const open = transports().filter(
      (transport): transport is Transport => transport !== null && !transport.closed,
    );
    const reports = await Promise.all(open.map((transport) => transport.getStats()));
    const stats = reports.flatMap((report) => [...report.values()]) as readonly StatsEntry[];
    const now = countsFrom(stats);
    const sample = sampleFrom(stats, now, counts, open.every(isUsable));
    counts = now;
    const latest = networkQualityFrom(sample);
    quality.value = steadyQualityFrom(quality.peek(), previous, latest);
    previous = latest;
  }

  const tryLook = () => {
    look().catch((error: unknown) => log("the line could not be looked at", error));
  };
  const timer = setInterval(tryLook, PROBE_MS);
  return { quality, look: tryLook, close: () => clearInterval(timer) };
}

function isUsable(transport: Transport): boolean {
  return transport.connectionState !== "disconnected" && transport.connectionState !== "failed";
}

/** The fields of `RTCStats` dictionaries that are read here (webrtc-stats). */
interface StatsEntry {
  readonly type: string;
  readonly state?: string;
  readonly currentRoundTripTime?: number;
  readonly availableOutgoingBitrate?: number;
  readonly packetsLost?: number;
  readonly packetsReceived?: number;
  readonly fractionLost?: number;
}

function countsFrom(stats: readonly StatsEntry[]): Counts {
  const inbound = stats.filter((entry) => entry.type === "inbound-rtp");
  return {
    lost: inbound.reduce((sum, entry) => sum + (entry.packetsLost ?? 0), 0),
    received: inbound.reduce((sum, entry) => sum + (entry.packetsReceived ?? 0), 0),
  };
}

function sampleFrom(
  stats: readonly StatsEntry[],
  now: Counts,
  before: Counts,
  isConnected: boolean,
): NetworkSample {
  const pairs = stats.filter((entry) => entry.type === "candidate-pair" && entry.state === "succeeded");
  const lost = Math.max(0, now.lost - before.lost);
  const received = Math.max(0, now.received - before.received);
  const inLoss = lost + received >= MIN_PACKETS ? lost / (lost + received) : null;
  const outLoss = maxOf(
    stats.filter((entry) => entry.type === "remote-inbound-rtp").map((entry) => entry.fractionLost),
  );
  const roundTrip = maxOf(pairs.map((pair) => pair.currentRoundTripTime));
  return {
    isConnected,
    roundTripMs: roundTrip === null ? null : roundTrip * 1_000,
    lossShare: maxOf([inLoss ?? undefined, outLoss ?? undefined]),
    availableOutgoingBps: maxOf(pairs.map((pair) => pair.availableOutgoingBitrate)),
  };
}

function maxOf(values: readonly (number | undefined)[]): number | null {
  const known = values.filter((value) => value !== undefined);
  return known.length === 0 ? null : Math.max(...known);
}
