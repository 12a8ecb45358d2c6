import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import type { SessionJson } from "../../server/protocol/api-records.ts";
import { type ApiServer, type Call, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

const HOUR_MS = 3_600_000;

let server: ApiServer;
let centre: TrainingCentre;
beforeEach(async () => {
  server = await serveApi();
  onTestFinished(() => server.close());
  centre = await createTrainingCentre(server, "hybrid");
});

const path = (rest = "") => `/api/v1/sessions/${centre.session.id}${rest}`;
function bodyOf({ unit, title, mode, group, timeZone, slots }: SessionJson | TrainingCentre["session"]) {
  return { unit, title, mode, group, timeZone, slots };
}
const change = (json: object) =>
  server.call("put", path(), { ...centre.key, json: { ...bodyOf(centre.session), ...json } });
const cancel = (json: object = { reason: "Banjir" }, as: Call = centre.key) =>
  server.call("post", path("/cancellation"), { ...as, json });
const calendarLines = async () =>
  (await server.call("get", path("/calendar.ics"), centre.key)).text
    .replaceAll(/\r\n[ \t]/g, "")
    .split("\r\n");

describe("changing a session", () => {
  it("SC1 takes all of it at once, keeps the slot's id, and moves the end of its links", async () => {
    const [slot] = centre.session.slots;
    const startAt = server.clock.now() + 48 * HOUR_MS;
    const moved = { ...slot, startAt, endAt: startAt + HOUR_MS };
    const answer = await change({ title: "Sesi sore", slots: [moved] });
    expect(answer.json).toMatchObject({
      title: "Sesi sore",
      slots: [moved],
      sequence: 1,
      warnings: [{ path: "slots.0" }],
    });
    const link = await server.call("get", `/api/v1/links/${centre.links.participant.linkId}`, centre.key);
    expect(link.json).toMatchObject({ expiresAt: startAt + 25 * HOUR_MS });
    expect(server.classes.calls).toContain(`change ${centre.session.id}`);
  });

  it("SC2 refuses what has begun, naming the fields, and writes nothing", async () => {
    const [slot] = centre.session.slots;
    const mark = { slotId: slot?.id, enrolmentId: centre.ayu.id, status: "present" };
    await server.call("post", path("/marks"), { ...centre.key, json: mark });
    const answer = await change({ unit: "EAI", slots: [{ ...slot, jp: 2 }] });
    expect(answer).toMatchObject({
      status: 409,
      json: { code: "session-begun", errors: [{ path: "unit" }, { path: "slots.0" }] },
    });
    expect((await server.call("get", path(), centre.key)).json).toMatchObject({ unit: "KAI", sequence: 0 });
    expect((await change({ title: "Judul lain" })).json).toMatchObject({ title: "Judul lain" });
  });

  it("SC6 a time at which the same people have another session only warns", async () => {
    const warnings = [{ path: "slots.0", message: "is at the same time as Sesi siang" }];
    expect((await change({ slots: centre.session.slots })).json).toMatchObject({
      warnings: expect.arrayContaining(warnings),
    });
    const other = `/api/v1/sessions/${centre.otherSession.id}/cancellation`;
    await server.call("post", other, { ...centre.key, json: { reason: "Banjir" } });
    expect((await change({})).text).not.toContain("same time");
  });

  it.each<[string, object]>([
    ["unit", { unit: "NONE" }],
    ["title", { title: "\u0000" }],
    ["slots", { slots: [] }],
    [
      "slots.0.id",
      { slots: [{ id: "slt_none", startAt: Date.UTC(2026, 1), endAt: Date.UTC(2026, 1) + 1, jp: 1 }] },
    ],
    ["slots.0.endAt", { slots: [{ startAt: Date.UTC(2026, 1), endAt: Date.UTC(2026, 2), jp: 1 }] }],
    ["timeZone", { timeZone: "Mars/Olympus" }],
    ["cancellation", { cancellation: null }],
  ])("SC3 refuses a bad %s by its name", async (field, json) => {
    const answer = await change(json);
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ path: field }] } });
  });

  it("SC3 a session that is not there is not found", async () => {
    const missing = path().replace(/_.*/, "_none");
    expect((await server.call("put", missing, { ...centre.key, json: bodyOf(centre.session) })).status).toBe(
      404,
    );
  });
});

describe("cancelling a session", () => {
  it("SC4 is told by its links, which let nobody in, and asked of nobody", async () => {
    expect((await cancel()).json).toMatchObject({
      cancellation: { reason: "Banjir", by: centre.bothKey.key.id },
    });
    const view = await server.call(
      "get",
      `/api/v1/join/${centre.links.participant.linkId}`,
      centre.credentials.participant,
    );
    expect(view.json).toMatchObject({ cancellation: { reason: "Banjir" } });
    const mark = { slotId: centre.session.slots[0]?.id, enrolmentId: centre.ayu.id, status: "present" };
    expect((await server.call("post", path("/marks"), { ...centre.key, json: mark })).json).toMatchObject({
      code: "session-cancelled",
    });
    expect((await server.call("get", path("/check-in"), centre.key)).json).toMatchObject({
      code: "session-cancelled",
    });
    const json = { enrolmentId: centre.ayu.id };
    expect((await server.call("post", path("/links"), { ...centre.key, json })).json).toMatchObject({
      code: "session-cancelled",
    });
    const listed = await server.call("get", "/api/v1/programmes/PAI-2026/sessions", centre.key);
    expect(
      (listed.json as { items: SessionJson[] }).items.map(({ cancellation }) => cancellation?.reason),
    ).toEqual(["Banjir", undefined]);
    const later = { ...bodyOf(centre.otherSession), slots: [] as object[] };
    later.slots = centre.otherSession.slots.map((slot) => ({ ...slot, endAt: slot.endAt - 60_000 }));
    await server.call("put", `/api/v1/sessions/${centre.otherSession.id}`, { ...centre.key, json: later });
    const completion = await server.call("get", "/api/v1/programmes/PAI-2026/completion", centre.key);
    expect(completion.json).toMatchObject({ endsAt: server.clock.now() + HOUR_MS - 60_000 });
  });

  it("SC4 happens once, needs a reason, and not to what was held", async () => {
    expect((await cancel({ reason: " " })).json).toMatchObject({ errors: [{ path: "reason" }] });
    expect((await cancel()).status).toBe(200);
    expect((await cancel()).json).toMatchObject({ code: "session-cancelled" });
    expect((await change({})).json).toMatchObject({ code: "session-cancelled" });
  });

  it("SC4 a session whose roll was called is not cancelled", async () => {
    const mark = { slotId: centre.session.slots[0]?.id, enrolmentId: centre.ayu.id, status: "present" };
    await server.call("post", path("/marks"), { ...centre.key, json: mark });
    expect((await cancel()).json).toMatchObject({ code: "session-begun" });
  });
});

describe("calendars of what changed", () => {
  it("KL3 the sequence rises, and a slot that was taken out stays as cancelled", async () => {
    expect(await calendarLines()).toEqual(
      expect.arrayContaining(["SEQUENCE:0", "STATUS:CONFIRMED", "METHOD:PUBLISH"]),
    );
    const [slot] = centre.session.slots;
    const { startAt = 0, endAt = 0 } = slot ?? {};
    await change({ slots: [{ startAt: startAt + HOUR_MS, endAt: endAt + HOUR_MS, jp: 1 }] });
    const lines = await calendarLines();
    const at = lines.indexOf(`UID:${slot?.id}@balai.test`);
    expect(at).toBeGreaterThan(0);
    const event = lines.slice(at, lines.indexOf("END:VEVENT", at));
    expect(event).toEqual(expect.arrayContaining(["SEQUENCE:1", "STATUS:CANCELLED"]));
    expect(event.some((line) => line.startsWith("LAST-MODIFIED:"))).toBe(true);
    expect(lines.filter((line) => line === "STATUS:CONFIRMED")).toHaveLength(1);
  });

  it("KL3 a cancelled session is cancelled in the calendar, with its reason", async () => {
    await cancel();
    const lines = await calendarLines();
    expect(lines).toEqual(expect.arrayContaining(["STATUS:CANCELLED", "SEQUENCE:1"]));
    expect(lines).not.toContain("STATUS:CONFIRMED");
    expect(lines.join("\n")).toContain("Banjir");
  });
});
