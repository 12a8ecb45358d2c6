import { ChevronLeft, ChevronRight } from "lucide";
import { useState } from "preact/hooks";
import { gridFrom, pageFrom, pageSizeFor } from "../class/tiles/grid-from.ts";
import { t } from "../i18n/t.ts";
import { IconButton } from "../ui/button.tsx";
import { useBox } from "../ui/use-box.ts";
import { PersonTile } from "./person-tile.tsx";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";

const GAP = 8;

/** Everybody who was there, those with a camera first, in pages of tiles as large as they can be. */
export function PersonGallery() {
  const { moment } = usePlayer();
  const [box, size] = useBox<HTMLDivElement>();
  const [wanted, setWanted] = useState(0);
  const people = moment.value.people.toSorted(
    (a, b) => Number(a.camera === null) - Number(b.camera === null),
  );
  const pageSize = pageSizeFor(innerWidth);
  const { items, page, pageCount } = pageFrom(people, wanted, pageSize);
  const grid = gridFrom(pageCount > 1 ? pageSize : items.length, size, GAP);
  return (
    <section class="gallery" aria-label={playerText("stage.people")}>
      <div ref={box} class="gallery-box">
        <div class="gallery-tiles" style={{ maxWidth: `${grid.columns * (grid.tileWidth + GAP)}px` }}>
          {items.map((person) => (
            <PersonTile key={person.personId} person={person} width={grid.tileWidth} />
          ))}
        </div>
      </div>
      {pageCount > 1 && (
        <div class="gallery-pager figures">
          <IconButton
            icon={ChevronLeft}
            label={t("view.previous")}
            disabled={page === 0}
            onClick={() => setWanted(page - 1)}
          />
          <span aria-live="polite">{t("view.page", { page: page + 1, pages: pageCount })}</span>
          <IconButton
            icon={ChevronRight}
            label={t("view.next")}
            disabled={page === pageCount - 1}
            onClick={() => setWanted(page + 1)}
          />
        </div>
      )}
    </section>
  );
}
