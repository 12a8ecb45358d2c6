import type { BreakoutRoom } from "../../../server/protocol/events.ts";
import { t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { nameOf } from "../attendees.ts";
import { useClassroom } from "../classroom-context.ts";
import { shortNameFrom } from "../tiles/initials.ts";
import { membersOf } from "./rooms-from.ts";
import "./breakouts.css";

/** A participant chooses a room that is not full yet. */
export function ChooseRoomDialog() {
  const { screen, view } = useClassroom();
  const { breakouts } = view.value;
  const close = () => {
    screen.dialog.value = null;
  };
  return (
    <Dialog title={t("rooms.choose")} onClose={close}>
      <ul class="choose-rooms">
        {breakouts?.rooms.map((room) => (
          <RoomChoice key={room.roomId} room={room} onChosen={close} />
        ))}
      </ul>
    </Dialog>
  );
}

function RoomChoice({ room, onChosen }: { room: BreakoutRoom; onChosen: () => void }) {
  const { view, act } = useClassroom();
  const { breakouts, you } = view.value;
  if (breakouts?.placing.kind !== "chosen") return null;
  const { limit } = breakouts.placing;
  const members = membersOf(breakouts, room.roomId);
  const isOwn = breakouts.assignment[you.personId] === room.roomId;
  const isFull = members.length >= limit && !isOwn;
  const choose = async () => {
    if (await act("room.choose", { roomId: room.roomId })) onChosen();
  };
  return (
    <li class="choose-room">
      <span class="choose-room-words">
        <strong>{room.title}</strong>
        <small class="soft">
          <span class="figures">{t("rooms.choose.places", { taken: members.length, limit })}</span>
          {members.length > 0 &&
            ` · ${members.map((id) => shortNameFrom(nameOf(view.value, id))).join(", ")}`}
        </small>
      </span>
      {isOwn && <span class="badge badge-good">{t("rooms.choose.yours")}</span>}
      {isFull && <span class="badge">{t("rooms.choose.full")}</span>}
      {!isOwn && !isFull && (
        <Button
          tone="primary"
          aria-label={t("rooms.choose.this", { room: room.title })}
          onClick={() => void choose()}
        >
          {t("rooms.choose")}
        </Button>
      )}
    </li>
  );
}
