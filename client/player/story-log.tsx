import { Hand } from "lucide";
import { useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { formatTimer } from "../i18n/format.ts";
import { t } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import { countUntil } from "./last-at.ts";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";
import { type StoryItem, storyFrom } from "./story-from.ts";

const NEAR_END_PX = 80;

/** Messages and hands up to this moment. It follows the newest unless one reads further up. */
export function StoryLog() {
  const { timeline, playback } = usePlayer();
  const room = playback.room.value;
  const items = useMemo(() => storyFrom(timeline, room), [timeline, room]);
  const count = countUntil(items, playback.positionMs.value);
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [isAway, setAway] = useState(false);
  const toEnd = () => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
    setAway(false);
  };
  useLayoutEffect(() => {
    if (isAtEnd.current) toEnd();
  }, [count]);
  return (
    <div class="chat">
      <section
        ref={list}
        class="chat-messages"
        aria-label={playerText("panel.story")}
        {...{ tabIndex: 0 }}
        onScroll={({ currentTarget: { scrollHeight, scrollTop, clientHeight } }) => {
          isAtEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
          setAway(!isAtEnd.current);
        }}
      >
        {!timeline.hasChat && <p class="chat-empty">{playerText("story.noChat")}</p>}
        {timeline.hasChat && count === 0 && <p class="chat-empty">{playerText("story.none")}</p>}
        {items.slice(0, count).map((item) => (
          <StoryEntry key={item.key} item={item} />
        ))}
      </section>
      {isAway && (
        <Button tone="primary" onClick={toEnd}>
          {playerText("story.newest")}
        </Button>
      )}
    </div>
  );
}

function StoryEntry({ item }: { item: StoryItem }) {
  const { person, nameOf } = usePlayer();
  const name = nameOf(item.personId);
  if (item.kind !== "message") {
    return (
      <p class="story-hand small">
        <Icon of={Hand} size={16} />
        <span>
          <strong>{name}</strong> {playerText(`story.${item.kind}`)}
        </span>
        <GoThere atMs={item.atMs} />
      </p>
    );
  }
  const { role } = person(item.personId);
  return (
    <div class="chat-message">
      <div class="chat-message-head">
        <strong class="one-line" title={name}>
          {name}
        </strong>
        {role !== "participant" && <span class="badge">{t(`role.${role}`)}</span>}
        <GoThere atMs={item.atMs} />
      </div>
      <p class="chat-text">{item.text}</p>
    </div>
  );
}

function GoThere({ atMs }: { atMs: number }) {
  const { goTo } = usePlayer();
  const time = formatTimer(atMs);
  return (
    <button
      type="button"
      class="story-time figures"
      aria-label={playerText("story.goTo", { time })}
      onClick={() => goTo(atMs)}
    >
      {time}
    </button>
  );
}
