import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { basename, dirname } from "node:path";
import { createInterface } from "node:readline";
import { onInterrupt } from "./interrupt.mjs";
import { knownReasonFrom, SetupError } from "./setup-error.mjs";

const SHOWN_LINES = 6;

/**
 * Runs a command of the set-up quietly: what it prints goes into a log, of which a failure shows the last lines.
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{
 *   log: string,
 *   failing: string,
 *   cwd?: string,
 *   env?: Record<string, string | undefined>,
 *   timeoutMs?: number,
 *   onLine?: (line: string) => void,
 *   endWith?: NodeJS.Signals,
 * }} options `failing`: the beginning of the sentence for a failure, such as "The client could not be built"; `endWith`:
 *   what an interruption sends
 * @returns {Promise<void>}
 * @throws {SetupError}
 */
export async function runCommand(program, args, { log, failing, ...options }) {
  mkdirSync(dirname(log), { recursive: true });
  const file = openSync(log, "w");
  try {
    const ended = await finished(program, args, { file, ...options });
    if (ended === 0) return;
    const output = readFileSync(log, "utf8");
    const why =
      knownReasonFrom(output) ?? (typeof ended === "string" ? ended : `${basename(program)} exited ${ended}`);
    throw new SetupError(`${failing}: ${why}. The whole log is ${log}`, { detail: lastLines(output) });
  } finally {
    closeSync(file);
  }
}

/**
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{file: number, cwd?: string, env?: Record<string, string | undefined>, timeoutMs?: number,
 *   onLine?: (line: string) => void, endWith?: NodeJS.Signals}} options
 * @returns {Promise<number | string>} the exit code, or why there is none
 */
function finished(program, args, { file, cwd, env, timeoutMs, onLine, endWith = "SIGTERM" }) {
  return new Promise((resolve) => {
    // A process group of its own, so that an interruption ends the compilers below it too, and once.
    const child = spawn(program, args, {
      cwd,
      env: env ?? process.env,
      detached: true,
      stdio: ["ignore", onLine ? "pipe" : file, file],
    });
    const kill = () => endGroup(child.pid, endWith);
    const forget = onInterrupt(kill);
    let isLate = false;
    const timer = timeoutMs === undefined ? undefined : setTimeout(() => killLate(), timeoutMs);
    const killLate = () => {
      isLate = true;
      kill();
    };
    if (child.stdout && onLine) {
      createInterface({ input: child.stdout }).on("line", (line) => {
        onLine(line);
        writeLine(file, line);
      });
    }
    /** @param {number | string} result */
    const settle = (result) => {
      clearTimeout(timer);
      forget();
      resolve(isLate ? `no answer within ${Math.round((timeoutMs ?? 0) / 1000)} s` : result);
    };
    child.once("error", (error) => settle(error.message));
    child.once("close", (code, signal) => settle(code ?? `${basename(program)} was ended by ${signal}`));
  });
}

/**
 * @param {number} file
 * @param {string} line
 */
function writeLine(file, line) {
  try {
    writeSync(file, `${line}\n`);
  } catch {
    // A full disk fails the command itself, which is what gets told.
  }
}

/**
 * @param {number | undefined} pid
 * @param {NodeJS.Signals} signal
 */
function endGroup(pid, signal) {
  if (pid === undefined) return;
  try {
    process.kill(-pid, signal);
  } catch {
    // It ended by itself meanwhile.
  }
}

/**
 * The end of what a command printed; of a long build, the end of what looks like an error.
 * @param {string} output
 */
function lastLines(output) {
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const errors = lines.filter((line) => /\berror\b|fatal|killed|cannot|failed|^E:/i.test(line));
  return (errors.length > 0 ? errors : lines).slice(-SHOWN_LINES).join("\n");
}
