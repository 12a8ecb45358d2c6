import { spawn } from "node:child_process";
import { constants } from "node:os";
import { delimiter, dirname } from "node:path";

/** Node's own remark that `node:sqlite` is young; every other warning is shown. */
const NODE_OPTIONS = ["--disable-warning=ExperimentalWarning"];

/**
 * Runs a program under the given Node in place of this process, as far as that can be: same streams, its exit code.
 * @param {string} node
 * @param {readonly string[]} args
 * @param {{cwd: string, env?: Record<string, string | undefined>}} options
 * @returns {Promise<number>} the exit code; 128 and the signal's number if it was ended by one
 */
export function runNode(node, args, { cwd, env = {} }) {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [...NODE_OPTIONS, ...args], {
      cwd,
      env: environmentFor(node, env),
      stdio: "inherit",
    });
    const stop = passSignals(child);
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      stop();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/**
 * Passes each kind of signal on once: Ctrl-C in a terminal reaches the whole process group, and npm sends it again.
 * @param {import("node:child_process").ChildProcess} child
 * @returns {() => void} stops passing
 */
export function passSignals(child) {
  /** @type {Set<NodeJS.Signals>} */
  const passed = new Set();
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    if (passed.has(signal)) return;
    passed.add(signal);
    if (signal === "SIGINT" && process.stdin.isTTY) return;
    child.kill(signal);
  };
  const signals = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);
  for (const signal of signals) process.on(signal, pass);
  return () => {
    for (const signal of signals) process.off(signal, pass);
  };
}

/**
 * The environment in which `node` is the given one for everything that the program starts.
 * @param {string} node
 * @param {Record<string, string | undefined>} more
 */
export function environmentFor(node, more) {
  return { ...process.env, ...more, PATH: [dirname(node), process.env.PATH].filter(Boolean).join(delimiter) };
}
