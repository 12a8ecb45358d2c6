import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

const VTT = "WEBVTT\n\n00:01.000 --> 00:02.000\nSelamat pagi\n";

let server: ApiServer;
let centre: TrainingCentre;
const recordingId = newId("rec");
const PATH = `/api/v1/recordings/${recordingId}/captions`;

beforeAll(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
  const order = { recordingId, sessionId: centre.session.id, rooms: "main", hasChat: true } as const;
  await server.store.recordings.begin({ ...order, startedAt: 1, startedBy: centre.instructor.id });
});
afterAll(() => server.close());

describe("captions of a recording", () => {
  it("PY3 are written by the office, read by who may watch, and told in the trail", async () => {
    const { admin, participant } = centre.credentials;
    const before = (await server.store.trail.head())?.seq ?? 0;
    const written = await server.call("put", `${PATH}/id`, { ...admin, json: { content: VTT } });
    expect([written.status, written.json]).toMatchObject([200, { language: "id", cueCount: 1 }]);
    expect((await server.call("get", PATH, participant)).json).toMatchObject({ items: [{ language: "id" }] });
    expect((await server.call("get", `${PATH}/id`, participant)).json).toEqual({
      language: "id",
      cues: [{ startMs: 1_000, endMs: 2_000, text: "Selamat pagi" }],
    });
    expect((await server.call("delete", `${PATH}/id`, admin)).status).toBe(204);
    expect((await server.call("delete", `${PATH}/id`, admin)).status).toBe(404);
    expect((await server.call("get", `${PATH}/id`, participant)).status).toBe(404);
    const detail = { language: "id" };
    const subject = { kind: "recording", id: recordingId };
    expect(await server.store.trail.rowsAfter(before, 10)).toMatchObject([
      { action: "captions.written", subject, detail },
      { action: "captions.removed", subject, detail },
    ]);
  });

  it("PY2 a file that is wrong is refused with its line, and one too large or of nobody's recording too", async () => {
    const { admin } = centre.credentials;
    const put = (content: string, path = `${PATH}/en`) =>
      server.call("put", path, { ...admin, json: { content } });
    const wrong = await put(VTT.replace("-->", "->"));
    expect([wrong.status, wrong.json]).toMatchObject([
      422,
      {
        code: "captions-unreadable",
        errors: [{ path: "content", message: expect.stringContaining("line 3:") }],
      },
    ]);
    expect((await put("a".repeat(1024 * 1024 + 1))).status).toBe(400);
    expect((await put("a".repeat(3 * 1024 * 1024))).status).toBe(413);
    expect((await put(VTT, "/api/v1/recordings/rec_none/captions/en")).status).toBe(404);
    expect((await put(VTT, `${PATH}/Inggris`)).status).toBe(404);
    expect((await server.call("get", PATH, admin)).json).toEqual({ items: [] });
  });
});
