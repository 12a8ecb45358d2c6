import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "../../server/cli.ts";
import { configFrom } from "../../server/config.ts";

let dataDir: string;
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "balai-trail-"));
});
afterEach(() => rm(dataDir, { recursive: true }));

/** Runs `balai …` on the folder's records. */
async function run(...argv: string[]) {
  let said = "";
  const out = { write: (text: string) => (said += text) };
  const config = configFrom({ DATA_DIR: dataDir, LOG_LEVEL: "silent" });
  const line = { stdout: out, stderr: out, readFile: (file: string) => readFile(file, "utf8") };
  return { status: await runCli(argv, config, line), said };
}

/** What somebody does who has the database file and knows how to take its triggers away. */
function tamper(statement: string): void {
  const database = new DatabaseSync(join(dataDir, "balai.db"));
  expect(() => database.exec(statement)).toThrow("append-only");
  database.exec(`drop trigger trail_refuses_update; drop trigger trail_refuses_delete; ${statement}`);
  database.close();
}

describe("balai trail", () => {
  it("TR7 verifies, exports and verifies against the export", async () => {
    for (const name of ["a", "b", "c"]) await run("admin", "create", `${name}@contoh.go.id`);
    expect(await run("trail", "verify")).toMatchObject({
      status: 0,
      said: expect.stringContaining("3 rows"),
    });
    const file = join(dataDir, "jejak.json");
    expect((await run("trail", "export", file)).status).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await run("trail", "export", file)).status).toBe(1);
    await run("admin", "create", "d@contoh.go.id");
    expect((await run("trail", "verify", "--since", file)).status).toBe(0);
    const text = await readFile(file, "utf8");
    await writeFile(join(dataDir, "forged.json"), text.replace('"seq":3', '"seq":2'));
    expect((await run("trail", "verify", "--since", join(dataDir, "forged.json"))).status).toBe(1);
    expect((await run("trail", "verify", "--since", join(dataDir, "none.json"))).status).toBe(1);
    expect((await run("trail", "burn")).status).toBe(2);
  });

  it.each([
    ["changed", "update trail set action = 'roster.read' where seq = 2", "row 2"],
    ["removed", "delete from trail where seq = 2", "row 3"],
    ["cut off at the end", "delete from trail where seq = 3", "row 2"],
    ["made nonsense of", "update trail set body = '{' where seq = 3", "row 3"],
  ])("TR7 names a row that was %s", async (_how, statement, row) => {
    for (const name of ["a", "b", "c"]) await run("admin", "create", `${name}@contoh.go.id`);
    tamper(statement);
    const checked = await run("trail", "verify");
    expect(checked).toMatchObject({ status: 1, said: expect.stringContaining(row) });
  });
});
