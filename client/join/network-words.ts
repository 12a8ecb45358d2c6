export type NetworkWords =
  | "join.network.good"
  | "join.network.fair"
  | "join.network.poor"
  | "join.network.none";

/** Pure: the network in words, from the median of a few round trips (ms); null is a request that failed. */
export function networkWordsFrom(roundTripsMs: readonly (number | null)[]): NetworkWords {
  const answered = roundTripsMs.filter((ms) => ms !== null).sort((a, b) => a - b);
  const median = answered[Math.floor(answered.length / 2)];
  if (median === undefined) return "join.network.none";
  if (answered.length < roundTripsMs.length || median > 600) return "join.network.poor";
  return median > 200 ? "join.network.fair" : "join.network.good";
}
