import { type ReadonlySignal, signal } from "@preact/signals";
import { errorText, t } from "../../i18n/t.ts";
import { type DeckItem, fetchDeck, fetchDecks, uploadDeck } from "./slides-api.ts";

const LOOK_MS = 1_000;
/** The server refuses larger files; said here before hundreds of megabytes have travelled. */
const LARGEST_MB = 100;

/** The class's decks as staff see them: listed, uploaded, followed while their pages are made. */
export interface DeckShelf {
  /** Null until they are known. */
  readonly decks: ReadonlySignal<readonly DeckItem[] | null>;
  /** The share of the file sent, 0 to 1; null when nothing is being uploaded. */
  readonly upload: ReadonlySignal<number | null>;
  /** What went wrong, in words. */
  readonly problem: ReadonlySignal<string | null>;
  load(): Promise<void>;
  add(file: File): Promise<void>;
  close(): void;
}

export function createDeckShelf(linkId: string): DeckShelf {
  const decks = signal<readonly DeckItem[] | null>(null);
  const upload = signal<number | null>(null);
  const problem = signal<string | null>(null);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isClosed = false;

  async function load(): Promise<void> {
    const answer = await fetchDecks(linkId);
    if (isClosed) return;
    if (!answer.ok) problem.value = errorText(answer.code);
    else decks.value = answer.data.items;
    follow();
  }

  /** Looks at the decks being made once a second, until none is. */
  function follow(): void {
    clearTimeout(timer);
    const isMaking = decks.peek()?.some((deck) => deck.status === "processing");
    if (isMaking && !isClosed) timer = setTimeout(() => void look(), LOOK_MS);
  }

  async function look(): Promise<void> {
    const making = (decks.peek() ?? []).filter((deck) => deck.status === "processing");
    const answers = await Promise.all(making.map((deck) => fetchDeck(linkId, deck.id)));
    const fresh = new Map(
      answers.flatMap((answer) => (answer.ok ? [[answer.data.id, answer.data] as const] : [])),
    );
    if (isClosed) return;
    decks.value = decks.peek()?.map((deck) => fresh.get(deck.id) ?? deck) ?? null;
    follow();
  }

  return {
    decks,
    upload,
    problem,
    load,
    async add(file) {
      problem.value = fileProblem(file);
      if (problem.peek() !== null) return;
      upload.value = 0;
      const answer = await uploadDeck(linkId, file, (share) => {
        upload.value = share;
      });
      upload.value = null;
      if (answer.ok) await load();
      else problem.value = errorText(answer.code);
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

/** What is wrong with a file before it is sent; null where nothing is. */
function fileProblem({ name, type, size }: File): string | null {
  if (type !== "application/pdf" && !/\.pdf$/i.test(name)) return t("slides.notPdf");
  return size > LARGEST_MB * 1024 * 1024 ? t("slides.tooLarge", { limit: LARGEST_MB }) : null;
}
