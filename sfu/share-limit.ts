import type { MediaSignal } from "../server/protocol/media.ts";

/** Above so many people a share is held, so that a class of 1,100 fits two cores (MS22). */
const HELD_ABOVE = 300;
/** It is let go again only well below, so that one person coming and going changes nothing. */
const FREE_BELOW = 270;

/** Enough for slides and text to be read. */
const HELD = { maxBitrate: 250_000, maxFramerate: 5 } as const;
const FREE = { maxBitrate: null, maxFramerate: null } as const;

/** Whether shares of a class of so many people are held, given whether they were. */
export function isShareHeld(people: number, wasHeld: boolean): boolean {
  return wasHeld ? people >= FREE_BELOW : people > HELD_ABOVE;
}

/** What who shares is told. */
export function shareLimitFrom(isHeld: boolean): MediaSignal {
  return { type: "producer.limit", source: "screen", ...(isHeld ? HELD : FREE) };
}
