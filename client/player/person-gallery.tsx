import { useState } from "preact/hooks";
import { PagedGallery } from "../class/tiles/paged-gallery.tsx";
import { PersonTile } from "./person-tile.tsx";
import { usePlayer } from "./player.ts";
import { playerText } from "./player-words.ts";

/** Everybody who was there, those with a camera first. */
export function PersonGallery() {
  const { moment } = usePlayer();
  const [page, setPage] = useState(0);
  const people = moment.value.people.toSorted(
    (a, b) => Number(a.camera === null) - Number(b.camera === null),
  );
  return (
    <PagedGallery
      label={playerText("stage.people")}
      people={people}
      viewportWidth={innerWidth}
      page={page}
      onPage={setPage}
      tile={(person, width) => <PersonTile key={person.personId} person={person} width={width} />}
    />
  );
}
