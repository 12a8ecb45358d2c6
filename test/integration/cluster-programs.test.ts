import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { expect, it } from "vitest";
import { freePort } from "../support/free-port.ts";

interface Ready {
  readonly nodes: readonly {
    readonly name: string;
    readonly url: string;
    readonly links: { instructor: string };
  }[];
}

it("CN11 one command starts Redis, PostgreSQL and two nodes that know each other, and ends all of them in order", {
  timeout: 120_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), "balai-programs-"));
  // PostgreSQL's own user looks into it.
  await chmod(folder, 0o755);
  const port = await freePort();
  const options = {
    node: process.execPath,
    worker: process.env.MEDIASOUP_WORKER_BIN,
    projectDir: process.cwd(),
    folder,
    env: { PORT: `${port}`, RTC_PORT: `${await freePort()}`, WORKERS: "1" },
  };
  const script = `import { startClusterPrograms } from "./setup/start-cluster-programs.mjs";
    process.exitCode = await startClusterPrograms(${JSON.stringify(options)});`;
  const child = spawn(process.execPath, ["--input-type=module", "-e", script], {
    stdio: ["ignore", "pipe", "ignore"],
    env: { ...process.env, LOG_LEVEL: "error", DEMO: "1" },
  });
  const gone = once(child, "exit");
  try {
    const [line] = await Promise.race([once(createInterface({ input: child.stdout }), "line"), gone]);
    const { nodes } = JSON.parse(String(line)) as Ready;
    expect(nodes.map(({ name, url }) => [name, url])).toEqual([
      ["node-1", `http://127.0.0.1:${port}`],
      ["node-2", `http://127.0.0.1:${port + 1}`],
    ]);
    for (const { url, links } of nodes) {
      expect((await fetch(`${url}/readyz`)).status).toBe(200);
      expect(links.instructor.startsWith(`${url}/join#`)).toBe(true);
    }
    const policy = async () =>
      (await fetch(`http://127.0.0.1:${port}/`)).headers.get("content-security-policy");
    await expect.poll(policy, { timeout: 20_000 }).toContain(`ws://127.0.0.1:${port + 1}`);
  } finally {
    child.kill("SIGTERM");
    await gone;
    await rm(folder, { recursive: true, force: true });
  }
  expect(child.exitCode).toBe(0);
  await expect(fetch(`http://127.0.0.1:${port}/readyz`)).rejects.toThrow();
});
