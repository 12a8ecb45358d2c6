import { afterAll, beforeAll, expect, it } from "vitest";
import { runCli } from "../../server/cli.ts";
import { configFrom } from "../../server/config.ts";
import type { ChainedRow } from "../../server/protocol/evidence.ts";
import { firstBadRow } from "../contract/class-events.ts";
import { type AdminClient, exchangeAdmin } from "../support/admin-client.ts";
import { connectHome, disconnected } from "../support/class-client.ts";
import { type NodeProcess, startCluster, type TestCluster } from "../support/cluster.ts";

let cluster: TestCluster;
let nodes: readonly NodeProcess[];
let office: AdminClient;
let sessionId: string;

beforeAll(async () => {
  cluster = await startCluster();
  const first = await cluster.startNode("a");
  nodes = [first, await cluster.startNode("b")];
  office = await exchangeAdmin(first.links.admin);
  type Listed = { readonly items: readonly { readonly id: string }[] };
  const programmes = await office.get<Listed>("/api/v1/programmes");
  const sessions = await office.get<Listed>(`/api/v1/programmes/${programmes.items[0]?.id}/sessions`);
  sessionId = sessions.items[0]?.id ?? "";
});
afterAll(() => cluster?.close());

/** Runs `balai …` beside the nodes, as from any machine. */
async function run(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  let stdout = "";
  let stderr = "";
  const config = configFrom({
    DATABASE_URL: cluster.databaseUrl,
    REDIS_URL: cluster.redis.url,
    DATA_DIR: cluster.dataDir,
    LOG_LEVEL: "silent",
    ...env,
  });
  const status = await runCli(argv, config, {
    stdout: { write: (text) => (stdout += text) },
    stderr: { write: (text) => (stderr += text) },
    readFile: () => Promise.reject(new Error("no file is read")),
  });
  return { status, stdout, stderr };
}

async function readiness({ url }: NodeProcess) {
  const answer = await fetch(`${url}/readyz`);
  const { parts } = (await answer.json()) as { parts: { accepting: boolean } };
  return { status: answer.status, accepting: parts.accepting };
}

it("CN12 a node that is drained gives its classes away without a lost minute, and a proxy sends nobody there", async () => {
  const link = nodes[1]?.links.participants[0] ?? "";
  const person = await connectHome(link);
  await person.enter("device-a");
  const home = nodes.find(({ url }) => url === person.url) as NodeProcess;
  const other = nodes.find((node) => node !== home) as NodeProcess;
  await office.post(`/api/v1/sessions/${sessionId}/open`, {});
  const over = disconnected(person);
  const drained = await run(["node", "drain", home.name]);
  expect(drained).toMatchObject({ status: 0, stdout: "" });
  expect(drained.stderr).toContain(`${home.name} has no class and takes no new ones`);
  await over;
  expect((await run(["node", "list"])).stdout.split("\n")).toContainEqual(
    expect.stringContaining(`${home.name}\t${home.url}\tdraining\t0\t0`),
  );
  expect(await readiness(home)).toEqual({ status: 503, accepting: false });
  expect((await fetch(`${home.url}/healthz`)).status).toBe(200);
  expect(await readiness(other)).toEqual({ status: 200, accepting: true });

  // By the drained node's own address people still find their class.
  const back = await connectHome(home.links.participants[0] ?? "");
  expect(back.url).toBe(other.url);
  await back.enter("device-a");
  expect(await back.command("hand.raise", {})).toMatchObject({ ok: true });
  const { events } = await office.get<{ events: readonly ChainedRow[] }>(
    `/api/v1/sessions/${sessionId}/evidence`,
  );
  expect(firstBadRow(sessionId, events)).toBeNull();
  const at = events.findLastIndex(({ type }) => type === "server.recovered");
  expect(events[at - 1]?.type).toBe("presence.mark");
  expect((events[at]?.at ?? 0) - (events[at - 1]?.at ?? 0)).toBeLessThan(10_000);

  const alone = await run(["node", "drain", other.name]);
  expect(alone).toMatchObject({ status: 1, stderr: expect.stringContaining("no other node") });
  expect(await readiness(other)).toEqual({ status: 200, accepting: true });
  expect(await run(["node", "resume", home.name])).toMatchObject({
    status: 0,
    stderr: `${home.name} takes classes.\n`,
  });
  expect(await readiness(home)).toEqual({ status: 200, accepting: true });
  back.close();
});

it("CN12 says what is wrong, and touches nothing", async () => {
  const refused = async (argv: readonly string[], env: Readonly<Record<string, string>> = {}) => {
    const { status, stdout, stderr } = await run(argv, env);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    return stderr;
  };
  expect(await refused(["node", "drain", "c"])).toBe('No node runs under the name "c". These run: a, b.\n');
  expect(await refused(["node", "list"], { REDIS_URL: "" })).toContain("There is no REDIS_URL");
  expect(await refused(["node", "list"], { REDIS_URL: "redis://127.0.0.1:1" })).toMatch(
    /^REDIS_URL: Redis at 127\.0\.0\.1:1 cannot be reached\.\n$/,
  );
  const others = cluster.redis.client.duplicate({ db: 1 });
  await others.set("balai:installation", "another");
  expect(await refused(["node", "resume", "a"], { REDIS_URL: `${cluster.redis.url}/1` })).toContain(
    "belongs to another installation",
  );
  expect(await others.keys("*")).toEqual(["balai:installation"]);
  others.disconnect();
  for (const argv of [[], ["drain"], ["drain", "--all"], ["list", "a"], ["drain", "a", "b"]]) {
    expect(await run(["node", ...argv])).toMatchObject({ status: 2, stdout: "" });
  }
  expect(await run(["node", "--help"])).toMatchObject({ status: 0, stderr: "" });
});
