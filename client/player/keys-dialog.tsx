import { Dialog } from "../ui/dialog.tsx";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";

/** The keys that the player knows. */
export function KeysDialog() {
  const { isHelpShown } = usePlayer();
  const rows: readonly (readonly [keys: string, does: string])[] = [
    [playerText("keys.space"), playerText("keys.toggle")],
    ["J  L", playerText("keys.ten")],
    ["←  →", playerText("keys.five")],
    ["Shift + P  Shift + N", playerText("keys.chapters")],
    ["0 … 9", playerText("keys.share")],
    ["<  >", playerText("keys.speed")],
    ["↑  ↓", playerText("keys.volume")],
    ["M", playerText("keys.mute")],
    ["C", playerText("keys.captions")],
    ["T", playerText("keys.picture")],
    ["F", playerText("keys.fullScreen")],
    ["/", playerText("keys.search")],
    ["?", playerText("keys.help")],
  ];
  return (
    <Dialog
      title={playerText("keys.title")}
      onClose={() => {
        isHelpShown.value = false;
      }}
    >
      <dl class="shortcuts">
        {rows.map(([keys, does]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
