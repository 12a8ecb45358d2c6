/** A layer nobody receives any more goes on for so long: people leaf through pages of tiles and come back. */
const LOWER_AFTER_MS = 5_000;

/** Beyond any camera's highest. */
export const TOP_LAYER = 9;

export interface LayerDemandParts {
  /** The highest layer there is. */
  readonly top: number;
  /** Told at once when more is wanted; when less is, only once that has lasted. -1: nobody receives anything. */
  onHighest(highest: number): void;
  readonly lowerAfterMs?: number;
}

/**
 * How high the layers go that somebody receives of one camera (MS21). Those below stay on: a thin line falls back on
 * them. A publisher sends all of them until told otherwise.
 */
export class LayerDemand {
  readonly #parts: LayerDemandParts;
  readonly #counts: number[];
  #told: number;
  #timer: NodeJS.Timeout | null = null;
  #isClosed = false;

  constructor(parts: LayerDemandParts) {
    this.#parts = parts;
    this.#counts = Array.from({ length: parts.top + 1 }, () => 0);
    this.#told = parts.top;
    this.#follow();
  }

  /** One receiver wants another layer than before; null is none. */
  change(from: number | null, to: number | null): void {
    if (from !== null) this.#count(from, -1);
    if (to !== null) this.#count(to, 1);
    this.#follow();
  }

  /**
   * The camera is gone. Its receivers go after it, and what they give up says nothing of the publisher's next camera,
   * which the client would turn off.
   */
  close(): void {
    this.#isClosed = true;
    this.#stopTimer();
  }

  #count(layer: number, change: 1 | -1): void {
    const known = Math.min(layer, this.#parts.top);
    this.#counts[known] = (this.#counts[known] ?? 0) + change;
  }

  #follow(): void {
    if (this.#isClosed) return;
    const highest = this.#counts.findLastIndex((count) => count > 0);
    if (highest >= this.#told) this.#stopTimer();
    if (highest > this.#told) this.#tell(highest);
    else if (highest < this.#told) this.#timer ??= setTimeout(() => this.#lower(), this.#lowerAfterMs());
  }

  #stopTimer(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  #lower(): void {
    this.#timer = null;
    const highest = this.#counts.findLastIndex((count) => count > 0);
    if (highest < this.#told) this.#tell(highest);
  }

  #tell(highest: number): void {
    this.#told = highest;
    this.#parts.onHighest(highest);
  }

  #lowerAfterMs(): number {
    return this.#parts.lowerAfterMs ?? LOWER_AFTER_MS;
  }
}
