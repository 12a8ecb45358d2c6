import { X } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { t } from "../../i18n/t.ts";
import { IconButton } from "../../ui/button.tsx";
import { ChatPanel } from "../chat/chat-panel.tsx";
import { useClassroom } from "../classroom-context.ts";
import { HandQueue } from "../hands/hand-queue.tsx";
import type { PanelTab } from "../screen.ts";
import { SheetPanel } from "../sheet/sheet-panel.tsx";
import { sheetRoomFrom, stageSheetFrom } from "../sheet/sheet-room.ts";
import { PeopleList } from "./people-list.tsx";

const TABS: readonly { tab: PanelTab; title: "people.title" | "chat.title" | "sheet.tab" }[] = [
  { tab: "people", title: "people.title" },
  { tab: "chat", title: "chat.title" },
  { tab: "sheet", title: "sheet.tab" },
];

function focusFirst(panel: HTMLElement | null): void {
  const field =
    panel?.querySelector<HTMLElement>(".panel-body textarea") ??
    panel?.querySelector<HTMLElement>("[aria-selected=true]");
  field?.focus();
}

/** Participants with the hand queue on top, the chat, or the room's answer sheet: beside the stage, over it, or as a sheet on a phone. */
export function SidePanel({ tab: wanted }: { tab: PanelTab }) {
  const { screen, view } = useClassroom();
  // What is on the stage is not beside it too.
  const isOnStage = stageSheetFrom(view.value, screen.roomView.value) !== null;
  const sheetRoom = isOnStage ? null : sheetRoomFrom(view.value);
  const tabs = TABS.filter(({ tab: one }) => one !== "sheet" || sheetRoom !== null);
  // The rooms' sheet goes with its plan.
  const tab = wanted === "sheet" && sheetRoom === null ? "people" : wanted;
  const panel = useRef<HTMLElement>(null);
  const wasOpenAtStart = useRef(screen.isWide.peek());
  useEffect(() => {
    // The panel that is simply there on a wide screen takes no focus; one that was asked for does.
    if (wasOpenAtStart.current) wasOpenAtStart.current = false;
    else focusFirst(panel.current);
  }, [tab]);
  const close = () => {
    screen.panel.value = null;
    document.querySelector<HTMLElement>(`[data-panel-button=${tab}]`)?.focus();
  };
  const show = (to: PanelTab) => {
    screen.panel.value = to;
  };
  return (
    <aside
      ref={panel}
      class="panel"
      data-tab={tab}
      aria-label={t("panel.label")}
      onKeyDown={(event) => {
        if (event.key === "Escape" && !document.querySelector("[popover]:popover-open")) close();
      }}
    >
      <div class="panel-head">
        <div class="panel-tabs" role="tablist">
          {tabs.map((one) => (
            <button
              key={one.tab}
              type="button"
              role="tab"
              id={`tab-${one.tab}`}
              class="panel-tab"
              aria-selected={one.tab === tab}
              aria-controls="panel-body"
              tabIndex={one.tab === tab ? 0 : -1}
              onClick={() => show(one.tab)}
              onKeyDown={(event) => {
                const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
                const next = tabs.at((tabs.indexOf(one) + (step ?? 0)) % tabs.length);
                if (step && next) show(next.tab);
              }}
            >
              {t(one.title)}
            </button>
          ))}
        </div>
        <IconButton icon={X} label={t("panel.close")} onClick={close} />
      </div>
      <div id="panel-body" class="panel-body" role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === "people" && (
          <>
            <HandQueue />
            <PeopleList />
          </>
        )}
        {tab === "chat" && <ChatPanel />}
        {tab === "sheet" && sheetRoom && <SheetPanel roomId={sheetRoom} />}
      </div>
    </aside>
  );
}
