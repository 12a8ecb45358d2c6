import { useMemo } from "preact/hooks";
import { formatTimer } from "../i18n/format.ts";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";
import { type SearchHit, searchFrom } from "./search-from.ts";
import { useSlideTexts } from "./use-slide-texts.ts";

/** Words in titles, slides, chat and captions; a click goes where they stand. */
export function SearchPanel() {
  const player = usePlayer();
  const { timeline, chapters, cues, slideTexts, searched } = player;
  useSlideTexts(player);
  const words = searched.value;
  const texts = slideTexts.value;
  const captions = cues.value;
  const hits = useMemo(
    () =>
      searchFrom(words, {
        timeline,
        chapters,
        captions,
        textOf: (deckId, page) => {
          const pages = texts.get(deckId);
          return pages === "failed" ? undefined : pages?.get(page);
        },
      }),
    [words, timeline, chapters, captions, texts],
  );
  const isLoading = timeline.decks.some(({ deckId }) => !texts.has(deckId));
  const isMissing = [...texts.values()].includes("failed");
  const isAsked = words.trim() !== "";
  return (
    <div class="player-search">
      <input
        class="input"
        type="search"
        maxLength={100}
        aria-label={playerText("search.label")}
        placeholder={playerText("search.placeholder")}
        value={words}
        onInput={(event) => {
          searched.value = event.currentTarget.value;
        }}
      />
      <p class="small soft" role="status">
        {!isAsked && playerText("search.hint")}
        {isAsked && isLoading && `${playerText("search.loading")} `}
        {isAsked && isMissing && `${playerText("search.slidesMissing")} `}
        {isAsked && hits.length > 0 && playerText("search.count", { count: hits.length })}
        {isAsked && hits.length === 0 && !isLoading && playerText("search.none", { words: words.trim() })}
      </p>
      <ol class="search-hits">
        {hits.map((hit) => (
          <li key={`${hit.kind}${hit.atMs}${hit.text}`}>
            <Hit hit={hit} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Hit({ hit }: { hit: SearchHit }) {
  const { goTo } = usePlayer();
  const { kind, atMs, text, from, to } = hit;
  return (
    <button type="button" class="search-hit" onClick={() => goTo(atMs)}>
      <span class="search-hit-head small">
        <span class="badge">{playerText(`search.${kind}`)}</span>
        <time class="figures">{formatTimer(atMs)}</time>
      </span>
      <span class="search-hit-text">
        {text.slice(0, from)}
        <mark>{text.slice(from, to)}</mark>
        {text.slice(to)}
      </span>
    </button>
  );
}
