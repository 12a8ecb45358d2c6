import { NotebookPen, Users } from "lucide";
import { gridFrom } from "../class/tiles/grid-from.ts";
import { Icon } from "../ui/icon.tsx";
import { useBox } from "../ui/use-box.ts";
import { PersonGallery } from "./person-gallery.tsx";
import { PersonTile } from "./person-tile.tsx";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";
import { SlidePicture } from "./slide-picture.tsx";
import { TrackVideo } from "./track-video.tsx";

/** What has the stage: a share, a slide, a person, everybody, or a word about why there is nothing. */
export function LargePicture() {
  const { layout, moment, nameOf, playback } = usePlayer();
  const { share, slide } = moment.value;
  switch (layout.value.large) {
    case "share":
      if (!share) return null;
      return (
        <div class="player-share">
          {playback.mode.value === "slides" ? (
            <p class="player-note">{playerText("stage.share", { name: nameOf(share.personId) })}</p>
          ) : (
            <TrackVideo key={share.personId} track={share} />
          )}
          <span class="stage-caption one-line">
            {playerText("stage.share", { name: nameOf(share.personId) })}
          </span>
        </div>
      );
    case "slide":
      return slide && <SlidePicture slide={slide} />;
    case "speaker":
      return <LargeSpeaker />;
    case "gallery":
      return <PersonGallery />;
    case "sheet":
      return (
        <p class="player-note">
          <Icon of={NotebookPen} size={48} />
          {playerText("stage.sheet")}
        </p>
      );
    case "nothing":
      return (
        <p class="player-note">
          <Icon of={Users} size={48} />
          {playerText("stage.nothing")}
        </p>
      );
  }
}

function LargeSpeaker() {
  const { moment } = usePlayer();
  const [box, size] = useBox<HTMLDivElement>();
  const speaker = moment.value.mainSpeaker;
  return (
    <div ref={box} class="speaker-view">
      {speaker && (
        <PersonTile key={speaker.personId} person={speaker} width={gridFrom(1, size, 0).tileWidth} />
      )}
    </div>
  );
}
