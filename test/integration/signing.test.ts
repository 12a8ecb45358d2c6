import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { calculateJwkThumbprint } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runEvidenceCommand } from "../../server/cli/evidence.ts";
import { openKeyFileSigner } from "../../server/key-file-signer.ts";
import { newId } from "../../server/new-id.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

let server: ApiServer;
let centre: TrainingCentre;
let folder: string;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
  folder = await mkdtemp(join(tmpdir(), "balai-key-"));
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

/** What `balai evidence …` says, with files in a folder and the key of the server's own. */
async function evidence(...argv: string[]) {
  const said = { stdout: "", stderr: "" };
  const line = {
    stdout: { write: (text: string) => (said.stdout += text) },
    stderr: { write: (text: string) => (said.stderr += text) },
    readFile: (file: string) => readFile(join(folder, file), "utf8"),
  };
  return { status: await runEvidenceCommand(argv, line, () => openKeyFileSigner(server.dataDir)), ...said };
}

async function holdClass(): Promise<void> {
  const { store, clock } = server;
  const at = clock.now();
  const connectionId = newId("con");
  await store.classes.append(centre.session.id, [
    { seq: 1, at, type: "class.opened", by: centre.instructor.id },
    {
      seq: 2,
      at,
      type: "presence.joined",
      connectionId,
      enrolmentId: centre.ayu.id,
      device: "device-1",
      room: "main",
    },
    { seq: 3, at: at + 3_000_000, type: "presence.left", connectionId, reason: "left" },
    { seq: 4, at: at + 3_600_000, type: "class.closed", by: centre.instructor.id },
  ]);
}

describe("the installation's key", () => {
  it("SG1 is made once, its owner's alone, also when two start at once", async () => {
    const [one, two] = await Promise.all([openKeyFileSigner(folder), openKeyFileSigner(folder)]);
    expect(one.publicKey).toEqual(two.publicKey);
    expect((await openKeyFileSigner(folder)).keyId).toBe(one.keyId);
    expect((await stat(join(folder, "signing-key.pem"))).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(["signing-key.pem"]);
  });

  it("SG1 is never replaced: a file that is no key is named", async () => {
    await writeFile(join(folder, "signing-key.pem"), "");
    await expect(openKeyFileSigner(folder)).rejects.toThrow(/signing-key\.pem is no Ed25519 private key/);
  });

  it("SG2 is given out as its public half, the same on the command line", async () => {
    const { json, text } = await server.call("get", "/api/v1/signing-key");
    const key = json as { kty: string; crv: string; x: string; kid: string; pem: string };
    expect(key.kid).toBe(await calculateJwkThumbprint(key));
    expect(await evidence("key")).toEqual({ status: 0, stdout: key.pem, stderr: "" });
    expect(text).not.toContain('"d"');
    await writeFile(join(server.dataDir, "signing-key.pem"), "spoilt");
    expect(await evidence("key")).toMatchObject({
      status: 1,
      stdout: "",
      stderr: expect.stringContaining("is no Ed25519 private key"),
    });
  });
});

describe("a pack from the server", () => {
  it("SG3 is signed, and verified with either form of the key", async () => {
    await holdClass();
    const { text } = await server.call("get", `/api/v1/sessions/${centre.session.id}/evidence`, centre.key);
    await writeFile(join(folder, "pack.json"), text);
    await writeFile(join(folder, "key.pem"), (await evidence("key")).stdout);
    await writeFile(join(folder, "key.json"), (await server.call("get", "/api/v1/signing-key")).text);
    for (const key of ["key.pem", "key.json"]) {
      const { status, stdout } = await evidence("verify", "pack.json", "--key", key);
      expect(status).toBe(0);
      expect(stdout.match(/GOOD/g)).toHaveLength(3);
    }
  });

  it("SG3 one byte changed: the first bad row is named, and the signature does not fit", async () => {
    await holdClass();
    const { text } = await server.call("get", `/api/v1/sessions/${centre.session.id}/evidence`, centre.key);
    const spoilt = text.replace('"reason":"left"', '"reason":"lefT"');
    expect(spoilt).not.toBe(text);
    await writeFile(join(folder, "pack.json"), spoilt);
    await writeFile(join(folder, "key.pem"), (await evidence("key")).stdout);
    const { status, stdout } = await evidence("verify", "pack.json", "--key", "key.pem");
    expect(status).toBe(1);
    expect(stdout).toContain("The first bad row is events[2] (seq 3, presence.left)");
    expect(stdout).toMatch(/attendance +GOOD/);
    expect(stdout).toMatch(/signature +BAD/);
  });
});
