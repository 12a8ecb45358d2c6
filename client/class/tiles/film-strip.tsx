import { t } from "../../i18n/t.ts";
import { useClassroom } from "../classroom-context.ts";
import { Tile } from "./tile.tsx";
import { useLingering } from "./use-lingering.ts";

/** A region that scrolls must take the focus (WCAG 2.1.1), whatever it holds. */
const SCROLLED_BY_KEYS = { tabIndex: 0 };

/** The people beside what fills the stage: whoever speaks first, then, in the gallery, everybody else. */
export function FilmStrip({ isSpeakerOnStage }: { isSpeakerOnStage: boolean }) {
  const { here, mainSpeaker, screen } = useClassroom();
  const everybody = useLingering(here.value);
  const speaker = mainSpeaker.value;
  const others = everybody.filter((attendee) => attendee.person.personId !== speaker?.person.personId);
  const isSpeakerAlone = screen.mode.value === "speaker" && !isSpeakerOnStage;
  const shown = isSpeakerAlone ? [] : others;
  const first = isSpeakerOnStage || !speaker ? [] : [speaker];
  if (first.length + shown.length === 0) return null;
  return (
    <section class="strip class-strip" aria-label={t("view.people")} {...SCROLLED_BY_KEYS}>
      {[...first, ...shown].map((attendee) => (
        <Tile key={attendee.person.personId} attendee={attendee} />
      ))}
    </section>
  );
}
