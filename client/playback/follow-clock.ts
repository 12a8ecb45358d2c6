/** A picture this far from the sound jumps to it; nearer, it runs a little faster or slower until it is there. */
const JUMP_MS = 250;
/** Nearer than this nobody can see it. */
const FINE_MS = 20;
/** How much faster or slower at most. */
const MAX_CHANGE = 0.1;
/** In how long a picture catches up. */
const CATCH_UP_MS = 1_000;

export type Following =
  | { readonly kind: "jump" }
  /** Runs at this speed. */
  | { readonly kind: "run"; readonly rate: number };

/**
 * PB12: how a picture keeps to the sound: `aheadMs` is how far it is in front of it (negative: behind). Standing still it is
 * exactly there.
 */
export function followingFrom(state: {
  readonly aheadMs: number;
  readonly isRunning: boolean;
  readonly speed: number;
}): Following {
  const { aheadMs, isRunning, speed } = state;
  const far = Math.abs(aheadMs);
  if (!isRunning) return far > FINE_MS ? { kind: "jump" } : { kind: "run", rate: speed };
  if (far > JUMP_MS * Math.max(1, speed)) return { kind: "jump" };
  if (far <= FINE_MS) return { kind: "run", rate: speed };
  const change = Math.max(-MAX_CHANGE, Math.min(MAX_CHANGE, -aheadMs / CATCH_UP_MS));
  return { kind: "run", rate: speed * (1 + change) };
}
