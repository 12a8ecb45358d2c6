import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type App, createApp } from "../../server/app.ts";
import { configFrom } from "../../server/config.ts";
import type { DemoLinks } from "../../server/demo/demo.ts";
import { freePort } from "./free-port.ts";
import { createQuietLog } from "./quiet-log.ts";

export interface RunningApp {
  readonly app: App;
  readonly links: DemoLinks;
  readonly dataDir: string;
  /** Stops it and starts it again on the same data. */
  restart(): Promise<RunningApp>;
  close(): Promise<void>;
}

/** The whole server in this process, with its model programme, real store and real media worker. */
export async function startApp(given?: {
  readonly dataDir?: string;
  /** Where programs such as ffmpeg are looked for; the PATH of the tests unless said. */
  readonly programPath?: string;
}): Promise<RunningApp> {
  const dataDir = given?.dataDir ?? (await mkdtemp(join(tmpdir(), "balai-app-")));
  const config = configFrom({
    PORT: "0",
    RTC_PORT: String(await freePort()),
    WORKERS: "1",
    DATA_DIR: dataDir,
    DEMO: "1",
    MEDIASOUP_WORKER_BIN: process.env.MEDIASOUP_WORKER_BIN,
    PATH: given?.programPath ?? process.env.PATH,
  });
  const app = await createApp(config, createQuietLog().log);
  if (!app.links) throw new Error("the demo made no links");
  return {
    app,
    links: app.links,
    dataDir,
    async restart() {
      await app.close();
      return startApp({ dataDir });
    },
    async close() {
      await app.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
