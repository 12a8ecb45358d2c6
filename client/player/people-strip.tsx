import { useMediaQuery } from "../ui/use-media-query.ts";
import { PersonTile } from "./person-tile.tsx";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";
import { SlidePicture } from "./slide-picture.tsx";
import { TrackVideo } from "./track-video.tsx";

/** So many pictures beside the large one: each costs a decoder, and chapters want their place. */
const MOST_TILES = 6;
const MOST_ABOVE_PANEL = 5;
const MOST_ABOVE_PANEL_OF_LAPTOP = 3;
const SCROLLED_BY_KEYS = { tabIndex: 0 };

/** Beside the large picture: what was swapped away, who speaks, and the others who were there. */
export function PeopleStrip() {
  const { layout, moment, choice, playback, panel } = usePlayer();
  const isBeside = useMediaQuery("(min-width: 1024px)") && panel.value !== null;
  const isLow = useMediaQuery("(max-height: 899px)");
  const mostAbove = isLow ? MOST_ABOVE_PANEL_OF_LAPTOP : MOST_ABOVE_PANEL;
  const most = isBeside ? mostAbove : MOST_TILES;
  const { large, small } = layout.value;
  const { mainSpeaker, people, slide, share } = moment.value;
  const isSpeakerLarge = large === "speaker";
  const others = people.filter(({ personId }) => personId !== mainSpeaker?.personId);
  const tiles =
    large === "gallery" ? [] : [...(mainSpeaker && !isSpeakerLarge ? [mainSpeaker] : []), ...others];
  const shown = tiles.slice(0, most - (small ? 1 : 0));
  const show = (next: "class" | "speaker" | "gallery") => {
    choice.value = next;
  };
  if (tiles.length === 0 && small === null) return null;
  return (
    <section class="strip player-strip" aria-label={playerText("stage.people")} {...SCROLLED_BY_KEYS}>
      {small && (
        <button
          type="button"
          class="tile player-small"
          aria-label={playerText(small === "slide" ? "control.enlarge.slide" : "control.enlarge.share")}
          title={playerText(small === "slide" ? "control.enlarge.slide" : "control.enlarge.share")}
          onClick={() => show("class")}
        >
          {small === "slide" && slide && <SlidePicture slide={slide} isSmall />}
          {small === "share" && share && playback.mode.value !== "slides" && (
            <TrackVideo key={share.personId} track={share} />
          )}
        </button>
      )}
      {shown.map((person) => (
        <PersonTile
          key={person.personId}
          person={person}
          {...(person === mainSpeaker ? { onClick: () => show("speaker") } : {})}
        />
      ))}
      {tiles.length > shown.length && (
        <button type="button" class="player-others" onClick={() => show("gallery")}>
          {playerText("stage.more", { count: tiles.length - shown.length })}
        </button>
      )}
    </section>
  );
}
