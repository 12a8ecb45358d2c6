import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

let server: ApiServer;
let centre: TrainingCentre;
const [first, second, deleted] = [newId("rec"), newId("rec"), newId("rec")];

beforeAll(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
  const order = { sessionId: centre.session.id, rooms: "main", hasChat: true } as const;
  const startedBy = centre.instructor.id;
  await server.store.recordings.begin({ ...order, recordingId: second, startedAt: 2, startedBy });
  await server.store.recordings.begin({ ...order, recordingId: first, startedAt: 1, startedBy });
  await server.store.recordings.end(first, 2, "staff");
  await server.store.recordings.begin({ ...order, recordingId: deleted, startedAt: 3, startedBy });
  await server.store.recordings.end(deleted, 4, "staff");
  const expiry = { at: 5, by: "server", reason: "retention", note: null } as const;
  await server.store.recordings.orderDeletion(deleted, expiry);
});
afterAll(() => server.close());

const ITEMS = [
  { recordingId: first, startedAt: 1, endedAt: 2 },
  { recordingId: second, startedAt: 2, endedAt: null },
];

describe("the way to a session's recordings", () => {
  it("PY10 stands behind one's own link, and behind no other session's", async () => {
    const { links, linkFor, ayu, otherSession } = centre;
    for (const { linkId, cookie } of [links.participant, links.instructor]) {
      const list = await server.call("get", `/api/v1/join/${linkId}/recordings`, { cookie });
      expect(list.json).toEqual({ items: ITEMS });
    }
    const { linkId, cookie } = await linkFor(ayu, otherSession);
    const other = await server.call("get", `/api/v1/join/${linkId}/recordings`, { cookie });
    expect(other.json).toEqual({ items: [] });
  });

  it("PY10 stands among the classes of who teaches them", async () => {
    const list = await server.call("get", "/api/v1/my/sessions", centre.credentials["staff-account"]);
    expect(list.json).toMatchObject({
      items: [
        { sessionId: centre.session.id, recordings: ITEMS },
        { sessionId: centre.otherSession.id, recordings: [] },
      ],
    });
  });
});
