import { Hand } from "lucide";
import { colourFrom, initialsFrom, shortNameFrom } from "../class/tiles/initials.ts";
import { Icon } from "../ui/icon.tsx";
import type { PersonThere } from "./moment-from.ts";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";
import { TrackVideo } from "./track-video.tsx";

/** One person of the recorded class: the camera where it was captured, else initials. */
export function PersonTile(props: { person: PersonThere; width?: number; onClick?: () => void }) {
  const { person, width, onClick } = props;
  const { nameOf, playback } = usePlayer();
  const name = nameOf(person.personId);
  const hasPicture = person.camera !== null && playback.mode.value === "full";
  const Part = onClick ? "button" : "div";
  return (
    <Part
      {...(onClick ? { type: "button" as const, onClick, title: playerText("control.enlarge.person") } : {})}
      class={person.isSpeaking ? "tile tile-speaking" : "tile"}
      style={width ? { width: `${width}px` } : undefined}
      data-person={person.personId}
    >
      <span class="tile-initials" aria-hidden="true">
        <span style={{ background: colourFrom(name) }}>{initialsFrom(name)}</span>
      </span>
      {hasPicture && person.camera && <TrackVideo track={person.camera} />}
      {person.hand && (
        <span class="tile-hand">
          <Icon of={Hand} size={16} />
          <span class="visually-hidden">{playerText("person.hand")}</span>
        </span>
      )}
      <span class="tile-foot">
        <span class="tile-name" title={name}>
          <span class="tile-name-full one-line">{name}</span>
          <span class="tile-name-short one-line">{shortNameFrom(name)}</span>
          {person.isSpeaking && <span class="visually-hidden">{playerText("person.speaking")}</span>}
        </span>
      </span>
    </Part>
  );
}
