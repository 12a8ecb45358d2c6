import { type DeckItem, pictureAddress } from "../class/slides/slides-api.ts";
import type { PartProps } from "./case-editor.tsx";
import { caseText } from "./case-words.ts";
import { ChoiceField, LineField } from "./form-field.tsx";

const MOST_PICTURES = 8;
const PICTURE_WIDTH = 160;

/** The pages of a deck that stand on the stage of every room. */
export function SlidesPart(
  props: PartProps & { readonly linkId: string; readonly decks: readonly DeckItem[] },
) {
  const { linkId, draft, change, problems } = props;
  const decks = props.decks.filter(({ status }) => status === "ready");
  const { slides } = draft;
  const choose = (deckId: string) => {
    const deck = decks.find(({ id }) => id === deckId);
    change({ slides: deck ? { deckId, fromPage: "1", toPage: String(deck.pageCount) } : null });
  };
  return (
    <section class="card case-part" aria-labelledby="part-slides">
      <h2 id="part-slides">{caseText("part.slides")}</h2>
      {decks.length === 0 && !slides ? (
        <p class="soft small">{caseText("slides.noDecks")}</p>
      ) : (
        <div class="case-row case-row-three">
          <ChoiceField label={caseText("slides.deck")} value={slides?.deckId ?? ""} onValue={choose}>
            <option value="">{caseText("slides.none")}</option>
            {decks.map(({ id, title }) => (
              <option key={id} value={id}>
                {title}
              </option>
            ))}
          </ChoiceField>
          {slides && (
            <>
              <LineField
                label={caseText("slides.from")}
                isNumber
                value={slides.fromPage}
                error={problems.get("slides.fromPage")}
                onValue={(fromPage) => change({ slides: { ...slides, fromPage } })}
              />
              <LineField
                label={caseText("slides.to")}
                isNumber
                value={slides.toPage}
                error={problems.get("slides.toPage")}
                onValue={(toPage) => change({ slides: { ...slides, toPage } })}
              />
            </>
          )}
        </div>
      )}
      {slides && <Pictures linkId={linkId} {...slides} most={pageCountOf(decks, slides.deckId)} />}
    </section>
  );
}

function pageCountOf(decks: readonly DeckItem[], deckId: string): number {
  return decks.find(({ id }) => id === deckId)?.pageCount ?? 0;
}

function Pictures(props: { linkId: string; deckId: string; fromPage: string; toPage: string; most: number }) {
  const { linkId, deckId, most } = props;
  const from = Math.max(1, Number(props.fromPage) || 1);
  const to = Math.min(most, Number(props.toPage) || 0);
  const pages = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  if (pages.length === 0) return null;
  const rest = pages.length - MOST_PICTURES;
  return (
    <ul class="slide-pictures" aria-label={caseText("slides.pages")}>
      {pages.slice(0, MOST_PICTURES).map((page) => (
        <li key={page}>
          <img
            src={pictureAddress(linkId, deckId, page, PICTURE_WIDTH)}
            alt={caseText("slides.page", { page })}
            width={PICTURE_WIDTH}
            loading="lazy"
          />
          <span class="small soft figures" aria-hidden="true">
            {page}
          </span>
        </li>
      ))}
      {rest > 0 && <li class="soft small slide-more">{caseText("slides.more", { count: rest })}</li>}
    </ul>
  );
}
