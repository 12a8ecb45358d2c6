import { cacheDir } from "./cache-dir.mjs";
import { createProgress } from "./progress.mjs";
import { projectDir } from "./project-dir.mjs";

/**
 * Where a command of the set-up works, and whom it tells what it is doing.
 * @typedef {{projectDir: string, cacheDir: string, progress: import("./progress.mjs").Progress}} Places
 */

/** @returns {Places} */
export const setUpPlaces = () => ({ projectDir, cacheDir: cacheDir(), progress: createProgress() });
