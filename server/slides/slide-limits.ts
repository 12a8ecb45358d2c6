/** What one upload may cost. A file that wants more is refused; nothing else notices it. */
export interface SlideLimits {
  /** Size of the PDF; beyond it `pdf-too-large`, before anything reads it. */
  readonly maxBytes: number;
  /** Beyond it `pdf-too-many-pages`, before any page is drawn. */
  readonly maxPages: number;
  /** V8's heap in the child, in MiB; beyond it `pdf-too-slow`. */
  readonly maxHeapMib: number;
  /** The child's whole resident memory; beyond it `pdf-too-slow`. */
  readonly maxResidentBytes: number;
  /** For opening the file, and for each page; beyond it `pdf-too-slow`. */
  readonly pageMs: number;
  /** For the whole deck, not counting the wait for its turn; beyond it `pdf-too-slow`. */
  readonly deckMs: number;
  /** Files worked on at once; the others wait in order. */
  readonly children: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_SLIDE_LIMITS: SlideLimits = {
  maxBytes: 100 * MIB,
  maxPages: 500,
  maxHeapMib: 512,
  maxResidentBytes: 1280 * MIB,
  pageMs: 60_000,
  deckMs: 600_000,
  children: 2,
};
