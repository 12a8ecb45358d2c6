/** `good`: all well; `fair`: noticeable; `poor`: pictures should go; `lost`: nothing arrives. */
export type NetworkQuality = "good" | "fair" | "poor" | "lost";

/** One look at the line; null where nothing can be said yet. */
export interface NetworkSample {
  /** False while a transport that was connected is not. */
  readonly isConnected: boolean;
  readonly roundTripMs: number | null;
  /** Packets lost of those sent to us or by us since the last look, 0 to 1, the worse of the two. */
  readonly lossShare: number | null;
  readonly availableOutgoingBps: number | null;
}

/** ITU-T G.114 calls up to 150 ms one way good and 400 ms the limit; loss above 3 % is heard in spite of FEC. */
const FAIR = { roundTripMs: 300, lossShare: 0.03, availableOutgoingBps: 250_000 } as const;
const POOR = { roundTripMs: 700, lossShare: 0.1, availableOutgoingBps: 80_000 } as const;

/** What one sample says by itself. */
export function networkQualityFrom(sample: NetworkSample): NetworkQuality {
  if (!sample.isConnected) return "lost";
  if (isWorseThan(sample, POOR)) return "poor";
  if (isWorseThan(sample, FAIR)) return "fair";
  return "good";
}

function isWorseThan(sample: NetworkSample, bound: typeof FAIR | typeof POOR): boolean {
  const { roundTripMs, lossShare, availableOutgoingBps } = sample;
  return (
    (roundTripMs ?? 0) > bound.roundTripMs ||
    (lossShare ?? 0) > bound.lossShare ||
    (availableOutgoingBps ?? Number.POSITIVE_INFINITY) < bound.availableOutgoingBps
  );
}

/** What to show: a loss at once, anything else when two looks in a row agree on it. */
export function steadyQualityFrom(
  shown: NetworkQuality,
  previous: NetworkQuality,
  latest: NetworkQuality,
): NetworkQuality {
  if (latest === "lost" || shown === "lost") return latest;
  return previous === latest ? latest : shown;
}
