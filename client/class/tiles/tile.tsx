import { Hand, MicOff } from "lucide";
import { t } from "../../i18n/t.ts";
import { Icon } from "../../ui/icon.tsx";
import type { Attendee } from "../attendees.ts";
import { useClassroom } from "../classroom-context.ts";
import { colourFrom, initialsFrom, shortNameFrom } from "./initials.ts";
import { useShownPicture, Video } from "./video.tsx";

/** One person's tile: the picture when it is there, initials until then and without one. */
export function Tile({ attendee, width }: { attendee: Attendee; width?: number }) {
  const { media, isLoud, screen } = useClassroom();
  const { person, isYou, cameraFrom } = attendee;
  const own = isYou && media.camera.state.value.status === "live" ? media.camera.track.value : null;
  const isWanted = !isYou && !screen.isSavingData.value;
  const element = useShownPicture<HTMLDivElement>(isWanted ? cameraFrom : null, "camera");
  const remote = isWanted && cameraFrom ? media.remoteTracks.value.get(`${cameraFrom}/camera`) : undefined;
  const track = own ?? remote;
  const isSpeaking = attendee.isMicrophoneLive && isLoud(attendee.connectionIds);
  const name = isYou ? t("tile.you", { name: person.name }) : person.name;
  const looks = ["tile", isSpeaking && "tile-speaking", own && "tile-mirrored"].filter(Boolean).join(" ");
  return (
    <div
      ref={element}
      class={looks}
      style={width ? { width: `${width}px` } : undefined}
      data-person={person.personId}
    >
      <div class="tile-initials" aria-hidden="true">
        <span style={{ background: colourFrom(person.name) }}>{initialsFrom(person.name)}</span>
      </div>
      {track && <Video track={track} />}
      {attendee.handPlace !== null && (
        <span class="tile-hand figures" title={t("tile.hand")}>
          <Icon of={Hand} size={16} />
          <span class="visually-hidden">{t("tile.hand")}</span>
          {attendee.handPlace}
        </span>
      )}
      <div class="tile-foot">
        <span class="tile-name" title={name}>
          {!attendee.isMicrophoneLive && <Icon of={MicOff} size={16} />}
          <span class="tile-name-full one-line">{name}</span>
          <span class="tile-name-short one-line">{shortNameFrom(person.name)}</span>
          <span class="visually-hidden">{isSpeaking ? t("tile.speaking") : ""}</span>
          {!attendee.isMicrophoneLive && <span class="visually-hidden">{t("tile.muted")}</span>}
        </span>
      </div>
    </div>
  );
}
