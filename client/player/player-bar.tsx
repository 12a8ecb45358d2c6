import {
  Captions,
  CaptionsOff,
  Gauge,
  Keyboard,
  LayoutPanelLeft,
  Link,
  Maximize,
  Minimize,
  PanelRight,
  Pause,
  Play,
  RotateCcw,
  RotateCw,
  Settings,
  Signal,
  Volume1,
  Volume2,
  VolumeX,
} from "lucide";
import type { PlaybackMode } from "../playback/create-playback.ts";
import { SPEEDS } from "../playback/position-rules.ts";
import { captionLanguageName } from "../recording/caption-language.ts";
import { Button, IconButton } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { Menu, MenuItem } from "../ui/menu.tsx";
import { useMediaQuery } from "../ui/use-media-query.ts";
import { chapterAt } from "./chapters-from.ts";
import { copyMoment } from "./copy-moment.ts";
import { canFillScreen, toggleFullScreen, useIsFullScreen } from "./full-screen.ts";
import type { PictureChoice } from "./layout-from.ts";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";
import { TimeLine, TimeNow } from "./time-line.tsx";
import { speedWords } from "./time-words.ts";

/** The leanest last. */
const MODES: readonly PlaybackMode[] = ["full", "stills", "slides"];
const CHOICES: readonly PictureChoice[] = ["class", "speaker", "gallery"];

/** The time line and everything one plays with; on a phone the first things alone, the rest behind "more". */
export function PlayerBar() {
  const { playback, toggle, goTo } = usePlayer();
  const isWide = useMediaQuery("(min-width: 768px) and (min-height: 481px)");
  const isEnded = playback.hasEnded.value;
  const isPlaying = playback.isPlaying.value;
  const step = (ms: number) => goTo(playback.positionMs.peek() + ms);
  return (
    <section class="player-bar" aria-label={playerText("control.label")}>
      <TimeLine />
      <div class="player-controls">
        {!isWide && <TimeNow />}
        <div class="player-transport">
          <StepButton icon={RotateCcw} label={playerText("control.back")} onClick={() => step(-10_000)} />
          <IconButton
            class="player-play"
            tone="plain"
            icon={isEnded ? RotateCcw : isPlaying ? Pause : Play}
            label={playerText(isEnded ? "control.again" : isPlaying ? "control.pause" : "control.play")}
            onClick={toggle}
          />
          <StepButton icon={RotateCw} label={playerText("control.forward")} onClick={() => step(10_000)} />
        </div>
        {isWide && <VolumeControl />}
        {isWide && <TimeNow />}
        {isWide && <ChapterNow />}
        <div class="player-options">
          {isWide && <CaptionMenu />}
          {isWide && <SpeedMenu />}
          {isWide && <PictureMenu />}
          <MoreMenu isWide={isWide} />
          {isWide && <PanelButton />}
          {canFillScreen() && <FullScreenButton />}
        </div>
      </div>
    </section>
  );
}

function StepButton(props: { icon: typeof Gauge; label: string; onClick: () => void }) {
  const { icon, label, onClick } = props;
  return (
    <button
      type="button"
      class="button button-quiet player-step figures"
      aria-label={label}
      title={label}
      onClick={onClick}
    >
      <Icon of={icon} />
      <span aria-hidden="true">10</span>
    </button>
  );
}

function VolumeControl() {
  const { volume, isMuted } = usePlayer();
  const shown = isMuted.value ? 0 : volume.value;
  const percent = Math.round(shown * 100);
  return (
    <div class="player-volume">
      <IconButton
        icon={shown === 0 ? VolumeX : shown < 0.5 ? Volume1 : Volume2}
        label={playerText(isMuted.value ? "control.unmute" : "control.mute")}
        onClick={() => {
          isMuted.value = !isMuted.value;
        }}
      />
      <input
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        aria-label={playerText("control.volume")}
        aria-valuetext={playerText("control.percent", { percent })}
        onInput={(event) => {
          volume.value = Number(event.currentTarget.value) / 100;
          isMuted.value = false;
        }}
      />
    </div>
  );
}

function ChapterNow() {
  const { chapters, playback } = usePlayer();
  const chapter = chapterAt(chapters, "slide", playback.positionMs.value);
  if (chapter?.kind !== "slide") return <span class="player-chapter" />;
  const title = chapter.title ?? playerText("chapters.slide", { page: chapter.page });
  return (
    <span class="player-chapter one-line small soft" title={title}>
      {title}
    </span>
  );
}

function PanelButton() {
  const { panel } = usePlayer();
  return (
    <IconButton
      icon={PanelRight}
      label={playerText("control.panel")}
      aria-expanded={panel.value !== null}
      data-panel-button
      onClick={() => {
        panel.value = panel.peek() === null ? "chapters" : null;
      }}
    />
  );
}

function FullScreenButton() {
  const isFull = useIsFullScreen();
  return (
    <IconButton
      icon={isFull ? Minimize : Maximize}
      label={playerText(isFull ? "control.fullScreen.leave" : "control.fullScreen")}
      onClick={() => void toggleFullScreen()}
    />
  );
}

const chosen = (isOn: boolean) => ({ isOn, text: isOn ? playerText("control.on") : "" });

function SpeedMenu() {
  const { playback } = usePlayer();
  const now = speedWords(playback.speed.value);
  const label = playerText("control.speed.now", { speed: now });
  return (
    <Menu
      label={playerText("control.speed")}
      button={(attributes) => (
        <Button tone="quiet" class="player-speed figures" aria-label={label} title={label} {...attributes}>
          {now}
        </Button>
      )}
    >
      <SpeedItems />
    </Menu>
  );
}

function SpeedItems() {
  const { playback } = usePlayer();
  return (
    <>
      {SPEEDS.map((one) => (
        <MenuItem
          key={one}
          state={chosen(playback.speed.value === one)}
          onClick={() => playback.setSpeed(one)}
        >
          {speedWords(one)}
        </MenuItem>
      ))}
    </>
  );
}

function PictureMenu() {
  return (
    <Menu
      label={playerText("control.picture")}
      button={(attributes) => (
        <IconButton icon={LayoutPanelLeft} label={playerText("control.picture")} {...attributes} />
      )}
    >
      <PictureItems />
    </Menu>
  );
}

function PictureItems() {
  const { choice } = usePlayer();
  return (
    <>
      {CHOICES.map((one) => (
        <MenuItem
          key={one}
          state={chosen(choice.value === one)}
          onClick={() => {
            choice.value = one;
          }}
        >
          {playerText(`control.picture.${one}`)}
        </MenuItem>
      ))}
    </>
  );
}

function CaptionMenu() {
  const { captions } = usePlayer();
  return (
    <Menu
      label={playerText("control.captions")}
      button={(attributes) => (
        <IconButton
          icon={captions.value === null ? CaptionsOff : Captions}
          label={playerText("control.captions")}
          {...attributes}
        />
      )}
    >
      <CaptionItems />
    </Menu>
  );
}

function CaptionItems() {
  const { captions, captionLanguages } = usePlayer();
  const none = captionLanguages.value.length === 0;
  return (
    <>
      <MenuItem
        state={chosen(captions.value === null)}
        isDisabled={none}
        onClick={() => {
          captions.value = null;
        }}
      >
        {playerText(none ? "control.captions.none" : "control.captions.off")}
      </MenuItem>
      {captionLanguages.value.map((tag) => (
        <MenuItem
          key={tag}
          state={chosen(captions.value === tag)}
          onClick={() => {
            captions.value = tag;
          }}
        >
          {captionLanguageName(tag)}
        </MenuItem>
      ))}
    </>
  );
}

/** What is seldom needed; on a phone everything that has no place in the bar. */
function MoreMenu({ isWide }: { isWide: boolean }) {
  const player = usePlayer();
  const { playback, isHelpShown } = player;
  return (
    <Menu
      label={playerText("control.more")}
      button={(attributes) => (
        <IconButton icon={Settings} label={playerText("control.more")} {...attributes} />
      )}
    >
      {!isWide && (
        <>
          <MenuHead icon={Gauge} text={playerText("control.speed")} />
          <SpeedItems />
          <MenuHead icon={Captions} text={playerText("control.captions")} />
          <CaptionItems />
          <MenuHead icon={LayoutPanelLeft} text={playerText("control.picture")} />
          <PictureItems />
        </>
      )}
      <MenuHead icon={Signal} text={playerText("control.mode")} />
      {MODES.map((one) => (
        <MenuItem key={one} state={chosen(playback.mode.value === one)} onClick={() => playback.setMode(one)}>
          {playerText(`control.mode.${one}`)}
        </MenuItem>
      ))}
      <div class="menu-line" />
      <MenuItem icon={Link} onClick={() => void copyMoment(player)}>
        {playerText("control.copy")}
      </MenuItem>
      {isWide && (
        <MenuItem
          icon={Keyboard}
          onClick={() => {
            isHelpShown.value = true;
          }}
        >
          {playerText("control.keys")}
        </MenuItem>
      )}
    </Menu>
  );
}

function MenuHead({ icon, text }: { icon: typeof Gauge; text: string }) {
  return (
    <p class="player-menu-head small soft" role="presentation">
      <Icon of={icon} size={16} />
      {text}
    </p>
  );
}
