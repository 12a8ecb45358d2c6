import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ApiServer, PUBLIC_URL, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server, "hybrid");
});
afterEach(() => server.close());

const path = () => `/api/v1/sessions/${centre.session.id}/check-in`;
async function codeOnScreen(): Promise<string> {
  const { json } = await server.call("get", path(), centre.admin);
  return new URL((json as { url: string }).url).hash.slice(1);
}
const scan = (code: string, cookie = centre.links.participant.cookie) =>
  server.call("post", path(), { cookie, json: { code } });
const marks = async () =>
  (await server.store.classes.evidence(centre.session.id)).filter(({ type }) => type === "attendance.marked");

describe("check-in over HTTP", () => {
  it("CI1 shows an address of ours that changes every 30 seconds", async () => {
    const { json } = await server.call("get", path(), centre.admin);
    expect(json).toMatchObject({
      url: expect.stringMatching(`^${PUBLIC_URL}/check-in/${centre.session.id}#[\\w-]{16}$`),
      slotId: centre.session.slots[0]?.id,
      changesInMs: 30_000,
    });
    const code = await codeOnScreen();
    server.clock.advance(30_000);
    expect(await codeOnScreen()).not.toBe(code);
    expect((await scan(code)).status).toBe(200);
    server.clock.advance(30_000);
    expect(await scan(code)).toMatchObject({ status: 409, json: { code: "check-in-code-old" } });
    expect((await scan("x".repeat(65))).status).toBe(400);
  });

  it("CI2 marks whoever's link the phone holds present, and freezes the policy", async () => {
    expect(await scan(await codeOnScreen())).toMatchObject({
      status: 200,
      json: { name: "Ayu Lestari", title: "Sesi pagi", isNew: true, status: "present" },
    });
    expect(await marks()).toMatchObject([
      { enrolmentId: centre.ayu.id, by: "check-in", status: "present", at: server.clock.now() },
    ]);
    expect((await server.store.programmes.find(centre.programme.id))?.policyFrozenAt).not.toBeNull();
  });

  it("CI2 refuses outside of slots", async () => {
    server.clock.advance(3_600_000);
    expect(await scan(await codeOnScreen())).toMatchObject({ status: 409, json: { code: "no-slot-now" } });
    expect(await marks()).toEqual([]);
  });

  it("CI3 counts once, also for scans made at once", async () => {
    const code = await codeOnScreen();
    const answers = await Promise.all([scan(code), scan(code), scan(code)]);
    expect(answers.map(({ json }) => (json as { isNew: boolean }).isNew).filter(Boolean)).toHaveLength(1);
    expect(await marks()).toHaveLength(1);
  });

  it("CI4 takes the participant among the links of one browser, and no other session's link", async () => {
    const code = await codeOnScreen();
    const { participant, instructor, otherSession } = centre.links;
    const both = `${participant.cookie}; ${instructor.cookie}`;
    expect((await scan(code, both)).json).toMatchObject({ name: "Ayu Lestari" });
    expect((await scan(code, instructor.cookie)).status).toBe(403);
    expect((await scan(code, otherSession.cookie)).status).toBe(401);
    expect((await scan(code, "balai_lnk_x=forged; other=1")).status).toBe(401);
  });

  it("CI5 the session's staff show the screen by their own link, with who is present so far", async () => {
    const { linkId, cookie } = centre.links.instructor;
    const screen = async () => (await server.call("get", `/api/v1/join/${linkId}/check-in`, { cookie })).json;
    expect(await screen()).toMatchObject({ title: "Sesi pagi", present: 0, people: 2 });
    await scan(new URL(((await screen()) as { url: string }).url).hash.slice(1));
    expect(await screen()).toMatchObject({ slotId: centre.session.slots[0]?.id, present: 1 });
    server.clock.advance(3_600_000);
    expect(await screen()).toMatchObject({ slotId: null, present: 0 });
  });
});
