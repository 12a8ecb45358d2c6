import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

let server: ApiServer;
let centre: TrainingCentre;
beforeAll(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
});
afterAll(() => server.close());

/** A calendar's lines, unfolded (RFC 5545, 3.1). */
const linesOf = (text: string) => text.replaceAll("\r\n ", "").replaceAll("\r\n\t", "").split("\r\n");
const valuesOf = (text: string, name: string) =>
  linesOf(text).flatMap((line) => (line.startsWith(`${name}:`) ? [line.slice(name.length + 1)] : []));
const utc = (at: number) => new Date(at).toISOString().replace(/[-:]|\.\d+/g, "");

describe("calendar files", () => {
  it("KL1 a session has an event per slot, in UTC, whose UID stays the same", async () => {
    const path = `/api/v1/sessions/${centre.session.id}/calendar.ics`;
    const first = await server.call("get", path, centre.key);
    expect(first.status).toBe(200);
    expect(first.headers.get("content-type")).toBe("text/calendar; charset=utf-8");
    const { slots } = centre.session;
    expect(valuesOf(first.text, "UID")).toEqual(slots.map(({ id }) => `${id}@balai.test`));
    expect(valuesOf(first.text, "DTSTART")).toEqual(slots.map(({ startAt }) => utc(startAt)));
    expect(valuesOf(first.text, "DTEND")).toEqual(slots.map(({ endAt }) => utc(endAt)));
    const again = await server.call("get", path, centre.key);
    expect(valuesOf(again.text, "UID")).toEqual(valuesOf(first.text, "UID"));
  });

  it("KL2 a programme has all its sessions and no join links", async () => {
    const { text } = await server.call("get", "/api/v1/programmes/PAI-2026/calendar.ics", centre.key);
    const slots = [...centre.session.slots, ...centre.otherSession.slots];
    expect(valuesOf(text, "UID").toSorted()).toEqual(slots.map(({ id }) => `${id}@balai.test`).toSorted());
    expect(text).not.toMatch(/join|#/);
    expect((await server.call("get", "/api/v1/programmes/none/calendar.ics", centre.key)).status).toBe(404);
  });

  it("KL4 the holder of a link gets their own session, and no way in for others", async () => {
    const { linkId, cookie, token } = centre.links.participant;
    const path = `/api/v1/join/${linkId}/calendar.ics`;
    const own = await server.call("get", path, { cookie });
    expect(own.headers.get("content-disposition")).toContain(".ics");
    expect(valuesOf(own.text, "UID")).toEqual(centre.session.slots.map(({ id }) => `${id}@balai.test`));
    for (const secret of [token, linkId, "join"]) expect(own.text).not.toContain(secret);
    expect((await server.call("get", path)).status).toBe(401);
  });

  it("KL2 a programme without sessions has an empty calendar", async () => {
    const json = {
      code: "KOSONG",
      title: "Kosong; koma, dan \\ garis",
      units: [{ code: "U", title: "U", jp: 1 }],
    };
    await server.call("post", "/api/v1/programmes", { ...centre.key, json });
    const answer = await server.call("get", "/api/v1/programmes/KOSONG/calendar.ics", centre.key);
    expect(answer.status).toBe(200);
    expect(linesOf(answer.text)).toContain("BEGIN:VCALENDAR");
    expect(answer.text).not.toContain("VEVENT");
  });
});
