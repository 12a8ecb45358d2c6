import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre, tokenIn } from "../support/training-centre.ts";

interface Made {
  readonly created: number;
  readonly items: readonly { readonly link: { readonly enrolmentId: string; readonly url: string } }[];
}

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  onTestFinished(() => server.close());
  centre = await createTrainingCentre(server, "offline");
});

const call = (method: string, path: string, json?: unknown) =>
  server.call(method, `/api/v1${path}`, { ...centre.key, ...(json === undefined ? {} : { json }) });
const batch = (json: unknown, sessionId: string = centre.session.id) =>
  call("post", `/sessions/${sessionId}/links/batch`, json);

describe("links for many people", () => {
  it("LK10 makes one for each, once, and names those who do not belong", async () => {
    const answer = await batch({
      enrolmentIds: [centre.ayu.id, "enr_none", centre.ayu.id],
      staffIds: [centre.instructor.id, "stf_none"],
    });
    expect(answer).toMatchObject({
      status: 200,
      json: {
        created: 2,
        refused: 2,
        items: [
          { outcome: "created", link: { enrolmentId: centre.ayu.id, staffId: null } },
          { outcome: "created", link: { enrolmentId: null, staffId: centre.instructor.id } },
          { outcome: "refused", personId: "enr_none" },
          { outcome: "refused", personId: "stf_none" },
        ],
      },
    });
    const [first] = (answer.json as Made).items;
    const token = tokenIn(first?.link.url ?? "");
    expect((await server.call("post", "/api/v1/join", { json: { token } })).status).toBe(200);
  });

  it("LK10 makes 1,100 in a moment, all different", async () => {
    const people = Array.from({ length: 1_100 }, (_, index) => ({
      externalId: `P-${index}`,
      name: `Peserta ${index}`,
    }));
    const imported = await call("post", "/programmes/PAI-2026/enrolments", people);
    const enrolmentIds = (imported.json as { rows: { id: string }[] }).rows.map(({ id }) => id);
    const { created, items } = (await batch({ enrolmentIds })).json as Made;
    expect(created).toBe(1_100);
    expect(items.map(({ link }) => link.enrolmentId)).toEqual(enrolmentIds);
    expect(new Set(items.map(({ link }) => link.url)).size).toBe(1_100);
  });

  it("LK10 refuses a session that was cancelled", async () => {
    await call("post", `/sessions/${centre.session.id}/cancellation`, { reason: "Banjir" });
    const refused = await batch({ enrolmentIds: [centre.ayu.id] });
    expect(refused.json).toMatchObject({ code: "session-cancelled" });
  });

  it.each([{}, { enrolmentIds: [] }, { enrolmentIds: ["x"] }, { staffIds: ["stf_1"], all: true }])(
    "LK10 refuses %j",
    async (json) => {
      expect((await batch(json)).status).toBe(400);
    },
  );
});
