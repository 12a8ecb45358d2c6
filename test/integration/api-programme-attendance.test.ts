import readXlsxFile from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import type { ProgrammeAttendance } from "../../server/protocol/programme-attendance.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";
import { zipEntries } from "../support/zip-entries.ts";

const PATH = "/api/v1/programmes/PAI-2026/attendance";

let server: ApiServer;
let centre: TrainingCentre;
beforeAll(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
  const [slot] = centre.session.slots;
  await server.store.classes.append(centre.session.id, [
    { seq: 1, at: slot?.startAt ?? 0, type: "class.opened", by: centre.instructor.id },
    {
      seq: 2,
      at: slot?.startAt ?? 0,
      type: "presence.joined",
      connectionId: newId("con"),
      enrolmentId: centre.ayu.id,
      device: "d",
      room: "main",
    },
    { seq: 3, at: slot?.endAt ?? 0, type: "class.closed", by: centre.instructor.id },
  ]);
  await server.store.sessions.create({
    ...centre.session,
    id: newId("ses"),
    title: '=HYPERLINK("http://contoh")',
    group: "B",
    slots: [{ id: newId("slt"), startAt: 1_800_000_000_000, endAt: 1_800_003_600_000, jp: 1.5 }],
  });
});
afterAll(() => server.close());

const get = (query = "") => server.call("get", `${PATH}${query}`, centre.key);

describe("a programme's attendance", () => {
  it("RP6 has everybody's JP in every session and unit, and nothing for who is not asked", async () => {
    const { status, json } = await get();
    expect(status).toBe(200);
    const { sessions, items } = json as ProgrammeAttendance;
    expect(sessions.map(({ title, jp }) => [title, jp])).toEqual([
      ["Sesi pagi", 1],
      ["Sesi siang", 1],
      ['=HYPERLINK("http://contoh")', 1.5],
    ]);
    expect(items).toMatchObject([
      {
        externalId: centre.ayu.externalId,
        jp: 1,
        units: [{ code: "KAI", jp: 1 }, { jp: 0 }],
        sessions: [1, 0, null],
      },
      { externalId: centre.budi.externalId, jp: 0, sessions: [0, 0, null] },
    ]);
  });

  it("RP6 is a workbook with NIPs as text, numbers as numbers and no formula", async () => {
    const { headers, status } = await get("?format=xlsx");
    expect(status).toBe(200);
    expect(headers.get("content-disposition")).toContain(`kehadiran-${centre.programme.id}.xlsx`);
    const file = await fetch(`http://127.0.0.1:${server.port}${PATH}?format=xlsx`, {
      headers: { authorization: `Bearer ${centre.key.key}` },
    });
    const bytes = Buffer.from(await file.arrayBuffer());
    const [sheet] = await readXlsxFile(bytes);
    expect(sheet?.data[1]?.slice(0, 3)).toEqual([1, centre.ayu.externalId, "Ayu Lestari"]);
    const xml = zipEntries(bytes).get("xl/worksheets/sheet1.xml") ?? "";
    expect(xml).not.toMatch(/<f[ >]/);
    expect(xml).toContain('state="frozen"');
  });

  it("RP6 is a CSV without a cell that a spreadsheet would run", async () => {
    const { text } = await get("?format=csv");
    expect(text).toContain("Jumlah JP;KAI: JP;EAI: JP;");
    expect(text).not.toMatch(/(^|[;"])[=+@]/m);
    expect((await get("?format=pdf")).json).toMatchObject({ status: 400, errors: [{ path: "format" }] });
  });
});
