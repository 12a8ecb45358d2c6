import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, rename } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { cacheDir } from "../../../setup/cache-dir.mjs";

const run = promisify(execFile);
const BENCH_DIR = resolve(import.meta.dirname, "..");

/** What the benches keep between runs: programs by the hash of their source, and encoded films. */
export async function benchCacheDir(): Promise<string> {
  const dir = join(cacheDir(), "bench");
  await mkdir(dir, { recursive: true });
  return dir;
}

/**
 * Compiles all `.c` files of a folder of test/bench and returns the program; once for each version of them.
 * @throws with the compiler's words
 */
export async function builtTool(folder: string, flags: readonly string[]): Promise<string> {
  const dir = join(BENCH_DIR, folder);
  const files = readdirSync(dir).filter((name) => /\.[ch]$/.test(name));
  const hash = createHash("sha256").update(JSON.stringify(flags));
  for (const name of files.toSorted()) hash.update(name).update(readFileSync(join(dir, name)));
  const program = join(await benchCacheDir(), `${folder}-${hash.digest("hex").slice(0, 16)}`);
  if (existsSync(program)) return program;
  const sources = files.filter((name) => name.endsWith(".c")).map((name) => join(dir, name));
  const aside = `${program}.${process.pid}`;
  await run("gcc", ["-O2", "-o", aside, ...sources, ...flags]);
  await rename(aside, program);
  return program;
}
