import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort } from "../../support/free-port.ts";
import { builtTool } from "./built-tool.ts";
import { pin } from "./process-use.ts";
import { pause } from "./windows.ts";

const PROGRAM = "/usr/bin/janus";
const READY_MS = 10_000;
export const JANUS_ROOM = 1;

export interface JanusProcess {
  readonly pid: number;
  /** Its WebSocket. */
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Debian's Janus with its videoroom, as it comes but for what keeps it on loopback; `eventLoops` (0: as it comes) is the
 * one option that changes how it forwards. Throws where it is not installed or does not start.
 */
export async function startJanus({
  eventLoops,
  core,
}: {
  readonly eventLoops: number;
  readonly core: number;
}): Promise<JanusProcess> {
  const [home] = globSync("/usr/lib/*/janus");
  if (!existsSync(PROGRAM) || !home) throw new Error("Debian's package janus is not installed");
  const shim = await builtTool("loopback-gathering", ["-shared", "-fPIC", "-ldl"]);
  const dir = await mkdtemp(join(tmpdir(), "balai-bench-janus-"));
  const port = await freePort();
  const firstPort = eventLoops === 0 ? 20_000 : 30_000;
  await writeFile(
    join(dir, "janus.jcfg"),
    `general: { configs_folder="${dir}" plugins_folder="${home}/plugins" transports_folder="${home}/transports"
      debug_level=3 session_timeout=0 ${eventLoops === 0 ? "" : `event_loops=${eventLoops}`} }
    media: { rtp_port_range="${firstPort}-${firstPort + 9_999}" dtls_mtu=1200 }
    nat: { ice_lite=true ice_enforce_list="lo" ignore_mdns=true }
    plugins: { disable="${othersIn(`${home}/plugins`, "libjanus_videoroom.so")}" }
    transports: { disable="${othersIn(`${home}/transports`, "libjanus_websockets.so")}" }
    `,
  );
  await writeFile(
    join(dir, "janus.plugin.videoroom.jcfg"),
    `room-${JANUS_ROOM}: { description="bench" publishers=8 bitrate=0 videocodec="vp8" audiocodec="opus" }\n`,
  );
  await writeFile(
    join(dir, "janus.transport.websockets.jcfg"),
    `general: { json="compact" ws=true ws_port=${port} ws_ip="127.0.0.1" wss=false }\n`,
  );
  const child = spawn(PROGRAM, ["-C", join(dir, "janus.jcfg"), "-F", dir], {
    env: { ...process.env, LD_PRELOAD: shim },
    stdio: "ignore",
  });
  process.once("exit", () => void child.kill("SIGKILL"));
  const url = `ws://127.0.0.1:${port}`;
  await opened(url, child);
  const { pid = 0 } = child;
  pin(pid, core);
  return {
    pid,
    url,
    async close() {
      child.kill("SIGKILL");
      await rm(dir, { recursive: true, force: true });
    },
  };
}

function othersIn(folder: string, wanted: string): string {
  const names = globSync(`${folder}/*.so`).map((path) => path.slice(folder.length + 1));
  return names.filter((name) => name !== wanted).join(",");
}

/** Waits until its WebSocket answers. */
async function opened(url: string, child: ChildProcess): Promise<void> {
  const deadline = performance.now() + READY_MS;
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = new WebSocket(url, "janus-protocol");
      socket.onopen = () => {
        socket.close();
        resolve(true);
      };
      socket.onerror = () => resolve(false);
    });
    if (isOpen) return;
    if (child.exitCode !== null || performance.now() > deadline) throw new Error("Janus did not start");
    await pause(100);
  }
}
