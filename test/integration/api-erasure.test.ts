import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import type { Dispute, Store } from "../../server/ports.ts";
import { verifyChain } from "../../server/reports/chain.ts";
import { readPack } from "../../server/reports/read-pack.ts";
import { verifyPack } from "../../server/reports/verify-pack.ts";
import { createSqliteStore } from "../../server/store/store.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createQuietLog } from "../support/quiet-log.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

const quietLog = createQuietLog().log;
let folder: string;
let store: Store;
let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "balai-erasure-"));
  store = await createSqliteStore({ file: join(folder, "balai.db"), log: quietLog });
  server = await serveApi({ store });
  centre = await createTrainingCentre(server, "hybrid");
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

const CODE = "00000-00000-00000-00000-000000";

/** Puts the person's name wherever a name can stand. */
async function leaveTraces(): Promise<void> {
  const { ayu, programme, session } = centre;
  const at = server.clock.now();
  await store.classes.append(session.id, [
    {
      type: "person.admitted",
      person: { personId: ayu.id, name: ayu.name, institution: "Dinas Langka", role: "participant" },
      seq: 1,
      at,
    },
    {
      type: "chat.posted",
      messageId: newId("msg"),
      personId: ayu.id,
      room: "main",
      text: "Kata rahasia",
      seq: 2,
      at,
    },
  ]);
  await server.call("post", `/api/v1/sessions/${session.id}/marks`, {
    json: { slotId: session.slots[0]?.id, enrolmentId: ayu.id, status: "present" },
    ...centre.credentials.admin,
  });
  await store.surveys.answer({
    id: newId("ans"),
    programmeId: programme.id,
    survey: session.id,
    enrolmentId: ayu.id,
    content: { ratings: [], texts: [{ question: "text.advice", text: "Saran tanpa nama" }] },
  });
  const filed: Dispute = {
    id: newId("dsp"),
    sessionId: session.id,
    slotId: session.slots[0]?.id ?? ("" as never),
    enrolmentId: ayu.id,
    reason: "Sengketa langka",
    file: null,
    createdAt: at,
    adjustmentIds: [],
    answer: null,
  };
  await store.disputes.create(filed, await store.classes.officeTurn(session.id));
  await store.certificates.create([
    {
      id: newId("crt"),
      programmeId: programme.id,
      enrolmentId: ayu.id,
      sequence: 1,
      number: "1",
      code: CODE,
      facts: {
        name: ayu.name,
        externalId: ayu.externalId,
        institution: "Dinas Langka",
        programme: { code: programme.code, title: programme.title },
        jp: 1,
        units: [],
        heldFrom: 0,
        heldTo: 1,
        timeZone: "Asia/Jakarta",
        issuer: null,
        policyVersion: 1,
      },
      credential: `jwt-of-${ayu.name}`,
      issuedBy: "test",
      issuedAt: 1,
      revokedAt: null,
      revokedBy: null,
      revokedReason: null,
      erasedAt: null,
    },
  ]);
}

const erase = (json: object = { reason: "request" }) =>
  server.call("post", `/api/v1/enrolments/${centre.ayu.id}/erasure`, { json, ...centre.credentials.admin });

/** All bytes of the database's files. */
async function bytesOnDisk(): Promise<string> {
  const names = (await readdir(folder)).filter((name) => name.startsWith("balai.db"));
  const files = await Promise.all(names.map((name) => readFile(join(folder, name), "latin1")));
  return files.join("");
}

describe("erasing a person", () => {
  it("PD1 leaves nothing of them in the database's files", async () => {
    await leaveTraces();
    expect(await bytesOnDisk()).toContain(centre.ayu.name);
    expect((await erase()).status).toBe(200);
    const bytes = await bytesOnDisk();
    for (const word of [
      centre.ayu.name,
      centre.ayu.externalId,
      "Kata rahasia",
      "Dinas Langka",
      "Sengketa langka",
    ]) {
      expect(bytes.includes(word), word).toBe(false);
    }
    expect(bytes).toContain(centre.budi.name);
  });

  it("PD5 gives everything held about a person in one file, and nothing of others", async () => {
    await leaveTraces();
    await server.call("get", `/api/v1/programmes/${centre.programme.code}/enrolments`, {
      ...centre.credentials.admin,
    });
    for (const [path, credentials] of [
      [`/api/v1/enrolments/${centre.ayu.id}/data`, centre.credentials["read-key"]],
      [`/api/v1/join/${centre.links.participant.linkId}/data`, centre.credentials.participant],
    ] as const) {
      const answer = await server.call("get", path, { ...credentials });
      expect(answer.status).toBe(200);
      expect(answer.headers.get("content-disposition")).toContain(`data-${centre.ayu.id}.json`);
      for (const word of [centre.ayu.name, "Kata rahasia", "Sengketa langka", CODE, "attendance.marked"]) {
        expect(answer.text, word).toContain(word);
      }
      expect(answer.json).toMatchObject({
        enrolment: { externalId: centre.ayu.externalId },
        surveysAnswered: [centre.session.id],
        trail: expect.arrayContaining([
          expect.objectContaining({ action: "roster.read", people: [] }),
          expect.objectContaining({ action: "marks.made", people: [centre.ayu.id] }),
        ]),
      });
      expect(answer.text).not.toContain("Saran tanpa nama");
      expect(answer.text).not.toContain(centre.budi.name);
      expect(answer.text).not.toContain(centre.budi.id);
      expect(answer.text).not.toContain(centre.links.participant.token);
    }
    const last = (await store.trail.rowsAfter(0, 1000)).at(-1);
    expect(last).toMatchObject({
      actor: { kind: "participant", id: centre.ayu.id },
      action: "person.data-exported",
      subject: { kind: "enrolment", id: centre.ayu.id },
      people: [centre.ayu.id],
    });
  });

  it("PD2 keeps the counts, and packs and trail verify afterwards", async () => {
    await leaveTraces();
    await erase();
    const pack = await server.call("get", `/api/v1/sessions/${centre.session.id}/evidence`, {
      ...centre.credentials.admin,
    });
    expect(pack.text).not.toContain(centre.ayu.name);
    expect(pack.text).toContain("Peserta terhapus");
    const reading = readPack(pack.text);
    if (!reading.ok) throw new Error(reading.why);
    const findings = await verifyPack(reading.pack, null);
    expect(findings.map(({ check, verdict }) => [check, verdict])).toEqual(
      expect.arrayContaining([
        ["chain", "good"],
        ["attendance", "good"],
      ]),
    );
    const rows = await store.trail.rowsAfter(0, 1000);
    expect(verifyChain("trail", rows)).toEqual({ ok: true });
    expect(rows.at(-2)).toMatchObject({
      action: "person.erased",
      people: [centre.ayu.id],
      detail: { reason: "request" },
    });
    expect(JSON.stringify(rows)).not.toContain(centre.ayu.name);
    expect(await store.enrolments.roster(centre.programme.id, null)).toHaveLength(2);
  });

  it("PD3 ends links and certificates, and the public page says why", async () => {
    await leaveTraces();
    await erase();
    expect(server.classes.calls).toContain(`endLink ${centre.links.participant.linkId}`);
    const own = await server.call("get", `/api/v1/join/${centre.links.participant.linkId}`, {
      ...centre.credentials.participant,
    });
    expect(own.status).toBe(401);
    const verified = await server.call("get", `/api/v1/verify/${CODE}`);
    expect(verified.json).toMatchObject({
      status: "revoked",
      erasedAt: server.clock.now(),
      institution: null,
    });
    expect(verified.text).not.toMatch(/Ayu|jwt-of/);
  });

  it("PD4 waits for the end of a class in which people are", async () => {
    server.classes.occupied.add(centre.session.id);
    expect((await erase()).status).toBe(409);
    expect((await store.enrolments.find(centre.ayu.id))?.name).toBe(centre.ayu.name);
    server.classes.occupied.clear();
    expect((await erase()).status).toBe(200);
    expect((await erase()).status).toBe(200);
  });

  it("PD4 brings no name back when the class is replayed after a restart", async () => {
    await leaveTraces();
    await erase();
    const again = await createSqliteStore({ file: join(folder, "balai.db"), log: quietLog });
    const replayed = JSON.stringify(await again.classes.replay(centre.session.id));
    await again.close();
    expect(replayed).not.toMatch(/Ayu|rahasia/);
  });

  it.each([{}, { reason: "Ayu minta" }, { reason: "request", name: "Ayu" }, []])(
    "PD1 takes a reason of its list and nothing else: %j",
    async (body) => {
      expect((await erase(body)).status).toBe(400);
    },
  );
});
