import { ArrowLeft } from "lucide";
import { useEffect } from "preact/hooks";
import { formatDate, formatTime } from "../i18n/format.ts";
import { Icon } from "../ui/icon.tsx";
import { LanguageSwitch } from "../ui/language-switch.tsx";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";

/** Which class this is, when it was, and which of its rooms is shown. */
export function PlayerHeader() {
  const { timeline } = usePlayer();
  const { session, startAt, isUnderWay } = timeline;
  const { title, unit, programme, timeZone } = session;
  useEffect(() => {
    document.title = `${playerText("page.title", { title })} · Balai`;
  }, [title]);
  const canGoBack = history.length > 1;
  return (
    <header class="class-header player-header">
      {canGoBack && (
        <button
          type="button"
          class="button button-quiet button-icon"
          aria-label={playerText("page.back")}
          title={playerText("page.back")}
          onClick={() => history.back()}
        >
          <Icon of={ArrowLeft} />
        </button>
      )}
      <div class="class-about" title={`${title} · ${unit} · ${programme}`}>
        <h1 class="one-line">{title}</h1>
        <div class="class-about-more">
          <span class="class-about-unit one-line">
            {unit}
            <span class="class-about-programme"> · {programme}</span>
          </span>
        </div>
      </div>
      <span class="player-date small soft one-line">
        {playerText("page.date", {
          date: formatDate(startAt, timeZone),
          time: formatTime(startAt, timeZone),
        })}
      </span>
      {isUnderWay && (
        <span class="badge badge-trouble" title={playerText("page.underWay.text")}>
          {playerText("page.underWay")}
        </span>
      )}
      <RoomChoice />
      <LanguageSwitch />
    </header>
  );
}

function RoomChoice() {
  const { timeline, playback } = usePlayer();
  if (timeline.rooms.length < 2) return null;
  return (
    <select
      class="input player-room"
      aria-label={playerText("control.room")}
      value={playback.room.value}
      onChange={(event) => {
        const room = timeline.rooms.find(({ roomId }) => roomId === event.currentTarget.value);
        if (room) playback.setRoom(room.roomId);
      }}
    >
      {timeline.rooms.map(({ roomId, title }) => (
        <option key={roomId} value={roomId}>
          {title ?? playerText("control.room.main")}
        </option>
      ))}
    </select>
  );
}
