import { Wifi, WifiOff } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { fetchJoinView } from "../http/join-api.ts";
import { t } from "../i18n/t.ts";
import { Icon } from "../ui/icon.tsx";
import { type NetworkWords, networkWordsFrom } from "./network-words.ts";

const LOOKS = 3;
const AGAIN_MS = 10_000;

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
