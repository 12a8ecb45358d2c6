import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runAccountCommand } from "../../server/cli/account.ts";
import { runAdminCommand } from "../../server/cli/admin.ts";
import { runApiKeyCommand } from "../../server/cli/api-key.ts";
import { newId } from "../../server/new-id.ts";
import { createTrail } from "../../server/transport/trail.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { tokenIn } from "../support/training-centre.ts";

let server: ApiServer;
beforeEach(async () => {
  server = await serveApi();
});
afterEach(() => server.close());

/** Runs a command and collects what it says. */
async function run(argv: readonly string[]) {
  const said = { stdout: "", stderr: "" };
  const line = {
    stdout: { write: (text: string) => (said.stdout += text) },
    stderr: { write: (text: string) => (said.stderr += text) },
  };
  const [command, ...rest] = argv;
  const parts = { ...server, newId, trail: createTrail(server) };
  const commands = { admin: runAdminCommand, account: runAccountCommand, "api-key": runApiKeyCommand };
  const status = await commands[command as keyof typeof commands](rest, parts, line);
  return { status, ...said };
}

const signIn = (url: string) =>
  server.call("post", "/api/v1/admin/sign-in", { json: { token: tokenIn(url.trim()) } });

describe("accounts on the command line", () => {
  it("CM1 makes an administrator, and a link that signs in", async () => {
    const created = await run(["admin", "create", "Ratna@contoh.go.id"]);
    expect(created.status).toBe(0);
    expect(created.stdout).toMatch(/^https:\/\/balai\.test\/admin#[\w-]{43}\n$/);
    expect((await signIn(created.stdout)).json).toMatchObject({ account: { email: "Ratna@contoh.go.id" } });
    const again = await run(["admin", "create", "ratna@contoh.go.id"]);
    expect(again).toMatchObject({ status: 1, stdout: "", stderr: expect.stringContaining("already") });
    const link = await run(["admin", "link", "ratna@contoh.go.id"]);
    expect((await signIn(link.stdout)).status).toBe(200);
    expect((await run(["admin", "link", "siapa@contoh.go.id"])).status).toBe(1);
    expect((await run(["admin", "create", "siapa"])).status).toBe(1);
  });

  it("TR5 tells the trail what the command line made", async () => {
    await run(["admin", "create", "ratna@contoh.go.id"]);
    await run(["admin", "link", "ratna@contoh.go.id"]);
    await run(["api-key", "create", "SIM pelatihan", "--scope", "read"]);
    const rows = await server.store.trail.rowsAfter(0, 10);
    expect(rows.map(({ actor, action, detail }) => [actor.kind, action, detail])).toEqual([
      ["command-line", "account.created", {}],
      ["command-line", "account.link-made", {}],
      ["command-line", "api-key.created", { scopes: ["read"] }],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/ratna|SIM/);
  });

  it("CM4 makes an account with a link to set its password, lists, resets, and changes its role", async () => {
    const created = await run([
      "account",
      "create",
      "Audit@contoh.go.id",
      "--role",
      "auditor",
      "--name",
      "Audit",
    ]);
    expect(created.stdout).toMatch(/^https:\/\/balai\.test\/admin\/set-password#[\w-]{43}\n$/);
    expect((await run(["account", "create", "audit@contoh.go.id", "--role", "admin"])).status).toBe(1);
    expect((await run(["account", "list"])).stdout).toBe("Audit@contoh.go.id\tauditor\tno password yet\n");
    expect((await run(["account", "role", "audit@contoh.go.id", "admin"])).status).toBe(0);
    expect((await run(["account", "role", "audit@contoh.go.id", "auditor"])).status).toBe(1);
    const reset = await run(["account", "reset", "audit@contoh.go.id", "--second-factor"]);
    expect(reset.status).toBe(0);
    const json = { token: tokenIn(reset.stdout.trim()), password: "lima roti tawar di meja" };
    const accepted = await server.call("post", "/api/v1/account/invitation/accept", { json });
    expect(accepted).toMatchObject({ status: 200, json: { signedIn: { access: "unready-admin" } } });
  });

  it("CM4 makes a key that ends with its owner's account", async () => {
    await run(["admin", "create", "satu@contoh.go.id"]);
    await run(["admin", "create", "dua@contoh.go.id"]);
    const { stdout } = await run(["api-key", "create", "SIM", "--owner", "dua@contoh.go.id"]);
    const read = async () => (await server.call("get", "/api/v1/programmes", { key: stdout.trim() })).status;
    expect(await read()).toBe(200);
    await run(["account", "role", "dua@contoh.go.id", "auditor"]);
    expect(await read()).toBe(401);
  });

  it.each([
    ["read and write", [], 200, 201],
    ["read", ["--scope", "read"], 200, 403],
    ["write", ["--scope=write"], 403, 201],
    ["both, twice said", ["--scope", "read", "--scope", "write", "--scope", "read"], 200, 201],
  ] as const)("CM2 makes a key that may %s", async (_name, options, reading, writing) => {
    const { status, stdout } = await run(["api-key", "create", "SIM pelatihan", ...options]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/^balai_[\w-]{43}\n$/);
    const key = stdout.trim();
    expect((await server.call("get", "/api/v1/programmes", { key })).status).toBe(reading);
    const json = { code: "P", title: "P", units: [{ code: "U", title: "U", jp: 1 }] };
    expect((await server.call("post", "/api/v1/programmes", { key, json })).status).toBe(writing);
  });

  it.each([
    [["admin"], 2],
    [["admin", "create"], 2],
    [["admin", "remove", "a@contoh.go.id"], 2],
    [["admin", "create", "a@contoh.go.id", "b"], 2],
    [["admin", "help"], 0],
    [["account"], 2],
    [["account", "create", "a@contoh.go.id"], 2],
    [["account", "create", "a@contoh.go.id", "--role", "boss"], 2],
    [["account", "create", "a@contoh.go.id", "--role", "admin", "b"], 2],
    [["account", "create", "siapa", "--role", "admin"], 1],
    [["account", "create", "a@contoh.go.id", "--role", "admin", "--name", "a\nb"], 1],
    [["account", "list", "a"], 2],
    [["account", "role", "a@contoh.go.id"], 2],
    [["account", "reset"], 2],
    [["account", "reset", "a@contoh.go.id"], 1],
    [["account", "--help"], 0],
    [["api-key", "create", "a", "--owner", "siapa@contoh.go.id"], 1],
    [["api-key"], 2],
    [["api-key", "create"], 2],
    [["api-key", "create", "a", "b"], 2],
    [["api-key", "create", "a", "--scope", "all"], 2],
    [["api-key", "create", "a", "--scope"], 2],
    [["api-key", "create", "a", "--colour", "red"], 2],
    [["api-key", "create", ""], 1],
    [["api-key", "create", "a\nb"], 1],
    [["api-key", "--help"], 0],
  ])("CM3 answers %j with status %i", async (argv, status) => {
    const answer = await run(argv);
    expect(answer.status).toBe(status);
    expect(answer.stdout + answer.stderr).not.toBe("");
  });
});
