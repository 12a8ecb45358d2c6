import { constants } from "node:os";

const SIGNALS = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/** @type {Set<() => void>} */
const cleanups = new Set();

/**
 * Runs `cleanup` when the set-up is interrupted before the returned function is called. The signals keep their usual
 * meaning while nothing is registered, so that the program that follows the set-up handles its own.
 * @param {() => void} cleanup synchronous
 * @returns {() => void}
 */
export function onInterrupt(cleanup) {
  if (cleanups.size === 0) for (const signal of SIGNALS) process.on(signal, handleSignal);
  cleanups.add(cleanup);
  return () => {
    if (!cleanups.delete(cleanup) || cleanups.size > 0) return;
    for (const signal of SIGNALS) process.off(signal, handleSignal);
  };
}

/** @param {NodeJS.Signals} signal */
function handleSignal(signal) {
  for (const cleanup of [...cleanups].reverse()) {
    try {
      cleanup();
    } catch {
      // What cannot be removed now is removed by the next run, which trusts nothing that was not renamed into place.
    }
  }
  process.stderr.write(
    "\nSet-up was interrupted. What was finished is kept; the same command goes on from there.\n",
  );
  process.exit(128 + constants.signals[signal]);
}
