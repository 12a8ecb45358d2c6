import { playbackChaptersFrom } from "../domain/playback-chapters.ts";
import type { Playback, Recording, Session, SlidePage, Slides, Store } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import { type DeckId, enrolmentIdSchema, type PersonId, staffIdSchema } from "../protocol/ids.ts";
import type {
  PlaybackDeck,
  PlaybackPerson,
  PlaybackTimeline,
  RecordedTimeline,
} from "../protocol/playback.ts";

interface TimelineParts {
  readonly store: Store;
  readonly slides: Pick<Slides, "pages">;
  readonly playback: Pick<Playback, "timeline">;
}

/** A recording's timeline with what the records know: names as the roster has them now, titles, chapters. */
export async function playbackTimelineOf(
  parts: TimelineParts,
  recording: Recording,
  session: Session,
): Promise<Result<Omit<PlaybackTimeline, "leave">>> {
  const { store, playback } = parts;
  const recorded = await playback.timeline(recording.recordingId);
  if (!recorded) return refuse("not-found", "nothing is kept of this recording");
  const programme = await store.programmes.find(session.programmeId);
  if (!programme) return refuse("not-found");
  const people = await peopleOf(store, recorded, session);
  const unknown = new Set(people.flatMap(({ personId, name }) => (name === null ? [personId] : [])));
  const decks = await decksOf(parts, recorded);
  const textOf = (deckId: DeckId, page: number) =>
    decks.find((one) => one.deck.deckId === deckId)?.pages.find((one) => one.page === page)?.text ?? null;
  return accept({
    ...recorded,
    // What somebody wrote goes with their name.
    chat: recorded.chat.filter(({ personId }) => !unknown.has(personId)),
    isUnderWay: recording.endedAt === null,
    session: {
      title: session.title,
      unit: programme.units.find((unit) => unit.code === session.unit)?.title ?? session.unit,
      programme: programme.title,
      timeZone: session.timeZone,
    },
    people,
    decks: decks.map(({ deck }) => deck),
    chapters: [...playbackChaptersFrom(recorded, session.slots, textOf)],
  });
}

function peopleIn({ tracks, chat, hands, places, speakers }: RecordedTimeline): ReadonlySet<PersonId> {
  const named = [...tracks, ...chat, ...hands, ...places].map(({ personId }) => personId);
  return new Set([...named, ...speakers.flatMap(({ personIds }) => personIds)]);
}

async function peopleOf(
  store: Store,
  recorded: RecordedTimeline,
  { programmeId }: Session,
): Promise<PlaybackPerson[]> {
  const roster = new Map((await store.enrolments.roster(programmeId, null)).map((one) => [one.id, one]));
  const people: PlaybackPerson[] = [];
  for (const personId of peopleIn(recorded)) {
    const enrolmentId = enrolmentIdSchema.safeParse(personId);
    if (enrolmentId.success) {
      const person = roster.get(enrolmentId.data);
      const name = person?.erasedAt === null ? person.name : null;
      people.push({ personId, name, role: "participant" });
    } else {
      const staff = await store.staff.find(staffIdSchema.parse(personId));
      people.push({ personId, name: staff?.name ?? null, role: staff?.role ?? "instructor" });
    }
  }
  return people;
}

/** The decks that were shown, with the text of their pages. */
async function decksOf(
  { store, slides }: TimelineParts,
  { slides: shown, sessionId }: RecordedTimeline,
): Promise<readonly { readonly deck: PlaybackDeck; readonly pages: readonly SlidePage[] }[]> {
  const decks = [];
  for (const deckId of new Set(shown.flatMap((slide) => (slide.isShown ? [slide.deckId] : [])))) {
    const deck = await store.decks.find(deckId);
    if (deck?.sessionId !== sessionId) continue;
    const { title, pageCount } = deck;
    const pages = (await slides.pages(deckId)) ?? [];
    const textPages = pages.flatMap(({ page, text }) => (text.trim() === "" ? [] : [page]));
    decks.push({ deck: { deckId, title, pageCount, textPages }, pages });
  }
  return decks;
}
