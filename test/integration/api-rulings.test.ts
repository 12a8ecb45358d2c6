import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import { type ApiServer, type Call, serveApi } from "../support/api-server.ts";
import {
  createTrainingCentre,
  openAccount,
  signedIn,
  type TrainingCentre,
} from "../support/training-centre.ts";

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server, "offline");
});
afterEach(() => server.close());

const slotId = () => centre.session.slots[0]?.id ?? "";
const path = (rest: string) => `/api/v1/sessions/${centre.session.id}${rest}`;
const mark = (enrolmentId: string, status = "present") => ({ slotId: slotId(), enrolmentId, status });
const postMarks = (json: unknown, who: Call = centre.admin) =>
  server.call("post", path("/marks"), { ...who, json });
const rowsOf = async (type: string) =>
  (await server.store.classes.evidence(centre.session.id)).filter((row) => row.type === type);

describe("roll call over HTTP", () => {
  it("RC1 writes a mark, which then counts", async () => {
    expect(await postMarks(mark(centre.ayu.id))).toMatchObject({
      status: 201,
      json: { items: [{ ...mark(centre.ayu.id), by: centre.adminId, at: server.clock.now() }] },
    });
    expect((await server.call("get", path("/attendance"), centre.key)).json).toMatchObject({
      items: [
        { enrolmentId: centre.ayu.id, jp: 1, slots: [{ because: "marked" }] },
        { jp: 0, slots: [{ because: "unmarked" }] },
      ],
    });
  });

  it("RC1 names every wrong field of many, and then writes none", async () => {
    const answer = await postMarks([
      mark(centre.ayu.id),
      { ...mark(centre.ayu.id), slotId: newId("slt") },
      mark(newId("enr")),
    ]);
    expect(answer).toMatchObject({
      status: 404,
      json: { code: "slot-unknown", errors: [{ path: "1.slotId" }, { path: "2.enrolmentId" }] },
    });
    expect(await postMarks(mark(newId("enr")))).toMatchObject({
      status: 404,
      json: { code: "person-unknown", errors: [{ path: "enrolmentId" }] },
    });
    expect(await rowsOf("attendance.marked")).toEqual([]);
  });

  it("RC1 keeps to the roster as it was fixed", async () => {
    await server.store.sessions.fixRoster(centre.session.id, [centre.budi.id]);
    expect((await postMarks(mark(centre.ayu.id))).json).toMatchObject({ code: "person-unknown" });
    expect((await postMarks(mark(centre.budi.id))).status).toBe(201);
  });

  it.each([
    ["a status that is none", { status: "late" }, "status"],
    ["an id of another kind", { slotId: "ses_1" }, "slotId"],
    ["a field too many", { at: 1 }, "at"],
  ])("RC1 names %s", async (_what, change, field) => {
    const wrong = { ...mark(centre.ayu.id), ...change };
    expect(await postMarks(wrong)).toMatchObject({ status: 400, json: { errors: [{ path: field }] } });
    expect(await postMarks([mark(centre.ayu.id), wrong])).toMatchObject({
      status: 400,
      json: { errors: [{ path: `1.${field}` }] },
    });
  });

  it("RC1 wants at least one", async () => {
    expect((await postMarks([])).status).toBe(400);
  });

  it("RC2 says that an online session takes no marks", async () => {
    const session = { ...centre.session, id: newId("ses"), mode: "online" as const };
    const slots = [{ ...centre.session.slots[0], id: newId("slt"), startAt: 1, endAt: 2, jp: 1 }];
    await server.store.sessions.create({ ...session, slots });
    expect(
      await server.call("post", `/api/v1/sessions/${session.id}/marks`, {
        ...centre.admin,
        json: { ...mark(centre.ayu.id), slotId: slots[0]?.id },
      }),
    ).toMatchObject({ status: 409, json: { code: "session-online" } });
  });

  it("RC3 takes marks of the session's staff by their own link", async () => {
    const { linkId, cookie } = centre.links.facilitator;
    const answer = await server.call("post", `/api/v1/join/${linkId}/marks`, {
      cookie,
      json: [mark(centre.ayu.id, "sick"), mark(centre.budi.id)],
    });
    expect(answer).toMatchObject({ status: 201, json: { items: [{ by: centre.facilitator.id }, {}] } });
    expect((await server.call("get", `/api/v1/join/${linkId}/roll-call`, { cookie })).json).toMatchObject({
      session: { mode: "offline", slots: [{ id: slotId() }] },
      people: [{ name: "Ayu Lestari" }, { name: "Budi Santoso" }],
      marks: [{ status: "sick" }, { status: "present" }],
    });
  });

  it("RC4 freezes the policy at the first mark", async () => {
    await postMarks(mark(newId("enr")));
    expect((await server.store.programmes.find(centre.programme.id))?.policyFrozenAt).toBeNull();
    const markedAt = server.clock.now();
    await postMarks(mark(centre.ayu.id));
    server.clock.advance(1000);
    await postMarks(mark(centre.budi.id));
    expect((await server.store.programmes.find(centre.programme.id))?.policyFrozenAt).toBe(markedAt);
  });

  it("RC5 lists the marks that decide", async () => {
    await postMarks(mark(centre.ayu.id, "absent"));
    await postMarks(mark(centre.ayu.id, "excused"), centre.key);
    expect((await server.call("get", path("/marks"), centre.key)).json).toMatchObject({
      items: [{ enrolmentId: centre.ayu.id, status: "excused", by: expect.stringMatching(/^key_/) }],
    });
  });
});

/** A second administrator. */
async function otherAdmin(): Promise<Call & { readonly id: string }> {
  const id = newId("adm");
  await openAccount(server, id, "kedua@contoh.go.id", "admin");
  return { id, ...(await signedIn(server, id)) };
}

async function propose(change: object = {}, who: Call = centre.admin) {
  const json = { slotId: slotId(), enrolmentId: centre.ayu.id, jp: 0.5, reason: "Listrik padam", ...change };
  return await server.call("post", path("/adjustments"), { ...who, json });
}
async function proposalId(): Promise<string> {
  const { json } = await propose();
  return (json as { adjustmentId: string }).adjustmentId;
}
const decide = (id: string, ruling: string, who: Call) =>
  server.call("post", path(`/adjustments/${id}/${ruling}`), who);

describe("adjustments over HTTP", () => {
  it("AJ1 a proposal changes no credit", async () => {
    expect(await propose()).toMatchObject({
      status: 201,
      json: { adjustmentId: expect.stringMatching(/^adj_/) },
    });
    expect((await server.call("get", path("/attendance"), centre.key)).json).toMatchObject({
      items: [{ jp: 0 }, { jp: 0 }],
    });
  });

  it.each([
    [{ jp: 1.01 }, "jp"],
    [{ jp: 0.125 }, "jp"],
    [{ jp: -1 }, "jp"],
    [{ jp: "1" }, "jp"],
    [{ reason: " " }, "reason"],
    [{ reason: "a\u0000b" }, "reason"],
    [{ reason: "x".repeat(501) }, "reason"],
    [{ approvedBy: "adm_1" }, "approvedBy"],
    [{ enrolmentId: undefined }, "enrolmentId"],
  ])("AJ1 names the field in %j", async (change, field) => {
    expect(await propose(change)).toMatchObject({ status: 400, json: { errors: [{ path: field }] } });
    expect(await rowsOf("adjustment.proposed")).toEqual([]);
  });

  it("AJ2 the proposer cannot decide, another administrator can, and then it counts", async () => {
    const id = await proposalId();
    const other = await otherAdmin();
    for (const ruling of ["approve", "reject"]) {
      expect(await decide(id, ruling, centre.admin)).toMatchObject({
        status: 403,
        json: { code: "own-adjustment" },
      });
    }
    expect(await decide(id, "approve", other)).toMatchObject({
      status: 200,
      json: {
        state: "approved",
        person: { name: "Ayu Lestari" },
        proposedByName: "admin@contoh.go.id",
        decidedBy: other.id,
        decidedByName: "kedua@contoh.go.id",
      },
    });
    expect((await server.call("get", path("/attendance"), centre.key)).json).toMatchObject({
      items: [{ jp: 0.5, slots: [{ because: "adjusted", computedJp: 0 }] }, { jp: 0 }],
    });
  });

  it("AJ3 of decisions made at once one counts", async () => {
    const id = await proposalId();
    const other = await otherAdmin();
    const answers = await Promise.all([
      decide(id, "approve", other),
      decide(id, "reject", centre.key),
      decide(id, "approve", centre.key),
    ]);
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409, 409]);
    const written = [...(await rowsOf("attendance.adjusted")), ...(await rowsOf("adjustment.rejected"))];
    expect(written).toHaveLength(1);
    expect((await decide(newId("adj"), "approve", other)).json).toMatchObject({ code: "adjustment-unknown" });
  });

  it("AJ4 the list keeps what was rejected", async () => {
    const id = await proposalId();
    await decide(id, "reject", centre.key);
    await proposalId();
    expect((await server.call("get", path("/adjustments"), centre.key)).json).toMatchObject({
      items: [
        { adjustmentId: id, state: "rejected", decidedByName: "keduanya", reason: "Listrik padam" },
        { state: "proposed", decidedBy: null, decidedAt: null },
      ],
    });
  });
});
