import { generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runTrailCommand } from "../../server/cli/trail.ts";
import { signerFrom } from "../../server/key-file-signer.ts";
import type { Store } from "../../server/ports.ts";
import { createPostgresStore } from "../../server/store/postgres-store.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { quietLog } from "../contract/records.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { type ExportedStory, tellExportedStory } from "../support/exported-story.ts";
import { FakeClock } from "../support/fake-clock.ts";
import { type PostgresServer, startPostgres } from "../support/postgres-server.ts";
import { zipEntries } from "../support/zip-entries.ts";

const signer = signerFrom(generateKeyPairSync("ed25519").privateKey);
let postgres: PostgresServer;
let story: ExportedStory;
const servers: { readonly server: ApiServer; readonly store: Store; readonly key: string }[] = [];

async function serve(store: Store): Promise<void> {
  story = await tellExportedStory(store);
  const server = await serveApi({ store, signer });
  server.clock.advance(30 * 24 * 3_600_000);
  servers.push({ server, store, key: (await server.auth.createApiKey("ekspor", ["read"])).secret });
}

beforeAll(async () => {
  postgres = await startPostgres();
  await postgres.createDatabase("balai");
  await serve(await createSqliteStore({ file: ":memory:", log: quietLog }));
  await serve(await createPostgresStore({ address: postgres.addressOf("balai"), log: quietLog }));
});
afterAll(async () => {
  for (const { server } of servers) await server.close();
  await postgres?.close();
});

/** The trail as `trail export` writes it. */
async function trailExportOf({ trail }: Store): Promise<string> {
  let written = "";
  const writeFile = async (_file: string, text: string) => {
    written = text;
  };
  const out = { write: () => true };
  const line = { stdout: out, stderr: out, readFile: () => Promise.reject(new Error("nothing is read")) };
  const status = await runTrailCommand(
    ["export", "jejak"],
    { trail, clock: new FakeClock(), signer, writeFile },
    line,
  );
  expect(status).toBe(0);
  return written;
}

async function bytesOf({ server, key }: (typeof servers)[number], path: string): Promise<Buffer> {
  const response = await fetch(`http://127.0.0.1:${server.port}/api/v1${path}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) throw new Error(`${path}: ${response.status} ${bytes.toString("utf8")}`);
  return bytes;
}

describe("exports from PostgreSQL", () => {
  it("PS11 are those from SQLite, byte for byte", async () => {
    const [first, second] = servers;
    if (!first || !second) throw new Error("there are no two servers");
    const trail = await trailExportOf(first.store);
    expect(trail).toContain('"seq":12');
    expect(await trailExportOf(second.store)).toBe(trail);

    const programme = `/programmes/${story.programme.code}`;
    const paths = [
      ...story.sessions.flatMap(({ id }) => [
        `/sessions/${id}/evidence`,
        ...["json", "csv", "xlsx"].map((format) => `/sessions/${id}/attendance?format=${format}`),
      ]),
      ...["json", "csv", "xlsx"].map((format) => `${programme}/completion?format=${format}`),
      ...["csv", "xlsx"].map((format) => `${programme}/attendance?format=${format}`),
      `${programme}/results?limit=200`,
      `${programme}/enrolments?limit=200`,
      `${programme}/sessions?limit=200`,
    ];
    for (const path of paths) {
      const [ofSqlite, ofPostgres] = [await bytesOf(first, path), await bytesOf(second, path)];
      expect(ofSqlite.length, path).toBeGreaterThan(100);
      // A workbook's archive notes when it was packed; the files in it are compared.
      if (path.endsWith("xlsx")) expect(zipEntries(ofPostgres), path).toEqual(zipEntries(ofSqlite));
      else expect(ofPostgres.equals(ofSqlite), path).toBe(true);
    }
  });
});
