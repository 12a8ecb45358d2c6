import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DEFAULT_POLICY } from "../../server/protocol/evidence.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

const MINUTE_MS = 60_000;
const START_AT = Date.UTC(2026, 1, 2, 1);

let server: ApiServer;
let centre: TrainingCentre;
beforeAll(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
});
afterAll(() => server.close());

const post = (path: string, json: unknown) => server.call("post", path, { ...centre.key, json });
const get = (path: string) => server.call("get", path, centre.key);

const unit = (code: string, change: object = {}) => ({ code, title: `Unit ${code}`, jp: 6, ...change });
const programme = (change: object = {}) => ({
  code: "A-1",
  title: "Pelatihan",
  units: [unit("U")],
  ...change,
});

describe("programmes", () => {
  it("PM1 creates one, with defaults, to be had by id and by code", async () => {
    const created = await post(
      "/api/v1/programmes",
      programme({ code: "Satu.1", title: "  Pelatihan \u00a0 AI " }),
    );
    expect(created.status).toBe(201);
    const { id } = created.json as { id: string };
    const expected = {
      id,
      code: "Satu.1",
      title: "Pelatihan AI",
      units: [{ code: "U", title: "Unit U", jp: 6, selfStudyJp: 0 }],
      policy: DEFAULT_POLICY,
      policyVersion: 1,
      policyFrozenAt: null,
      createdAt: server.clock.now(),
    };
    expect((await get(`/api/v1/programmes/${id}`)).json).toEqual(expected);
    expect((await get("/api/v1/programmes/Satu.1")).json).toEqual(expected);
  });

  it("PM1 refuses a code that is taken", async () => {
    expect(await post("/api/v1/programmes", programme({ code: centre.programme.code }))).toMatchObject({
      status: 409,
      json: { code: "already-exists", errors: [{ path: "code" }] },
    });
  });

  it.each([
    ["code", { code: undefined }],
    ["code", { code: "" }],
    ["code", { code: "a b" }],
    ["code", { code: "../etc" }],
    ["code", { code: "prg_1" }],
    ["code", { code: "x".repeat(33) }],
    ["code", { code: 7 }],
    ["title", { title: "   " }],
    ["title", { title: "a\u0000b" }],
    ["title", { title: "baris\nbaru" }],
    ["title", { title: "\ud800" }],
    ["title", { title: "x".repeat(301) }],
    ["units", { units: [] }],
    ["units", { units: {} }],
    ["units.1.code", { units: [unit("U"), unit("U")] }],
    ["units.0.jp", { units: [unit("U", { jp: -1 })] }],
    ["units.0.jp", { units: [unit("U", { jp: 1.005 })] }],
    ["units.0.jp", { units: [unit("U", { jp: "6" })] }],
    ["units.0.jp", { units: [unit("U", { jp: 10_001 })] }],
    ["units.0.selfStudyJp", { units: [unit("U", { selfStudyJp: 7 })] }],
    ["units.0.colour", { units: [unit("U", { colour: "red" })] }],
    ["policy.minSlotShare", { policy: { minSlotShare: 10_001 } }],
    ["policy.minSlotShare", { policy: { minSlotShare: 80.5 } }],
    ["policy.slotCredit", { policy: { slotCredit: "all" } }],
    ["policy.bridgeGapMs", { policy: { bridgeGapMs: -1 } }],
    ["policy.grace", { policy: { grace: 1 } }],
    ["policy.requirements.0.code", { policy: { requirements: [{ code: "attendence.total" }] } }],
    ["policy.requirements.0.code", { policy: { requirements: [{ code: "attendance.unit:V" }] } }],
    ["policy.requirements.1.code", { policy: { requirements: [{ code: "survey" }, { code: "survey" }] } }],
    ["id", { id: "prg_mine" }],
    ["__proto__", JSON.parse('{"__proto__": {"admin": true}}')],
  ])("PM2 names the field: %s", async (path, change) => {
    const refused = await post("/api/v1/programmes", { ...programme(), ...change, ...ownProto(change) });
    expect(refused).toMatchObject({ status: 400, json: { code: "bad-request" } });
    expect(refused.json).toMatchObject({ errors: [{ path }] });
  });

  it("PM2 refuses an array where an object belongs", async () => {
    expect((await post("/api/v1/programmes", [])).status).toBe(400);
  });

  it("PM3 changes the policy until it is frozen", async () => {
    await post("/api/v1/programmes", programme({ code: "K-1" }));
    const change = (json: unknown) =>
      server.call("put", "/api/v1/programmes/K-1/policy", { ...centre.key, json });
    const requirements = [{ code: "attendance.unit:U", minShare: 8500 }];
    expect(await change({ minSlotShare: 8500, requirements })).toMatchObject({
      status: 200,
      json: { policyVersion: 2, policy: { minSlotShare: 8500, bridgeGapMs: 120_000, requirements } },
    });
    expect(await change({ requirements: [{ code: "attendance.unit:V" }] })).toMatchObject({
      status: 400,
      json: { errors: [{ path: "requirements.0.code" }] },
    });
    const found = await server.store.programmes.find("K-1");
    if (found) await server.store.programmes.freezePolicy(found.id, 1);
    expect(await change({})).toMatchObject({ status: 409, json: { code: "policy-frozen" } });
  });

  it("PM4 lists page by page, each once, in order of creation", async () => {
    for (const code of ["L-1", "L-2", "L-3"]) await post("/api/v1/programmes", programme({ code }));
    const codes: string[] = [];
    let cursor: string | null = "";
    while (cursor !== null) {
      const page = await get(`/api/v1/programmes?limit=2${cursor ? `&cursor=${cursor}` : ""}`);
      const { items, nextCursor } = page.json as { items: { code: string }[]; nextCursor: string | null };
      expect(items.length).toBeLessThanOrEqual(2);
      codes.push(...items.map((item) => item.code));
      cursor = nextCursor;
    }
    expect(codes.slice(-3)).toEqual(["L-1", "L-2", "L-3"]);
    expect(new Set(codes).size).toBe(codes.length);
    expect((await get("/api/v1/programmes?cursor=none-of-ours")).json).toEqual({
      items: [],
      nextCursor: null,
    });
  });
});

/** `__proto__` as a key of its own, which spreading would lose. */
function ownProto(change: object): object {
  if (!Object.hasOwn(change, "__proto__")) return {};
  return Object.defineProperty({}, "__proto__", { value: {}, enumerable: true });
}

describe("staff", () => {
  const staff = (change: object = {}) => ({
    name: "Dewi",
    email: "dewi@contoh.go.id",
    role: "facilitator",
    ...change,
  });

  it("SF1 adds somebody once for an address, whatever its capitals", async () => {
    const path = "/api/v1/programmes/PAI-2026/staff";
    const created = await post(path, staff());
    expect(created).toMatchObject({ status: 201, json: { name: "Dewi", role: "facilitator" } });
    const { id } = created.json as { id: string };
    expect((await get(`/api/v1/staff/${id}`)).json).toEqual(created.json);
    expect((await get(path)).json).toMatchObject({ items: [{}, {}, { id }], nextCursor: null });
    expect(await post(path, staff({ email: "DEWI@contoh.go.id" }))).toMatchObject({
      status: 409,
      json: { errors: [{ path: "email" }] },
    });
  });

  it.each([
    ["name", { name: "" }],
    ["name", { name: null }],
    ["email", { email: "dewi" }],
    ["email", { email: `${"d".repeat(250)}@x.id` }],
    ["role", { role: "admin" }],
    ["salary", { salary: 1 }],
  ])("SF2 names the field: %s", async (path, change) => {
    expect(await post("/api/v1/programmes/PAI-2026/staff", staff(change))).toMatchObject({
      status: 400,
      json: { errors: [{ path }] },
    });
  });
});

describe("sessions", () => {
  const slot = (startMinute: number, minutes: number, jp: unknown = minutes / 45) => ({
    startAt: START_AT + startMinute * MINUTE_MS,
    endAt: START_AT + (startMinute + minutes) * MINUTE_MS,
    jp,
  });
  const session = (change: object = {}) => ({
    unit: "KAI",
    title: "Hari pertama",
    mode: "online",
    timeZone: "Asia/Jayapura",
    slots: [slot(60, 90), slot(0, 45)],
    ...change,
  });
  const path = "/api/v1/programmes/PAI-2026/sessions";

  it("SE1 plans one, its slots in order of time with ids of their own", async () => {
    const created = await post(path, session());
    expect(created).toMatchObject({ status: 201, json: { group: null, warnings: [] } });
    const { id, slots } = created.json as { id: string; slots: { id: string }[] };
    expect(slots).toMatchObject([
      { ...slot(0, 45), id: expect.stringMatching(/^slt_/) },
      { ...slot(60, 90), id: expect.stringMatching(/^slt_/) },
    ]);
    const { code, title } = centre.programme;
    expect((await get(`/api/v1/sessions/${id}`)).json).toMatchObject({
      id,
      programme: { id: centre.programme.id, code, title },
      status: "scheduled",
      openedAt: null,
      presentCount: 0,
    });
    expect(((await get(path)).json as { items: unknown[] }).items).toHaveLength(3);
  });

  it("SE2 takes slots that touch, a group without people, and warns of odd lengths and of too many JP", async () => {
    const created = await post(
      path,
      session({ unit: "EAI", group: " Kelas A ", slots: [slot(2000, 45), slot(2045, 60, 1.5)] }),
    );
    expect(created).toMatchObject({
      status: 201,
      json: { group: "Kelas A", warnings: [{ path: "slots.1" }, { path: "slots" }] },
    });
  });

  it.each([
    ["unit", { unit: "XYZ" }],
    ["unit", { unit: 5 }],
    ["title", { title: "" }],
    ["mode", { mode: "teleport" }],
    ["group", { group: "a\tb" }],
    ["group", { group: 3 }],
    ["timeZone", { timeZone: "WIB" }],
    ["timeZone", { timeZone: "+07:00" }],
    ["timeZone", { timeZone: "Asia/Nowhere" }],
    ["timeZone", { timeZone: "../../etc" }],
    ["slots", { slots: [] }],
    ["slots", { slots: Array.from({ length: 101 }, (_, i) => slot(i * 45, 45)) }],
    ["slots.1", { slots: [slot(0, 45), slot(44, 45)] }],
    ["slots.2", { slots: [slot(60, 45), slot(200, 45), slot(0, 300, 6)] }],
    ["slots.0.endAt", { slots: [slot(0, 0, 1)] }],
    ["slots.0.endAt", { slots: [slot(0, -45, 1)] }],
    ["slots.0.endAt", { slots: [slot(0, 1441, 1)] }],
    ["slots.0.startAt", { slots: [{ ...slot(0, 45), startAt: 1_770_000_000 }] }],
    ["slots.0.startAt", { slots: [{ ...slot(0, 45), startAt: 1.5 }] }],
    ["slots.0.startAt", { slots: [{ ...slot(0, 45), startAt: "2026-02-02" }] }],
    ["slots.0.endAt", { slots: [{ ...slot(0, 45), endAt: 1e18 }] }],
    ["slots.0.jp", { slots: [slot(0, 45, 1.333)] }],
    ["slots.0.jp", { slots: [slot(0, 45, -1)] }],
    ["slots.0.id", { slots: [{ ...slot(0, 45), id: "slt_mine" }] }],
    ["status", { status: "open" }],
  ])("SE3 names the field: %s", async (field, change) => {
    expect(await post(path, session(change))).toMatchObject({
      status: 400,
      json: { code: "bad-request", errors: [{ path: field }] },
    });
  });

  it("SE4 opens and closes the class in the name of who asks", async () => {
    const { id } = centre.session;
    const act = (action: string, who: object) => server.call("post", `/api/v1/sessions/${id}/${action}`, who);
    expect(await act("close", centre.admin)).toMatchObject({ status: 409, json: { code: "class-not-open" } });
    expect(await act("open", centre.admin)).toMatchObject({ status: 200, json: { status: "open" } });
    expect(await act("open", centre.admin)).toMatchObject({
      status: 409,
      json: { code: "class-already-open" },
    });
    expect(await act("close", { key: centre.writeKey.secret })).toMatchObject({
      status: 200,
      json: { status: "closed" },
    });
    expect(server.classes.calls).toEqual([
      `open ${id} ${centre.adminId}`,
      `close ${id} ${centre.writeKey.key.id}`,
    ]);
    expect((await server.call("post", "/api/v1/sessions/ses_nobody/open", centre.key)).status).toBe(404);
  });
});
