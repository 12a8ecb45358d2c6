import { useState } from "preact/hooks";
import type { BreakoutRoomId } from "../../../server/protocol/ids.ts";
import { isStaff } from "../../../server/protocol/people.ts";
import type { BreakoutsView } from "../../../server/protocol/views.ts";
import { t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { useClassroom } from "../classroom-context.ts";
import { shortNameFrom } from "../tiles/initials.ts";
import { type RoomBox, type RoomMember, roomsFrom } from "./rooms-from.ts";

/** All rooms with their people. A name is dragged into another room, or sent there with its select. */
export function RoomBoard({ breakouts, onEntered }: { breakouts: BreakoutsView; onEntered: () => void }) {
  const { view, attendees } = useClassroom();
  const boxes = roomsFrom(breakouts, view.value.people, attendees.value);
  return (
    <>
      <p class="breakouts-hint">{t("breakouts.drag")}</p>
      <div class="rooms">
        {boxes
          .filter((box) => box.roomId !== null || box.members.length > 0)
          .map((box) => (
            <Room key={box.roomId ?? "none"} box={box} breakouts={breakouts} onEntered={onEntered} />
          ))}
      </div>
    </>
  );
}

function Room(props: { box: RoomBox; breakouts: BreakoutsView; onEntered: () => void }) {
  const { box, breakouts, onEntered } = props;
  const { act, view } = useClassroom();
  const [isOver, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    const dropped = event.dataTransfer?.getData("text/plain");
    const personId = [...view.value.people.keys()].find((id) => id === dropped);
    if (personId) void act("breakouts.assign", { personId, roomId: box.roomId });
  };
  const title = box.title ?? t("breakouts.unassigned");
  return (
    <section
      class={isOver ? "room room-over" : "room"}
      aria-label={title}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div class="room-head">
        <h3 class="one-line">
          {title} <span class="soft figures">· {box.members.length}</span>
        </h3>
        {box.roomId && breakouts.status === "open" && (
          <EnterButton roomId={box.roomId} onEntered={onEntered} />
        )}
      </div>
      <ul class="room-people">
        {box.members.length === 0 && <li class="room-empty">{t("breakouts.nobody")}</li>}
        {box.members.map((member) => (
          <Member key={member.person.personId} member={member} roomId={box.roomId} breakouts={breakouts} />
        ))}
      </ul>
    </section>
  );
}

function EnterButton({ roomId, onEntered }: { roomId: BreakoutRoomId; onEntered: () => void }) {
  const { view, act } = useClassroom();
  if (view.value.you.room === roomId) return <span class="badge badge-good">{t("breakouts.here")}</span>;
  const enter = async () => {
    if (await act("room.enter", { room: roomId })) onEntered();
  };
  return (
    <Button tone="quiet" onClick={() => void enter()}>
      {t("breakouts.enter")}
    </Button>
  );
}

function Member(props: { member: RoomMember; roomId: BreakoutRoomId | null; breakouts: BreakoutsView }) {
  const { member, roomId, breakouts } = props;
  const { act } = useClassroom();
  const { personId, name, role } = member.person;
  if (isStaff(role)) {
    return (
      <li class="room-person">
        <span class="room-person-name">{shortNameFrom(name)}</span>
        <span class="badge">{t(`role.${role}`)}</span>
      </li>
    );
  }
  const assign = (to: string) => {
    const room = breakouts.rooms.find((one) => one.roomId === to);
    void act("breakouts.assign", { personId, roomId: room?.roomId ?? null });
  };
  return (
    <li
      class="room-person"
      draggable
      onDragStart={(event) => event.dataTransfer?.setData("text/plain", personId)}
      title={name}
    >
      <span class="room-person-name">
        {shortNameFrom(name)}
        {member.at === null && <span class="soft"> · {t("breakouts.absent")}</span>}
      </span>
      <select
        class="input"
        aria-label={t("breakouts.move", { name })}
        value={roomId ?? ""}
        onChange={(event) => assign(event.currentTarget.value)}
      >
        <option value="">–</option>
        {breakouts.rooms.map((room) => (
          <option key={room.roomId} value={room.roomId}>
            {room.title}
          </option>
        ))}
      </select>
    </li>
  );
}
