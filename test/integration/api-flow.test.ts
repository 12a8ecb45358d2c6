import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import readXlsxFile from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CertificatesIssued } from "../../server/protocol/certificates.ts";
import type { CompletionReport } from "../../server/protocol/completion.ts";
import { type ClassClient, connect } from "../support/class-client.ts";
import { freePort } from "../support/free-port.ts";
import { zipEntries } from "../support/zip-entries.ts";

/** The whole office's work by the API alone, as docs/api.md tells it, against a process started fresh. */

const PEOPLE = 30;
const SLOT_MS = 6_000;
const PROGRAMME = "/api/v1/programmes/PAI-2026";

let folder: string;
let env: NodeJS.ProcessEnv;
let url: string;
let key: string;
let stop: () => Promise<void>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "balai-flow-"));
  env = {
    ...process.env,
    PORT: String(await freePort()),
    RTC_PORT: String(await freePort()),
    WORKERS: "1",
    DATA_DIR: join(folder, "data"),
    DEMO: "0",
    LOG_LEVEL: "warn",
  };
  const child = spawn(process.execPath, ["server/main.ts"], { env, stdio: ["ignore", "pipe", "inherit"] });
  stop = async () => {
    child.kill("SIGTERM");
    await once(child, "exit");
  };
  const [line] = await once(createInterface({ input: child.stdout }), "line");
  url = JSON.parse(String(line)).url;
  key = (await balai("api-key", "create", "alur")).stdout.trim();
});
afterAll(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

/** The command line, beside the running server. */
async function balai(...argv: string[]): Promise<{ status: number; stdout: string }> {
  const run = promisify(execFile)(process.execPath, ["server/main.ts", ...argv], { env });
  return run.then(
    ({ stdout }) => ({ status: 0, stdout }),
    (fault: { code: number; stdout: string }) => ({ status: fault.code, stdout: fault.stdout }),
  );
}

async function ask(method: string, path: string, body?: object | string): Promise<Response> {
  const type = typeof body === "string" ? "text/csv" : "application/json";
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${key}`, ...(body === undefined ? {} : { "content-type": type }) },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return response;
}
async function json<Data>(method: string, path: string, body?: object | string): Promise<Data> {
  return (await (await ask(method, path, body)).json()) as Data;
}

const nipOf = (index: number): string => `1987051220100${String(12_001 + index)}`;

describe("the API alone, from a fresh start", () => {
  it("WW1 takes a programme from its roster to certificates", { timeout: 120_000 }, async () => {
    await json("POST", "/api/v1/programmes", {
      code: "PAI-2026",
      title: "Pelatihan Pemanfaatan AI di Pemerintahan",
      units: [{ code: "KAI", title: "Konsep AI", jp: 1 }],
      policy: {
        // Whoever a busy machine lets in late counts all the same.
        minSlotShare: 1000,
        minHeldShare: 1000,
        requirements: [
          { code: "attendance.total", minShare: 8000 },
          { code: "post-test", minScore: 70 },
        ],
      },
    });
    const rows = Array.from({ length: PEOPLE }, (_, i) => `${nipOf(i)};Peserta ${i + 1};Dinas Kominfo`);
    const imported = await json(
      "POST",
      `${PROGRAMME}/enrolments`,
      `\ufeffNIP;Nama;Instansi\r\n${rows.join("\r\n")}\r\n`,
    );
    expect(imported).toMatchObject({ created: PEOPLE, refused: 0 });

    const { sessionId, clients } = await everybodyButTheLast();
    await json("POST", `/api/v1/sessions/${sessionId}/open`);
    await expect
      .poll(async () => (await completion()).items.every(({ status }) => status !== "pending"), {
        timeout: 60_000,
        interval: 500,
      })
      .toBe(true);
    await json("POST", `/api/v1/sessions/${sessionId}/close`);
    for (const client of clients) client.close();

    const scores = Array.from(
      { length: PEOPLE },
      (_, i) => `${nipOf(i)};post-test;${i === 1 ? "60" : "87,5"};2026-08-07;LMS`,
    );
    expect(
      await json(
        "POST",
        `${PROGRAMME}/results`,
        `externalId;requirement;score;takenAt;source\n${scores.join("\n")}\n`,
      ),
    ).toMatchObject({ created: PEOPLE, refused: 0 });

    const { items } = await completion();
    const statuses = Object.groupBy(items, ({ status }) => status);
    expect([statuses.complete?.length, statuses.incomplete?.length]).toEqual([PEOPLE - 2, 2]);

    const issued = await json<CertificatesIssued>("POST", `${PROGRAMME}/certificates`, {});
    expect(issued).toMatchObject({ issued: PEOPLE - 2, refused: 2 });
    const missing = (index: number) =>
      issued.items.find(({ externalId }) => externalId === nipOf(index))?.missing;
    expect(missing(1)).toMatchObject([{ code: "post-test", required: 70, found: 60, why: "score-below" }]);
    expect(missing(PEOPLE - 1)).toMatchObject([{ code: "attendance.total", found: 0, why: "too-few-jp" }]);

    const { certificate } = issued.items.find(({ externalId }) => externalId === nipOf(0)) ?? {};
    const verified = await fetch(`${url}/api/v1/verify/${certificate?.code}`);
    expect(await verified.json()).toMatchObject({ status: "valid", name: "Peserta 1", jp: 1 });
    const pdf = await (await ask("GET", `/api/v1/certificates/${certificate?.id}/pdf`)).bytes();
    expect(Buffer.from(pdf).toString("latin1", 0, 5)).toBe("%PDF-");

    await workbookIsClean(`/api/v1/sessions/${sessionId}/attendance?format=xlsx`);
    await workbookIsClean(`${PROGRAMME}/attendance?format=xlsx`);
    await packIsVerified(sessionId);
  });
});

const completion = () => json<CompletionReport>("GET", `${PROGRAMME}/completion`);

/** Plans a session that begins now, and has everybody in it whose link is used: all but the last of the roster. */
async function everybodyButTheLast(): Promise<{ sessionId: string; clients: ClassClient[] }> {
  const { items: roster } = await json<{ items: { id: string; externalId: string }[] }>(
    "GET",
    `${PROGRAMME}/enrolments`,
  );
  const session = (startAt: number) =>
    json<{ id: string }>("POST", `${PROGRAMME}/sessions`, {
      unit: "KAI",
      title: "Sesi pagi",
      mode: "online",
      timeZone: "Asia/Jakarta",
      slots: [{ startAt, endAt: startAt + SLOT_MS, jp: 1 }],
    });
  const { id: sessionId } = await session(Date.now() + 4_000);
  const clients: ClassClient[] = [];
  for (const { id, externalId } of roster) {
    if (externalId === nipOf(PEOPLE - 1)) continue;
    const link = await json<{ url: string }>("POST", `/api/v1/sessions/${sessionId}/links`, {
      enrolmentId: id,
    });
    const client = await connect(link.url);
    await client.enter(`device-${externalId}`);
    clients.push(client);
  }
  return { sessionId, clients };
}

/** NIPs of 18 digits are text, and nothing is a formula. */
async function workbookIsClean(path: string): Promise<void> {
  const bytes = Buffer.from(await (await ask("GET", path)).arrayBuffer());
  const [sheet] = await readXlsxFile(bytes);
  const nips = sheet?.data.slice(1).map((row) => row[1]);
  expect(nips).toEqual(expect.arrayContaining(Array.from({ length: PEOPLE }, (_, i) => nipOf(i))));
  for (const [name, xml] of zipEntries(bytes)) if (name.includes("sheet")) expect(xml).not.toMatch(/<f[ />]/);
}

/** The pack verifies on the command line; one byte changed, and the first bad row is named. */
async function packIsVerified(sessionId: string): Promise<void> {
  const pack = await (await ask("GET", `/api/v1/sessions/${sessionId}/evidence`)).text();
  const [good, bad, pem] = ["good.json", "bad.json", "key.pem"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await writeFile(good, pack);
  await writeFile(bad, pack.replace('"device":"device-1', '"device":"device-9'));
  await writeFile(pem, (await balai("evidence", "key")).stdout);
  expect(await balai("evidence", "verify", good, "--key", pem)).toMatchObject({ status: 0 });
  const { status, stdout } = await balai("evidence", "verify", bad, "--key", pem);
  expect(status).toBe(1);
  expect(stdout).toMatch(/The first bad row is events\[\d+\] \(seq \d+, presence\.joined\)/);
}
