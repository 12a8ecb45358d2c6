import type { BreakoutRoomId } from "../../../server/protocol/ids.ts";
import { MAIN_ROOM } from "../../../server/protocol/ids.ts";
import { t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { roomTitle } from "../attendees.ts";
import { canPresent } from "../breakouts/presenting.ts";
import { useClassroom } from "../classroom-context.ts";
import { SheetPanel } from "../sheet/sheet-panel.tsx";

/** A room that works: its case and its answer sheet; in the main room the sheet that is presented. */
export function SheetStage({ roomId }: { roomId: BreakoutRoomId }) {
  const { view, act } = useClassroom();
  const isPresented = view.value.you.room === MAIN_ROOM;
  return (
    <div class="stage-sheet">
      {isPresented && (
        <div class="stage-sheet-head">
          <strong>{t("rooms.presented", { room: roomTitle(view.value, roomId) ?? "" })}</strong>
          {canPresent(view.value, roomId) && (
            <Button onClick={() => void act("sheet.hide", {})}>{t("rooms.present.stop")}</Button>
          )}
        </div>
      )}
      <SheetPanel roomId={roomId} />
    </div>
  );
}
