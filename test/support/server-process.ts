import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { DemoLinks } from "../../server/demo/demo.ts";
import { SERVER_NODE_OPTIONS } from "../../setup/server-node-options.mjs";
import { freePort } from "./free-port.ts";

interface Ready {
  readonly url: string;
  readonly links: DemoLinks;
}

/** The server as a process of its own, which a test can kill as a power cut would. */
export interface ServerProcess extends Ready {
  readonly dataDir: string;
  /** Of the process that runs now. */
  pid(): number;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same ports and data. */
  startAgain(): Promise<Ready>;
  close(): Promise<void>;
}

/** Starts `server/main.ts` on free ports, with an empty data folder or the given one, and waits for its readiness line. */
export async function startServerProcess(given?: {
  readonly dataDir: string;
  /** Options of Node's own, such as a profiler's. */
  readonly nodeOptions?: readonly string[];
  readonly workers?: number;
  readonly env?: Readonly<Record<string, string>>;
}): Promise<ServerProcess> {
  const dataDir = given?.dataDir ?? (await mkdtemp(join(tmpdir(), "balai-e2e-")));
  const env = {
    ...process.env,
    PORT: String(await freePort()),
    RTC_PORT: String(await freePort()),
    WORKERS: String(given?.workers ?? 1),
    DATA_DIR: dataDir,
    DEMO: "1",
    LOG_LEVEL: "warn",
    NODE_ENV: "development",
    ...given?.env,
  };
  let child: ChildProcess;

  async function start(): Promise<Ready> {
    child = spawn(
      process.execPath,
      [...SERVER_NODE_OPTIONS, ...(given?.nodeOptions ?? []), "server/main.ts"],
      {
        env,
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
    const [line] = await Promise.race([
      once(lines, "line"),
      once(child, "exit").then(() => Promise.reject(new Error("the server ended before it was ready"))),
    ]);
    return JSON.parse(String(line));
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, "exit");
    child.kill(signal);
    await gone;
  }

  const ready = await start();
  return {
    ...ready,
    dataDir,
    pid: () => child.pid ?? 0,
    kill: () => end("SIGKILL"),
    startAgain: start,
    async close() {
      await end("SIGTERM");
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
