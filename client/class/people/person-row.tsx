import {
  EllipsisVertical,
  Hand,
  type IconNode,
  Mic,
  MicOff,
  MonitorUp,
  MonitorX,
  Video,
  VideoOff,
} from "lucide";
import { isStaff } from "../../../server/protocol/people.ts";
import { t } from "../../i18n/t.ts";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { Menu, MenuItem } from "../../ui/menu.tsx";
import { type Attendee, roomTitle } from "../attendees.ts";
import { useClassroom } from "../classroom-context.ts";
import { colourFrom, initialsFrom } from "../tiles/initials.ts";

/** One person of the list: who, where, what of theirs flows, and, for staff, what can be done. */
export function PersonRow({ attendee }: { attendee: Attendee }) {
  const { view, isStaff: isViewerStaff } = useClassroom();
  const { person, isYou } = attendee;
  const where =
    attendee.room === view.value.you.room
      ? null
      : (roomTitle(view.value, attendee.room) ?? t("breakouts.main"));
  const about = [
    isStaff(person.role) ? t(`role.${person.role}`) : person.institution,
    where && t("people.inRoom", { room: where }),
  ];
  return (
    <li class="person">
      <span class="person-badge" style={{ background: colourFrom(person.name) }} aria-hidden="true">
        {initialsFrom(person.name)}
      </span>
      <span class="person-words" title={[person.name, ...about].filter(Boolean).join("\n")}>
        <span class="person-name">{isYou ? t("tile.you", { name: person.name }) : person.name}</span>
        <small class="one-line">{about.filter(Boolean).join(" · ")}</small>
      </span>
      <States attendee={attendee} />
      {isViewerStaff.value && !isYou && <PersonMenu attendee={attendee} />}
    </li>
  );
}

function States({ attendee }: { attendee: Attendee }) {
  const { screenFrom, isMicrophoneLive, cameraFrom } = attendee;
  return (
    <span class="person-states">
      {screenFrom && <State icon={MonitorUp} words={t("people.sharing")} look="state-live" />}
      <State
        icon={isMicrophoneLive ? Mic : MicOff}
        words={t(isMicrophoneLive ? "people.mic.live" : "people.mic.off")}
        look={isMicrophoneLive ? "state-live" : ""}
      />
      {cameraFrom && <State icon={Video} words={t("people.camera.live")} look="state-live" />}
    </span>
  );
}

function State({ icon, words, look }: { icon: IconNode; words: string; look: string }) {
  return (
    <span class={look} title={words}>
      <Icon of={icon} size={18} />
      <span class="visually-hidden">{words}</span>
    </span>
  );
}

function PersonMenu({ attendee }: { attendee: Attendee }) {
  const { act } = useClassroom();
  const { person, handPlace, screenFrom, isMicrophoneLive, cameraFrom } = attendee;
  const { personId, name } = person;
  const hasNothing = handPlace === null && !screenFrom && !isMicrophoneLive && !cameraFrom;
  if (hasNothing) return null;
  return (
    <Menu
      label={t("people.menu", { name })}
      button={(attributes) => (
        <IconButton icon={EllipsisVertical} label={t("people.menu", { name })} {...attributes} />
      )}
    >
      {handPlace !== null && (
        <>
          <MenuItem icon={Hand} onClick={() => void act("hand.call", { personId })}>
            {t("hands.call")}
          </MenuItem>
          <MenuItem onClick={() => void act("hand.lower", { personId })}>{t("bar.lower")}</MenuItem>
        </>
      )}
      {isMicrophoneLive && (
        <MenuItem icon={MicOff} onClick={() => void act("media.silence", { personId, source: "microphone" })}>
          {t("people.mute")}
        </MenuItem>
      )}
      {cameraFrom && (
        <MenuItem icon={VideoOff} onClick={() => void act("media.silence", { personId, source: "camera" })}>
          {t("people.stopVideo")}
        </MenuItem>
      )}
      {screenFrom && (
        <MenuItem icon={MonitorX} onClick={() => void act("media.silence", { personId, source: "screen" })}>
          {t("people.stopShare")}
        </MenuItem>
      )}
    </Menu>
  );
}
