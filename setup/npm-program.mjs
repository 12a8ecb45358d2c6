import { existsSync, realpathSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { SetupError } from "./setup-error.mjs";

/**
 * The JavaScript file that npm is, so that it can be run under a newer Node than the one it came with: under an old one
 * npm quietly picks older packages.
 * @param {Record<string, string | undefined>} [env]
 * @param {string} [execPath]
 * @returns {string}
 */
export function npmProgram(env = process.env, execPath = process.execPath) {
  const candidates = [
    env.npm_execpath ?? "",
    join(dirname(dirname(execPath)), "lib/node_modules/npm/bin/npm-cli.js"),
    ...(env.PATH ?? "").split(delimiter).map((folder) => resolved(join(folder, "npm"))),
  ];
  const found = candidates.find((path) => basename(path) === "npm-cli.js" && existsSync(path));
  if (found) return found;
  throw new SetupError(
    "npm is missing. Install it with Node.js (on Debian: apt-get install npm), then start again.",
  );
}

/**
 * The environment for an npm that works in another folder than the npm that started this process.
 * @param {Record<string, string | undefined>} env
 */
export function npmEnvironment(env) {
  return Object.fromEntries(
    Object.entries(env).filter(
      ([key]) =>
        !/^npm_(package_|lifecycle_|config_(local_prefix|prefix|loglevel)$)/i.test(key) && key !== "INIT_CWD",
    ),
  );
}

/** Options of every `npm ci` here: no package's script runs, and nothing but errors is printed. */
export const NPM_CI = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];

/** @param {string} path */
function resolved(path) {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
