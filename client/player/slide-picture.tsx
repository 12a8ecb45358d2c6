import { useEffect, useMemo, useState } from "preact/hooks";
import { t } from "../i18n/t.ts";
import { useBox } from "../ui/use-box.ts";
import type { ShownSlide } from "./moment-from.ts";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";

/** A line that was down, or a computer that slept past the end of an address, gets so many more tries. */
const TRIES = 4;
const TRY_AGAIN_MS = 2_000;

/** A page as large as its place, with its text for screen readers; small ones are decoration. */
export function SlidePicture({ slide, isSmall = false }: { slide: ShownSlide; isSmall?: boolean }) {
  const { playback, timeline } = usePlayer();
  const [box, size] = useBox<HTMLDivElement>();
  const { deckId, page } = slide;
  const isWide = size.width * devicePixelRatio > 960 && !isSmall;
  const path = `decks/${deckId}/pages/${page}/${isWide ? 1920 : 960}`;
  const [tries, handleError] = useTries(path);
  // What is shown keeps its address, also after the leave to fetch was renewed.
  const address = useMemo(() => playback.address(path), [playback, path, tries]);
  const deck = timeline.decks.find((one) => one.deckId === deckId);
  const words = { page, count: deck?.pageCount ?? page, title: deck?.title ?? "" };
  return (
    <div ref={box} class="player-slide">
      {size.width > 0 && tries < TRIES && (
        <img
          key={`${path} ${tries}`}
          src={address}
          alt={isSmall ? "" : playerText("stage.slide", words)}
          onError={handleError}
        />
      )}
      {tries >= TRIES && <p class="player-note">{playerText("stage.slide.failed")}</p>}
      {!isSmall && <SlideText deckId={deckId} page={page} />}
    </div>
  );
}

function SlideText({ deckId, page }: { deckId: string; page: number }) {
  const { slideTexts } = usePlayer();
  const pages = slideTexts.value.get(deckId);
  const text = pages instanceof Map ? pages.get(page)?.trim() : undefined;
  return text ? <p class="visually-hidden">{t("slides.text", { page, text })}</p> : null;
}

/** How often a picture failed, and what to do when it fails. */
function useTries(path: string): [tries: number, handleError: () => void] {
  const [failed, setFailed] = useState({ path, tries: 0 });
  const tries = failed.path === path ? failed.tries : 0;
  const [isWaiting, setWaiting] = useState(false);
  useEffect(() => {
    if (!isWaiting) return;
    const timer = setTimeout(() => {
      setWaiting(false);
      setFailed({ path, tries: tries + 1 });
    }, TRY_AGAIN_MS);
    return () => clearTimeout(timer);
  }, [isWaiting, path]);
  return [tries, () => setWaiting(tries < TRIES)];
}
