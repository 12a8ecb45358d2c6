import { DoorClosed, DoorOpen, RotateCcw, Trash } from "lucide";
import { useState } from "preact/hooks";
import { MAIN_ROOM } from "../../../server/protocol/ids.ts";
import type { BreakoutsView } from "../../../server/protocol/views.ts";
import { t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { useClassroom } from "../classroom-context.ts";
import { PlanForm } from "./plan-form.tsx";
import { RoomBoard } from "./room-board.tsx";
import { RoomsControl } from "./rooms-control.tsx";
import "./breakouts.css";

/** Staff make rooms, put people into them, open and close them, and go where they are needed. */
export function BreakoutsDialog() {
  const { screen, view } = useClassroom();
  const [isReplanning, setReplanning] = useState(false);
  const { breakouts } = view.value;
  const close = () => {
    screen.dialog.value = null;
  };
  if (!breakouts || isReplanning) {
    return (
      <Dialog title={t("breakouts.title")} onClose={close}>
        <PlanForm onPlanned={() => setReplanning(false)} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t("breakouts.title")}
      onClose={close}
      isWide
      foot={<BoardButtons breakouts={breakouts} onReplan={() => setReplanning(true)} />}
    >
      {breakouts.status === "open" && <RoomsControl breakouts={breakouts} onEntered={close} />}
      <RoomBoard breakouts={breakouts} onEntered={close} />
    </Dialog>
  );
}

function BoardButtons({ breakouts, onReplan }: { breakouts: BreakoutsView; onReplan: () => void }) {
  const { act, view, linkId } = useClassroom();
  if (breakouts.status === "planned") {
    return (
      <>
        {breakouts.case && breakouts.openedAt !== null && (
          <a
            class="button"
            href={`/class/${encodeURIComponent(linkId)}/group-work`}
            target="_blank"
            rel="noopener"
          >
            {t("cases.score")}
          </a>
        )}
        <Button tone="quiet" icon={Trash} onClick={() => void act("breakouts.discard", {})}>
          {t("breakouts.discard")}
        </Button>
        <Button icon={RotateCcw} onClick={onReplan}>
          {t("breakouts.replan")}
        </Button>
        <Button tone="primary" icon={DoorOpen} onClick={() => void act("breakouts.open", {})}>
          {t("breakouts.open")}
        </Button>
      </>
    );
  }
  const isAway = view.value.you.room !== MAIN_ROOM;
  return (
    <>
      {isAway && (
        <Button onClick={() => void act("room.enter", { room: MAIN_ROOM })}>{t("breakouts.back")}</Button>
      )}
      <Button
        tone="primary"
        icon={DoorClosed}
        title={t("breakouts.close.hint")}
        onClick={() => void act("breakouts.close", {})}
      >
        {t("breakouts.close")}
      </Button>
    </>
  );
}
