import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { builtTool } from "./built-tool.ts";

/** A media worker whose sends are batched: the same binary with a library preloaded (test/bench/batched-sends). */
export async function createBatchedWorker(): Promise<{
  readonly program: string;
  close(): Promise<void>;
}> {
  const worker = process.env.MEDIASOUP_WORKER_BIN;
  if (!worker) throw new Error("MEDIASOUP_WORKER_BIN is not set: start by npm run bench");
  const library = await builtTool("batched-sends", ["-shared", "-fPIC", "-ldl"]);
  const dir = await mkdtemp(join(tmpdir(), "balai-bench-worker-"));
  const program = join(dir, "mediasoup-worker");
  await writeFile(program, `#!/bin/sh\nLD_PRELOAD="${library}" exec "${worker}" "$@"\n`, { mode: 0o755 });
  return { program, close: () => rm(dir, { recursive: true, force: true }) };
}
