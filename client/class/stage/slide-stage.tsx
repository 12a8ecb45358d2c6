import { ChevronLeft, ChevronRight } from "lucide";
import { useEffect, useState } from "preact/hooks";
import { MAIN_ROOM } from "../../../server/protocol/ids.ts";
import type { StageView } from "../../../server/protocol/views.ts";
import { t } from "../../i18n/t.ts";
import { IconButton } from "../../ui/button.tsx";
import { useBox } from "../../ui/use-box.ts";
import { useClassroom } from "../classroom-context.ts";
import { crossOriginOf, type FilePlace } from "../file-place.ts";
import { fetchPages, pictureAddress, type SlidePageItem } from "../slides/slides-api.ts";

/** The page everybody is on, with its text for screen readers and, for staff, the way to the others. */
export function SlideStage() {
  const { view } = useClassroom();
  const stage = view.value.stage;
  return stage && <ShownSlide key={stage.deck.deckId} stage={stage} />;
}

function ShownSlide({ stage }: { stage: StageView }) {
  const { linkId, isStaff, view, connection } = useClassroom();
  const from = connection.files.value;
  // A group turns the slides of its own room.
  const canTurn = isStaff.value || view.value.you.room !== MAIN_ROOM;
  const [box, size] = useBox<HTMLDivElement>();
  const [failedPage, setFailedPage] = useState(0);
  const pages = usePages(linkId, stage.deck.deckId, from);
  const { deck, page } = stage;
  const width = size.width * devicePixelRatio;
  const text = pages?.[page - 1]?.text.trim();
  useNextPage(
    width > 0 && page < stage.to ? pictureAddress(linkId, deck.deckId, page + 1, width, from) : null,
    from,
  );
  const lookElsewhere = async () => {
    if (!(await connection.lookForFiles())) setFailedPage(page);
  };
  return (
    <>
      <div ref={box} class="stage-picture">
        {width > 0 && failedPage !== page && (
          <img
            crossOrigin={crossOriginOf(from)}
            src={pictureAddress(linkId, deck.deckId, page, width, from)}
            alt={t("slides.picture", { title: deck.title, page, count: deck.pageCount })}
            onError={() => void lookElsewhere()}
          />
        )}
        {failedPage === page && <p class="stage-wait">{t("slides.failed")}</p>}
      </div>
      {canTurn ? (
        <SlideBar stage={stage} />
      ) : (
        <p class="slide-still figures">{t("slides.page", { page, count: deck.pageCount })}</p>
      )}
      <div class="visually-hidden" aria-live="polite">
        {pages && (text ? t("slides.text", { page, text }) : t("slides.noText", { page }))}
      </div>
    </>
  );
}

function SlideBar({ stage }: { stage: StageView }) {
  const { act } = useClassroom();
  const { deck, page, from, to } = stage;
  const turn = (target: number) => void act("page.turn", { page: target });
  return (
    <div class="slide-bar figures">
      <span class="slide-bar-title one-line">{deck.title}</span>
      <IconButton
        icon={ChevronLeft}
        label={t("slides.previous")}
        disabled={page <= from}
        onClick={() => turn(page - 1)}
      />
      <select
        class="input"
        aria-label={t("slides.goTo")}
        value={page}
        onChange={(event) => turn(Number(event.currentTarget.value))}
      >
        {Array.from({ length: to - from + 1 }, (_, index) => (
          <option key={from + index} value={from + index}>
            {t("slides.page", { page: from + index, count: deck.pageCount })}
          </option>
        ))}
      </select>
      <IconButton
        icon={ChevronRight}
        label={t("slides.next")}
        disabled={page >= to}
        onClick={() => turn(page + 1)}
      />
    </div>
  );
}

/** The texts of a deck's pages; null until they are there. A page without them is still a page. */
function usePages(linkId: string, deckId: string, from: FilePlace): readonly SlidePageItem[] | null {
  const [pages, setPages] = useState<readonly SlidePageItem[] | null>(null);
  useEffect(() => {
    let isOver = false;
    fetchPages(linkId, deckId, from).then((answer) => {
      if (answer.ok && !isOver) setPages(answer.data.items);
    });
    return () => {
      isOver = true;
    };
  }, [linkId, deckId, from.base]);
  return pages;
}

/** Fetches the next page before it is turned to. */
function useNextPage(address: string | null, from: FilePlace): void {
  useEffect(() => {
    if (!address) return;
    const picture = new Image();
    picture.crossOrigin = crossOriginOf(from) ?? null;
    picture.src = address;
  }, [address]);
}
