import readXlsxFile from "read-excel-file/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import type { Session } from "../../server/ports.ts";
import type { CompletionReport, OwnCompletion } from "../../server/protocol/completion.ts";
import { DEFAULT_POLICY } from "../../server/protocol/evidence.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type LinkOf, type TrainingCentre } from "../support/training-centre.ts";

const HOUR_MS = 3_600_000;
const PATH = "/api/v1/programmes/PAI-2026/completion";

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
  await server.store.programmes.changePolicy(centre.programme.id, {
    ...DEFAULT_POLICY,
    requirements: [
      { code: "attendance.unit:KAI", minShare: 8000 },
      { code: "post-test", minScore: 70 },
    ],
  });
  await hold(centre.session);
});
afterEach(() => server.close());

/** The whole session with Ayu there, and nobody else. */
async function hold(session: Session): Promise<void> {
  const [slot] = session.slots;
  if (!slot) throw new Error("the session has no slot");
  const connectionId = newId("con");
  const room = "main";
  await server.store.classes.append(session.id, [
    { seq: 1, at: slot.startAt, type: "class.opened", by: centre.instructor.id },
    {
      seq: 2,
      at: slot.startAt,
      type: "presence.joined",
      connectionId,
      enrolmentId: centre.ayu.id,
      device: "d",
      room,
    },
    { seq: 3, at: slot.endAt, type: "class.closed", by: centre.instructor.id },
  ]);
}

async function pass(externalId: string, score: number): Promise<void> {
  const json = { externalId, requirement: "post-test", score, takenAt: server.clock.now(), source: "LMS" };
  await server.call("post", "/api/v1/programmes/PAI-2026/results", { ...centre.key, json });
}

const get = (query = "") => server.call("get", `${PATH}${query}`, centre.key);
const report = async () => (await get()).json as CompletionReport;

describe("completion over HTTP", () => {
  it("CO1 is pending until the programme's last slot has ended, then decided", async () => {
    await pass(centre.ayu.externalId, 80);
    expect((await report()).items.map(({ status }) => status)).toEqual(["pending", "pending"]);
    server.clock.advance(HOUR_MS);
    const { items, endsAt } = await report();
    expect(endsAt).toBe(server.clock.now());
    expect(items).toMatchObject([
      {
        enrolmentId: centre.ayu.id,
        externalId: centre.ayu.externalId,
        name: "Ayu Lestari",
        status: "complete",
        jp: 1,
        requirements: [
          { code: "attendance.unit:KAI", required: 0.8, found: 1, met: true, why: "enough-jp" },
          { code: "post-test", required: 70, found: 80, met: true, why: "score-reached" },
        ],
      },
      {
        enrolmentId: centre.budi.id,
        status: "incomplete",
        jp: 0,
        requirements: [
          { found: 0, met: false, why: "too-few-jp" },
          { required: 70, found: null, met: false, why: "not-taken" },
        ],
      },
    ]);
  });

  it("CO7 asks of a person the sessions of their group and those without one", async () => {
    const slot = { ...(centre.session.slots[0] as Session["slots"][number]), id: newId("slt") };
    const session = { ...centre.session, id: newId("ses"), group: "B", slots: [slot] };
    await server.store.sessions.create(session);
    await hold(session);
    const requiredOf = async () =>
      (await report()).items.map(({ requirements }) => requirements[0]?.required);
    expect(await requiredOf()).toEqual([0.8, 0.8]);
    const budi = { externalId: centre.budi.externalId, name: "Budi Santoso", group: "B" };
    const shifted = { ...slot, id: newId("slt"), startAt: slot.endAt, endAt: slot.endAt + HOUR_MS };
    const later = { ...session, id: newId("ses"), slots: [shifted] };
    await server.store.sessions.create(later);
    await hold(later);
    await server.call("post", "/api/v1/programmes/PAI-2026/enrolments", { ...centre.key, json: [budi] });
    expect(await requiredOf()).toEqual([0.8, 1.6]);
  });

  it("CO9 names the policy and its version in every decision", async () => {
    expect(await report()).toMatchObject({
      policyVersion: 2,
      policy: { requirements: [{ code: "attendance.unit:KAI" }, { code: "post-test" }] },
      items: [{ policyVersion: 2 }, { policyVersion: 2 }],
    });
  });

  it("CO9 comes as CSV and as XLSX", async () => {
    await pass(centre.ayu.externalId, 87.5);
    server.clock.advance(HOUR_MS);
    const csv = await get("?format=csv");
    expect(csv.headers.get("content-disposition")).toContain(`kelulusan-${centre.programme.id}.csv`);
    expect(csv.text).toContain("lulus;1,00;terpenuhi;1,00;0,80;JP mencukupi;terpenuhi;87,50;70,00;");
    for (const path of [PATH, `/api/v1/sessions/${centre.session.id}/attendance`]) {
      const response = await fetch(`http://127.0.0.1:${server.port}${path}?format=xlsx`, {
        headers: { authorization: `Bearer ${centre.key.key}` },
      });
      expect(response.headers.get("content-type")).toContain("spreadsheetml.sheet");
      const [sheet] = await readXlsxFile(Buffer.from(await response.arrayBuffer()));
      expect(sheet?.data[1]?.slice(1, 3)).toEqual([centre.ayu.externalId, "Ayu Lestari"]);
    }
  });

  it("CO10 shows a participant their own decision, nobody else's, and staff none", async () => {
    const own = async ({ linkId, cookie }: LinkOf) =>
      await server.call("get", `/api/v1/join/${linkId}/completion`, { cookie });
    const { participant, otherParticipant, instructor } = centre.links;
    const ayus = await own(participant);
    expect(ayus.json).toMatchObject({
      programme: centre.programme.title,
      policyVersion: 2,
      decision: { status: "pending", jp: 1, requirements: [{ met: true }, { met: false, why: "not-taken" }] },
    });
    expect(ayus.text).not.toContain("Budi");
    expect(ayus.text).not.toContain(centre.budi.id);
    expect((await own(otherParticipant)).json).toMatchObject({ decision: { jp: 0 } });
    expect((await own(instructor)).json).toMatchObject({ decision: null });
    expect((await own({ ...otherParticipant, cookie: participant.cookie })).status).toBe(401);
  });

  it("CO10 is at most ten seconds old", async () => {
    const { linkId, cookie } = centre.links.participant;
    const scoreOf = async () => {
      const { json } = await server.call("get", `/api/v1/join/${linkId}/completion`, { cookie });
      return (json as OwnCompletion).decision?.requirements[1]?.found;
    };
    expect(await scoreOf()).toBeNull();
    await pass(centre.ayu.externalId, 71);
    expect(await scoreOf()).toBeNull();
    server.clock.advance(10_000);
    expect(await scoreOf()).toBe(71);
  });

  it.each(["?format=pdf", "?format=", "?format=json&format=csv", "?who=me"])(
    "CO9 refuses %s by name",
    async (query) => {
      expect(await get(query)).toMatchObject({ status: 400, json: { errors: [{}] } });
    },
  );

  it("CO12 decides eligibility by the conditions of entry, until an officer records another result", async () => {
    const { programme, ayu } = centre;
    await server.store.programmes.changePolicy(programme.id, {
      ...DEFAULT_POLICY,
      requirements: [{ code: "eligibility" }],
    });
    const conditions = [{ rule: "required", field: "assignmentLetter" }];
    await server.call("put", `/api/v1/programmes/${programme.code}/entry`, {
      ...centre.key,
      json: { conditions },
    });
    const decided = async () => {
      const { items } = (await get("")).json as CompletionReport;
      return items.find(({ enrolmentId }) => enrolmentId === ayu.id)?.requirements;
    };
    expect(await decided()).toMatchObject([
      {
        met: false,
        why: "entry-unmet",
        entry: { version: 2, problems: [{ field: "assignmentLetter", rule: "required" }] },
      },
    ]);
    const json = {
      externalId: ayu.externalId,
      requirement: "eligibility",
      status: "accepted",
      takenAt: server.clock.now(),
      source: "Panitia",
    };
    await server.call("post", `/api/v1/programmes/${programme.code}/results`, { ...centre.key, json });
    expect(await decided()).toMatchObject([{ met: true, why: "accepted" }]);
  });
});
