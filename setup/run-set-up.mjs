import { failureSentence } from "./setup-error.mjs";

/**
 * The one catch of every command here: exits with the work's code; what the machine is at fault for is one sentence,
 * what the program is at fault for keeps its stack.
 * @param {() => Promise<number>} work
 * @param {{onFailure?: () => void}} [options]
 */
export async function runSetUp(work, { onFailure } = {}) {
  try {
    process.exitCode = await work();
  } catch (error) {
    const sentence = failureSentence(error);
    process.exitCode = 1;
    process.stderr.write(`${sentence ?? (error instanceof Error ? error.stack : String(error))}\n`);
    onFailure?.();
  }
}
