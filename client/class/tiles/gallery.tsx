import { ChevronLeft, ChevronRight } from "lucide";
import { t } from "../../i18n/t.ts";
import { IconButton } from "../../ui/button.tsx";
import { useBox } from "../../ui/use-box.ts";
import { useClassroom } from "../classroom-context.ts";
import { gridFrom, pageFrom, pageSizeFor } from "./grid-from.ts";
import { Tile } from "./tile.tsx";
import { useLingering } from "./use-lingering.ts";

const GAP = 8;
const SWIPE_PX = 50;

/** Everybody in the room in pages of tiles as large as they can be; the last row is centred. */
export function Gallery() {
  const { here, screen } = useClassroom();
  const [box, size] = useBox<HTMLDivElement>();
  const people = useLingering(here.value);
  const { items, page, pageCount } = pageFrom(
    people,
    screen.galleryPage.value,
    pageSizeFor(screen.viewportWidth.value),
  );
  // A full page's grid on every page: the last page's tiles are no larger than the others'.
  const grid = gridFrom(pageCount > 1 ? pageSizeFor(screen.viewportWidth.value) : items.length, size, GAP);
  const turnTo = (wanted: number) => {
    screen.galleryPage.value = Math.min(Math.max(0, wanted), pageCount - 1);
  };
  const swipe = useSwipe((step) => turnTo(page + step));
  return (
    <section class="gallery" aria-label={t("view.people")} {...swipe}>
      <div ref={box} class="gallery-box">
        <div class="gallery-tiles" style={{ maxWidth: `${grid.columns * (grid.tileWidth + GAP)}px` }}>
          {items.map((attendee) => (
            <Tile key={attendee.person.personId} attendee={attendee} width={grid.tileWidth} />
          ))}
        </div>
      </div>
      {pageCount > 1 && (
        <div class="gallery-pager figures">
          <IconButton
            icon={ChevronLeft}
            label={t("view.previous")}
            disabled={page === 0}
            onClick={() => turnTo(page - 1)}
          />
          <span aria-live="polite">{t("view.page", { page: page + 1, pages: pageCount })}</span>
          <IconButton
            icon={ChevronRight}
            label={t("view.next")}
            disabled={page === pageCount - 1}
            onClick={() => turnTo(page + 1)}
          />
        </div>
      )}
      {people.length === 1 && (
        <p class="gallery-alone">
          {t("view.alone")}. {t("view.alone.text")}
        </p>
      )}
    </section>
  );
}

/** A sideways swipe of a finger: 1 to the next, -1 to the one before. */
function useSwipe(turn: (step: 1 | -1) => void) {
  let startX: number | null = null;
  return {
    onTouchStart(event: TouchEvent) {
      startX = event.touches[0]?.clientX ?? null;
    },
    onTouchEnd(event: TouchEvent) {
      const endX = event.changedTouches[0]?.clientX;
      if (startX === null || endX === undefined || Math.abs(endX - startX) < SWIPE_PX) return;
      turn(endX < startX ? 1 : -1);
      startX = null;
    },
  };
}
