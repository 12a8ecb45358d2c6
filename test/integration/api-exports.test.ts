import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import type { ConnectionId } from "../../server/protocol/ids.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { recordedLineAt, writeManifest } from "../support/recorded-story.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

const STARTED_AT = Date.UTC(2026, 0, 12, 2);
const recordingId = newId("rec");
const exportId = newId("exp");
const PATH = `/api/v1/recordings/${recordingId}/exports`;
let server: ApiServer;
let centre: TrainingCentre;

beforeAll(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
  const { session, instructor } = centre;
  const order = { recordingId, sessionId: session.id, rooms: "main", hasChat: true } as const;
  await server.store.recordings.begin({ ...order, startedAt: STARTED_AT, startedBy: instructor.id });
  const line = recordedLineAt(STARTED_AT);
  const whose = { personId: instructor.id, connectionId: "con_1" as ConnectionId };
  await writeManifest(join(server.dataDir, "recordings", recordingId), [
    line.head({ recordingId, sessionId: session.id }),
    line.track(0, { trackId: "000001", ...whose, source: "camera" }),
    line.segment("000001", 0, [0, 10_000]),
    line.ended(10_000),
  ]);
  const counts = { doneMs: 10_000, totalMs: 10_000, bytes: 10, failure: null };
  await server.store.exports.create({
    ...{ exportId, recordingId, sessionId: session.id, status: "done", language: "en" },
    ...{ requestedAt: 1, requestedBy: instructor.id, endedAt: 2, ...counts },
  });
  const file = server.exports.file(recordingId, exportId);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, "0123456789");
});
afterAll(() => server.close());

describe("exports over HTTP", () => {
  it("RX11 staff see what there is, and whether another can be made", async () => {
    const { credentials } = centre;
    const list = await server.call("get", PATH, credentials.instructor);
    expect(list.json).toMatchObject({
      items: [{ exportId, status: "done", leftMs: null, isHeld: false }],
      problem: null,
      isUnderWay: true,
      totalMs: 10_000,
    });
    const asked = await server.call("post", PATH, { ...credentials.instructor, json: { language: "id" } });
    expect(asked).toMatchObject({ status: 409, json: { code: "recording-running" } });
    const known = await server.call("get", `${PATH}/${newId("exp")}/file`, credentials.admin);
    expect(known).toMatchObject({ status: 404, json: { code: "export-unknown" } });
  });

  it("RX11 a download has the session and the day in its name, comes in parts, and is in the trail", async () => {
    const before = (await server.store.trail.head())?.seq ?? 0;
    const { admin } = centre.credentials;
    const answer = await fetch(`http://127.0.0.1:${server.port}${PATH}/${exportId}/file`, {
      headers: { cookie: admin.cookie ?? "", range: "bytes=2-5" },
    });
    expect(answer.status).toBe(206);
    expect(answer.headers.get("content-disposition")).toBe(
      'attachment; filename="rekaman-sesi-pagi-2026-01-12.mp4"',
    );
    expect(answer.headers.get("content-type")).toBe("video/mp4");
    expect(await answer.text()).toBe("2345");
    const removed = await server.call("delete", `${PATH}/${exportId}`, admin);
    expect(removed.json).toMatchObject({ status: "deleted" });
    expect((await server.call("get", `${PATH}/${exportId}/file`, admin)).status).toBe(404);
    const rows = await server.store.trail.rowsAfter(before, 10);
    expect(rows.map(({ action, subject }) => [action, subject.id])).toEqual([
      ["recording.exported", recordingId],
      ["recording.export-removed", recordingId],
    ]);
  });
});
