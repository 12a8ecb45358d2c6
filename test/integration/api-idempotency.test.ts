import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import { type ApiServer, type Call, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
});
afterEach(() => server.close());

const KEY = "7f3c2a90-5a0e-4ab2-9d53-3a1f1b0c7d11";
const BODY = { code: "P-1", title: "P", units: [{ code: "U", title: "U", jp: 1 }] };

function post(json: unknown, key: string = KEY, call: Call = centre.key, path = "/api/v1/programmes") {
  return server.call("post", path, { ...call, json, headers: { "idempotency-key": key } });
}
const programmes = async () =>
  (await server.store.programmes.list({ limit: 100, cursor: null })).items.length;

describe("Idempotency-Key", () => {
  it("ID1 answers a repetition with the first answer, and carries nothing out again", async () => {
    const first = await post(BODY);
    expect(first.status).toBe(201);
    expect(first.headers.get("idempotency-replayed")).toBeNull();
    const again = await post(BODY);
    expect(again).toMatchObject({ status: 201, text: first.text });
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect((await post(BODY, `"${KEY}"`)).text).toBe(first.text);
    expect(await programmes()).toBe(2);
  });

  it("ID1 gives a link's address again, and keeps it only under the key", async () => {
    const path = `/api/v1/sessions/${centre.session.id}/links`;
    const json = { enrolmentId: centre.ayu.id };
    const first = await post(json, KEY, centre.key, path);
    expect((await post(json, KEY, centre.key, path)).text).toBe(first.text);
    const { items } = await server.store.links.list(centre.session.id, { limit: 100, cursor: null });
    expect(items.filter(({ enrolmentId }) => enrolmentId === centre.ayu.id)).toHaveLength(2);
  });

  it("ID2 refuses another request with the same key", async () => {
    await post(BODY);
    expect(await post({ ...BODY, code: "P-2" })).toMatchObject({
      status: 422,
      json: { code: "idempotency-key-reused" },
    });
    expect(await programmes()).toBe(2);
  });

  it("ID2 refuses the same request while the first one runs", async () => {
    const answers = await Promise.all([post(BODY), post(BODY), post(BODY)]);
    const statuses = answers.map(({ status }) => status).toSorted();
    expect(statuses[0]).toBe(201);
    for (const { status, json, headers } of answers) {
      if (status === 409) expect(json).toMatchObject({ code: "idempotency-key-running" });
      else
        expect([status, [null, "true"]]).toEqual([
          201,
          expect.arrayContaining([headers.get("idempotency-replayed")]),
        ]);
    }
    expect(await programmes()).toBe(2);
  });

  it("ID2 knows a key by who sent it and where to", async () => {
    await post(BODY);
    const admin = await post({ ...BODY, code: "P-2" }, KEY, centre.admin);
    expect(admin.status).toBe(201);
    const staff = { name: "S", email: "s@contoh.go.id", role: "instructor" };
    expect((await post(staff, KEY, centre.key, "/api/v1/programmes/PAI-2026/staff")).status).toBe(201);
    expect(await programmes()).toBe(3);
  });

  it("ID3 is free again after a refusal, a minute after a fault, and a day after an answer", async () => {
    expect((await post({ ...BODY, code: "PAI-2026" })).status).toBe(409);
    expect((await post(BODY)).status).toBe(201);
    server.clock.advance(24 * 3_600_000 + 1);
    expect((await post(BODY)).json).toMatchObject({ code: "already-exists" });

    const broken = `/api/v1/sessions/${centre.session.id}/open`;
    const open = () => server.call("post", broken, { ...centre.key, headers: { "idempotency-key": KEY } });
    const work = server.classes.open.bind(server.classes);
    server.classes.open = () => Promise.reject(new Error("broken on purpose"));
    expect((await open()).status).toBe(500);
    server.classes.open = work;
    expect((await open()).json).toMatchObject({ code: "idempotency-key-running" });
    server.clock.advance(60_001);
    expect((await open()).status).toBe(200);
  });

  it.each(["short", "x".repeat(256), "sixteen chars, with blanks"])("ID4 refuses the key %s", async (key) => {
    expect(await post(BODY, key)).toMatchObject({
      status: 400,
      json: { errors: [{ path: "Idempotency-Key" }] },
    });
  });

  it("ID4 keeps no answer that is large: the repetition is carried out", async () => {
    const rows = Array.from({ length: 4_000 }, () => ({ externalId: newId("enr"), name: "Peserta" }));
    const path = "/api/v1/programmes/PAI-2026/enrolments";
    expect((await post(rows, KEY, centre.key, path)).json).toMatchObject({ created: 4_000 });
    const again = await post(rows, KEY, centre.key, path);
    expect(again.json).toMatchObject({ created: 0, updated: 4_000 });
  });
});
