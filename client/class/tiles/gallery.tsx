import { t } from "../../i18n/t.ts";
import { useClassroom } from "../classroom-context.ts";
import { PagedGallery } from "./paged-gallery.tsx";
import { Tile } from "./tile.tsx";
import { useLingering } from "./use-lingering.ts";

/** Everybody in the room. */
export function Gallery() {
  const { here, screen } = useClassroom();
  const people = useLingering(here.value);
  return (
    <PagedGallery
      label={t("view.people")}
      people={people}
      viewportWidth={screen.viewportWidth.value}
      page={screen.galleryPage.value}
      onPage={(page) => {
        screen.galleryPage.value = page;
      }}
      tile={(attendee, width) => <Tile key={attendee.person.personId} attendee={attendee} width={width} />}
    >
      {people.length === 1 && (
        <p class="gallery-alone">
          {t("view.alone")}. {t("view.alone.text")}
        </p>
      )}
    </PagedGallery>
  );
}
