import { AudioLines, Ellipsis, LifeBuoy, MicOff, Undo2 } from "lucide";
import { useState } from "preact/hooks";
import type { BreakoutRoomId, PersonId } from "../../../server/protocol/ids.ts";
import { isStaff } from "../../../server/protocol/people.ts";
import type { BreakoutsView } from "../../../server/protocol/views.ts";
import { formatTimer } from "../../i18n/format.ts";
import { t } from "../../i18n/t.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { nameOf } from "../attendees.ts";
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
    if (personId) {
      const from = breakouts.assignment[personId] ?? null;
      void act("breakouts.assign", { personId, roomId: box.roomId, from });
    }
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
          <RoomMenu roomId={box.roomId} title={title} onEntered={onEntered} />
        )}
        {box.roomId && <PresentButton roomId={box.roomId} breakouts={breakouts} onPresented={onEntered} />}
      </div>
      {box.roomId && breakouts.status === "open" && <RoomState box={box} />}
      <ul class="room-people">
        {box.members.length === 0 && <li class="room-empty">{t("breakouts.nobody")}</li>}
        {box.members.map((member) => (
          <Member key={member.person.personId} member={member} roomId={box.roomId} breakouts={breakouts} />
        ))}
      </ul>
    </section>
  );
}

/** Into the room, heard or not, or everybody out of it. */
function RoomMenu(props: { roomId: BreakoutRoomId; title: string; onEntered: () => void }) {
  const { roomId, title, onEntered } = props;
  const { view, act, media } = useClassroom();
  if (view.value.you.room === roomId) return <span class="badge badge-good">{t("breakouts.here")}</span>;
  const visit = async (isHeard: boolean) => {
    if (!isHeard) await media.microphone.mute();
    if (await act("room.enter", { room: roomId })) onEntered();
  };
  return (
    <span class="room-actions">
      <Button
        tone="quiet"
        aria-label={t("rooms.visit.room", { room: title })}
        onClick={() => void visit(true)}
      >
        {t("rooms.visit")}
      </Button>
      <Menu
        label={t("rooms.menu", { room: title })}
        button={(attributes) => (
          <IconButton icon={Ellipsis} label={t("rooms.menu", { room: title })} {...attributes} />
        )}
      >
        <MenuItem icon={MicOff} onClick={() => void visit(false)}>
          {t("rooms.visit.silent")}
        </MenuItem>
        <MenuItem icon={Undo2} onClick={() => void act("breakouts.recall", { roomId })}>
          {t("rooms.recall")}
        </MenuItem>
      </Menu>
    </span>
  );
}

/** After the work: the group's sheet on the stage. */
function PresentButton(props: { roomId: BreakoutRoomId; breakouts: BreakoutsView; onPresented: () => void }) {
  const { roomId, breakouts, onPresented } = props;
  const { act } = useClassroom();
  if (!breakouts.case || breakouts.status === "open" || breakouts.openedAt === null) return null;
  const isShown = breakouts.presentedRoom === roomId;
  const toggle = async () => {
    const done = isShown ? await act("sheet.hide", {}) : await act("sheet.present", { roomId });
    if (done && !isShown) onPresented();
  };
  return (
    <Button tone="quiet" onClick={() => void toggle()}>
      {t(isShown ? "rooms.present.stop" : "rooms.present")}
    </Button>
  );
}

/** Who speaks in the room now, and how many have not spoken yet. */
function RoomState({ box }: { box: RoomBox }) {
  const { overview, view } = useClassroom();
  if (!box.roomId) return null;
  const { speaking, spokenMs } = overview.value;
  const answers = overview.value.answers[box.roomId];
  const names = (speaking[box.roomId] ?? []).map((id) => shortNameFrom(nameOf(view.value, id)));
  const unheard = box.members.filter(
    ({ person, at }) => at !== null && !isStaff(person.role) && !spokenMs[person.personId],
  ).length;
  const isAsking = view.value.breakouts?.help.some((one) => one.roomId === box.roomId);
  return (
    <p class="room-state">
      {isAsking && (
        <span class="badge badge-wait">
          <Icon of={LifeBuoy} />
          {t("rooms.help")}
        </span>
      )}
      {names.length > 0 && (
        <span class="room-speaking">
          <Icon of={AudioLines} />
          {names.join(", ")}
        </span>
      )}
      {answers && (
        <span class="figures">{t("rooms.answers", { answered: answers.answered, of: answers.of })}</span>
      )}
      {unheard > 0 && <span class="soft figures">{t("rooms.unheard.count", { count: unheard })}</span>}
    </p>
  );
}

function Spoken({ personId, room }: { personId: PersonId; room: BreakoutRoomId | null }) {
  const { overview } = useClassroom();
  const { speaking, spokenMs } = overview.value;
  if (room && speaking[room]?.includes(personId)) {
    return <span class="room-speaking"> · {t("rooms.speaking")}</span>;
  }
  const ms = spokenMs[personId];
  return (
    <span class="soft figures">
      {" "}
      · {ms ? t("rooms.spoken", { time: formatTimer(ms) }) : t("rooms.unheard")}
    </span>
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
    void act("breakouts.assign", { personId, roomId: room?.roomId ?? null, from: roomId });
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
        {breakouts.status === "open" && member.at !== null && <Spoken personId={personId} room={roomId} />}
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
