/**
 * Tells a person what the set-up is doing, on standard error: standard output belongs to the program that follows.
 * @typedef {{
 *   begin(what: string): void,
 *   note(text: string): void,
 *   count(done: number, all: number): void,
 *   end(): void,
 * }} Progress
 */

/**
 * @param {{write(text: string): unknown, isTTY?: boolean}} [out]
 * @param {() => number} [now] epoch ms
 * @returns {Progress}
 */
export function createProgress(out = process.stderr, now = Date.now) {
  let begunAt = 0;
  let isCounting = false;
  const endCount = () => {
    if (isCounting && out.isTTY) out.write("\n");
    isCounting = false;
  };
  return {
    begin(what) {
      begunAt = now();
      out.write(`Set-up: ${what} …\n`);
    },
    note(text) {
      endCount();
      out.write(`  ${text}\n`);
    },
    count(done, all) {
      isCounting = true;
      out.write(out.isTTY ? `\r  [${done}/${all}] ` : `  [${done}/${all}]\n`);
    },
    end() {
      endCount();
      out.write(`  done in ${Math.max(1, Math.round((now() - begunAt) / 1000))} s\n`);
    },
  };
}
