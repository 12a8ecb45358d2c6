import { formatTimer } from "../i18n/format.ts";
import { showToast } from "../ui/toasts.tsx";
import { addressOfMoment } from "./moment-address.ts";
import type { Player } from "./player.ts";
import { playerText } from "./player-words.ts";

/** Copies the address of this moment, and says so; without leave to copy the address itself is shown. */
export async function copyMoment({ playback }: Pick<Player, "playback">): Promise<void> {
  const ms = playback.positionMs.peek();
  const address = addressOfMoment(location.href, ms);
  try {
    await navigator.clipboard.writeText(address);
    showToast({ tone: "good", text: playerText("control.copied", { time: formatTimer(ms) }) });
  } catch {
    showToast({ text: playerText("control.copyFailed", { address }) });
  }
}
