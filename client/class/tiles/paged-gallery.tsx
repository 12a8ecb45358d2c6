import { ChevronLeft, ChevronRight } from "lucide";
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../../i18n/t.ts";
import { IconButton } from "../../ui/button.tsx";
import { useBox } from "../../ui/use-box.ts";
import { gridFrom, pageFrom, pageSizeFor } from "./grid-from.ts";

const GAP = 8;
const SWIPE_PX = 50;

interface PagedGalleryProps<Person> {
  readonly label: string;
  readonly people: readonly Person[];
  readonly viewportWidth: number;
  /** The page that is wanted, from 0; beyond the last one it is the last. */
  readonly page: number;
  onPage(page: number): void;
  tile(person: Person, width: number): ComponentChildren;
  readonly children?: ComponentChildren;
}

/** People in pages of tiles as large as they can be; the last row is centred. Pages turn by buttons or a swipe. */
export function PagedGallery<Person>(props: PagedGalleryProps<Person>) {
  const [box, size] = useBox<HTMLDivElement>();
  const pageSize = pageSizeFor(props.viewportWidth);
  const { items, page, pageCount } = pageFrom(props.people, props.page, pageSize);
  // A full page's grid on every page: the last page's tiles are no larger than the others'.
  const grid = gridFrom(pageCount > 1 ? pageSize : items.length, size, GAP);
  const turnTo = (wanted: number) => props.onPage(Math.min(Math.max(0, wanted), pageCount - 1));
  const swipe = useSwipe((step) => turnTo(page + step));
  return (
    <section class="gallery" aria-label={props.label} {...swipe}>
      <div ref={box} class="gallery-box">
        <div class="gallery-tiles" style={{ maxWidth: `${grid.columns * (grid.tileWidth + GAP)}px` }}>
          {items.map((person) => props.tile(person, grid.tileWidth))}
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
      {props.children}
    </section>
  );
}

/** A sideways swipe of a finger: 1 to the next, -1 to the one before. */
function useSwipe(turn: (step: 1 | -1) => void) {
  const startX = useRef<number | null>(null);
  return {
    onTouchStart(event: TouchEvent) {
      startX.current = event.touches[0]?.clientX ?? null;
    },
    onTouchEnd(event: TouchEvent) {
      const endX = event.changedTouches[0]?.clientX;
      if (startX.current === null || endX === undefined || Math.abs(endX - startX.current) < SWIPE_PX) return;
      turn(endX < startX.current ? 1 : -1);
      startX.current = null;
    },
  };
}
