import { X } from "lucide";
import { IconButton } from "../ui/button.tsx";
import { ChapterList } from "./chapter-list.tsx";
import { type PanelTab, usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";
import { SearchPanel } from "./search-panel.tsx";
import { StoryLog } from "./story-log.tsx";

const TABS: readonly PanelTab[] = ["chapters", "story", "search"];

/** Chapters, chat with hands, and search: beside the picture, on a phone below it. */
export function PlayerPanel({ tab, canClose }: { tab: PanelTab; canClose: boolean }) {
  const { panel, timeline } = usePlayer();
  const words = (one: PanelTab) =>
    playerText(one === "story" && !timeline.hasChat ? "panel.story.hands" : `panel.${one}`);
  const show = (one: PanelTab) => {
    panel.value = one;
    document.getElementById(`player-tab-${one}`)?.focus();
  };
  return (
    <aside class="panel player-panel" aria-label={playerText("panel.label")}>
      <div class="panel-head">
        <div class="panel-tabs" role="tablist">
          {TABS.map((one, index) => (
            <button
              key={one}
              type="button"
              role="tab"
              id={`player-tab-${one}`}
              class="panel-tab"
              aria-selected={one === tab}
              aria-controls="player-panel-body"
              tabIndex={one === tab ? 0 : -1}
              onClick={() => show(one)}
              onKeyDown={(event) => {
                const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
                const next = TABS.at((index + (step ?? 0)) % TABS.length);
                if (!step || !next) return;
                event.stopPropagation();
                show(next);
              }}
            >
              {words(one)}
            </button>
          ))}
        </div>
        {canClose && (
          <IconButton
            icon={X}
            label={playerText("panel.close")}
            onClick={() => {
              panel.value = null;
              document.querySelector<HTMLElement>("[data-panel-button]")?.focus();
            }}
          />
        )}
      </div>
      <div id="player-panel-body" class="panel-body" role="tabpanel" aria-labelledby={`player-tab-${tab}`}>
        {tab === "chapters" && <ChapterList />}
        {tab === "story" && <StoryLog />}
        {tab === "search" && <SearchPanel />}
      </div>
    </aside>
  );
}
