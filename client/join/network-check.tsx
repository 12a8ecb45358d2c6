import { Wifi, WifiOff } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { fetchJoinView } from "../http/join-api.ts";
import { t } from "../i18n/t.ts";
import { Icon } from "../ui/icon.tsx";

const LOOKS = 3;
const AGAIN_MS = 10_000;

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

/** Asks the server a few small questions and says what the line is good for; anew every ten seconds. */
export function NetworkCheck({ linkId }: { linkId: string }) {
  const [words, setWords] = useState<NetworkWords | null>(null);
  useEffect(() => {
    let isOver = false;
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const roundTrips: (number | null)[] = [];
      for (let count = 0; count < LOOKS && !isOver; count++) roundTrips.push(await roundTripOf(linkId));
      if (isOver) return;
      setWords(networkWordsFrom(roundTrips));
      timer = setTimeout(() => void look(), AGAIN_MS);
    };
    void look();
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [linkId]);
  const isBad = words === "join.network.none" || words === "join.network.poor";
  return (
    <div class="field">
      <span class="field-label">{t("join.network")}</span>
      <p class={`join-network join-network-${words?.split(".").at(-1) ?? "measuring"}`} role="status">
        <Icon of={isBad ? WifiOff : Wifi} />
        <span>{t(words ?? "join.network.measuring")}</span>
      </p>
    </div>
  );
}

async function roundTripOf(linkId: string): Promise<number | null> {
  const startedAt = performance.now();
  const answer = await fetchJoinView(linkId);
  return !answer.ok && answer.code === "offline" ? null : performance.now() - startedAt;
}
