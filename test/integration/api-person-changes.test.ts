import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  onTestFinished(() => server.close());
  centre = await createTrainingCentre(server, "offline");
});

const call = (method: string, path: string, json?: unknown) =>
  server.call(method, `/api/v1${path}`, { ...centre.key, ...(json === undefined ? {} : { json }) });
const person = (change: object = {}) => ({
  externalId: "198705122010011003",
  name: "Ayu Lestari",
  ...change,
});

describe("changing a person", () => {
  it("EN10 changes every field, clears those left out, and warns of a NIP that looks wrong", async () => {
    const json = person({
      name: "Ayu L., S.Kom.",
      email: "ayu@contoh.go.id",
      group: "B",
      birthDate: "1990-01-01",
    });
    const changed = await call("put", `/enrolments/${centre.ayu.id}`, json);
    expect(changed).toMatchObject({
      status: 200,
      json: { ...json, institution: null, warnings: [{ path: "externalId" }] },
    });
    expect((await call("get", `/enrolments/${centre.ayu.id}`)).json).toMatchObject({
      id: centre.ayu.id,
      ...json,
    });
  });

  it("EN10 the conditions of entry hold, by field", async () => {
    await call("put", "/programmes/PAI-2026/entry", {
      conditions: [{ rule: "required", field: "education" }],
    });
    const refused = await call("put", `/enrolments/${centre.ayu.id}`, person());
    expect(refused).toMatchObject({ status: 400, json: { errors: [{ path: "education" }] } });
    expect((await call("get", `/enrolments/${centre.ayu.id}`)).json).toMatchObject({ education: null });
  });

  it.each<[string, object]>([
    ["externalId", person({ externalId: "1.98E+17" })],
    ["name", person({ name: "  " })],
    ["name", person({ name: "a\u0000b" })],
    ["email", person({ email: "bukan surel" })],
    ["birthDate", person({ birthDate: "31/12/1990" })],
    ["id", person({ id: "enr_x" })],
  ])("EN10 refuses a bad %s by its name", async (path, json) => {
    const refused = await call("put", `/enrolments/${centre.ayu.id}`, json);
    expect(refused).toMatchObject({ status: 400, json: { errors: [{ path }] } });
  });

  it("EN10 refuses the number of another person, and a person who is not there", async () => {
    const taken = await call(
      "put",
      `/enrolments/${centre.ayu.id}`,
      person({ externalId: centre.budi.externalId }),
    );
    expect(taken).toMatchObject({
      status: 409,
      json: { code: "already-exists", errors: [{ path: "externalId" }] },
    });
    expect((await call("put", "/enrolments/enr_none", person())).status).toBe(404);
  });

  it("EN10 changes staff; a colleague's address is refused", async () => {
    const json = { name: "Bu Ina", email: "ina@contoh.go.id", role: "facilitator" };
    expect((await call("put", `/staff/${centre.instructor.id}`, json)).json).toMatchObject(json);
    const taken = await call("put", `/staff/${centre.instructor.id}`, {
      ...json,
      email: "FACILITATOR@contoh.go.id",
    });
    expect(taken).toMatchObject({ status: 409, json: { errors: [{ path: "email" }] } });
  });
});

describe("removing a person", () => {
  it("EN11 takes them and their links away while nothing names them", async () => {
    const removed = await call("delete", `/enrolments/${centre.budi.id}`);
    expect(removed).toMatchObject({ status: 200, json: { id: centre.budi.id } });
    expect((await call("get", `/enrolments/${centre.budi.id}`)).status).toBe(404);
    expect((await call("get", `/links/${centre.links.otherParticipant.linkId}`)).status).toBe(404);
    expect(server.classes.calls).toContain(`endLink ${centre.links.otherParticipant.linkId}`);
    expect((await call("delete", `/enrolments/${centre.budi.id}`)).status).toBe(404);
    expect((await call("delete", `/staff/${centre.facilitator.id}`)).status).toBe(200);
    expect((await call("get", `/staff/${centre.facilitator.id}`)).status).toBe(404);
  });

  it("EN11 keeps whom a mark, a fixed roster or a result names", async () => {
    const mark = { slotId: centre.session.slots[0]?.id, enrolmentId: centre.ayu.id, status: "absent" };
    await call("post", `/sessions/${centre.session.id}/marks`, mark);
    expect((await call("delete", `/enrolments/${centre.ayu.id}`)).json).toMatchObject({ code: "in-use" });
    const result = {
      externalId: centre.budi.externalId,
      requirement: "survey",
      takenAt: server.clock.now(),
      source: "LMS",
    };
    await call("post", "/programmes/PAI-2026/results", result);
    expect((await call("delete", `/enrolments/${centre.budi.id}`)).json).toMatchObject({ code: "in-use" });
    expect((await call("get", `/links/${centre.links.otherParticipant.linkId}`)).json).toMatchObject({
      revokedAt: null,
    });
  });

  it("EN11 keeps whoever is on a roster that was fixed", async () => {
    await server.store.sessions.fixRoster(centre.session.id, [centre.budi.id]);
    expect((await call("delete", `/enrolments/${centre.budi.id}`)).json).toMatchObject({ code: "in-use" });
  });
});

describe("revoking many links", () => {
  it("LK9 answers for each, and ends each once", async () => {
    const { participant, otherParticipant } = centre.links;
    const linkIds = [participant.linkId, "lnk_none", participant.linkId];
    expect((await call("post", "/links/revocation", { linkIds })).json).toEqual({
      revoked: 1,
      items: [
        { linkId: participant.linkId, outcome: "revoked" },
        { linkId: "lnk_none", outcome: "not-found" },
      ],
    });
    const all = await call("post", "/links/revocation", { sessionId: centre.session.id });
    expect(all.json).toMatchObject({ revoked: 3 });
    const again = await call("post", "/links/revocation", { enrolmentId: centre.budi.id });
    expect(again.json).toEqual({
      revoked: 0,
      items: [{ linkId: otherParticipant.linkId, outcome: "already-revoked" }],
    });
    expect(server.classes.calls.filter((made) => made === `endLink ${participant.linkId}`)).toHaveLength(1);
    expect((await call("get", `/links/${centre.links.otherSession.linkId}`)).json).toMatchObject({
      revokedAt: null,
    });
  });

  it("LK9 lists the links that a person ever had", async () => {
    const links = await call("get", `/staff/${centre.instructor.id}/links`);
    expect((links.json as { items: { id: string }[] }).items.map(({ id }) => id)).toEqual([
      centre.links.instructor.linkId,
      centre.links.otherSession.linkId,
    ]);
    expect((await call("get", `/enrolments/${centre.ayu.id}/links`)).text).not.toContain("token");
    expect((await call("get", "/enrolments/enr_none/links")).status).toBe(404);
  });

  it.each([{}, { linkIds: [] }, { linkIds: ["x"] }, { sessionId: "ses_1", enrolmentId: "enr_1" }])(
    "LK9 refuses %j",
    async (json) => {
      expect((await call("post", "/links/revocation", json)).status).toBe(400);
    },
  );
});
