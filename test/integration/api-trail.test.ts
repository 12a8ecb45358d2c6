import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type TrailRow, trailPageSchema } from "../../server/protocol/trail.ts";
import { verifyChain } from "../../server/reports/chain.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre, tokenIn } from "../support/training-centre.ts";

let server: ApiServer;
let centre: TrainingCentre;
beforeAll(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server, "hybrid");
});
afterAll(() => server.close());

/** The rows that `work` left. */
async function rowsOf(work: () => Promise<unknown>): Promise<readonly TrailRow[]> {
  const before = (await server.store.trail.head())?.seq ?? 0;
  await work();
  return await server.store.trail.rowsAfter(before, 1000);
}

/** Routes of the office that have nothing to tell: they change nothing and hold nobody's data. */
const UNTRACED = [
  "get /api/v1/recording-settings",
  "get /api/v1/programmes/:programme/recording-settings",
  "get /api/v1/recording-space",
  "get /api/v1/account",
  "get /api/v1/account/sign-ins",
  "post /api/v1/account/second-factor",
  "get /api/v1/issuer",
  "get /api/v1/issuer/logo",
  "get /api/v1/issuer/sample",
  "get /api/v1/my/sessions",
  "get /api/v1/programmes",
  "get /api/v1/programmes/:programme",
  "get /api/v1/programmes/:programme/calendar.ics",
  "get /api/v1/programmes/:programme/certificates/numbering",
  "get /api/v1/programmes/:programme/certificates/numbering",
  "get /api/v1/programmes/:programme/entry",
  "get /api/v1/programmes/:programme/sessions",
  "get /api/v1/programmes/:programme/survey-settings",
  "get /api/v1/sessions/:sessionId",
  "get /api/v1/sessions/:sessionId/calendar.ics",
  "get /api/v1/sessions/:sessionId/check-in",
];
/** Of routes by link only rulings, uploads and looks at others' data are traced. */
const TRACED_BY_LINK = [
  "post /api/v1/join/:linkId/decks",
  "post /api/v1/join/:linkId/marks",
  "get /api/v1/join/:linkId/roll-call",
];

describe("the trail", () => {
  it("TR2 every route of the office says what it tells the trail, or is known to have nothing to tell", () => {
    const named = server.api.routes.map((route) => ({ ...route, name: `${route.method} ${route.path}` }));
    const office = named.filter(({ scheme }) => scheme === "office");
    const silent = office.filter(({ trail }) => trail === null).map(({ name }) => name);
    expect(silent.filter((name) => !UNTRACED.includes(name))).toEqual([]);
    const byLink = named.filter(({ scheme, trail }) => scheme.endsWith("link") && trail !== null);
    expect(byLink.map(({ name }) => name)).toEqual(expect.arrayContaining(TRACED_BY_LINK));
  });

  it("TR2 tells of a change before it is answered: who, what, whom, where", async () => {
    const [row, ...rest] = await rowsOf(() =>
      server.call("post", `/api/v1/sessions/${centre.session.id}/links`, {
        json: { enrolmentId: centre.ayu.id },
        ...centre.credentials.admin,
      }),
    );
    expect(rest).toEqual([]);
    expect(row).toMatchObject({
      actor: { kind: "account", id: centre.adminId },
      action: "link.created",
      subject: { kind: "link", id: expect.stringMatching(/^lnk_/) },
      people: [centre.ayu.id],
      programmeId: centre.programme.id,
      sessionId: centre.session.id,
    });
  });

  it("TR2 does not answer when the row cannot be written", async () => {
    const { append } = server.store.trail;
    const { faults } = server;
    Object.assign(server.store.trail, { append: () => Promise.reject(new Error("disk full")) });
    try {
      const answer = await server.call("get", `/api/v1/programmes/${centre.programme.code}/results`, {
        ...centre.credentials.admin,
      });
      expect(answer.status).toBe(500);
      expect(answer.text).not.toContain(centre.ayu.name);
    } finally {
      Object.assign(server.store.trail, { append });
      faults.length = 0;
    }
  });

  it("TR2 tells of files with their format, and of rulings by link", async () => {
    const path = `/api/v1/sessions/${centre.session.id}`;
    const rows = await rowsOf(async () => {
      await server.call("get", `${path}/attendance?format=csv`, { ...centre.credentials["read-key"] });
      await server.call("get", `${path}/evidence`, { ...centre.credentials["read-key"] });
      await server.call("post", `/api/v1/join/${centre.links.instructor.linkId}/marks`, {
        json: { slotId: centre.session.slots[0]?.id, enrolmentId: centre.ayu.id, status: "present" },
        ...centre.credentials.instructor,
      });
    });
    expect(rows.map(({ action, actor, detail }) => [action, actor.kind, detail])).toEqual([
      ["attendance.exported", "key", { format: "csv" }],
      ["evidence.exported", "key", {}],
      ["marks.made", "staff", { marks: 1 }],
    ]);
    expect(rows[2]).toMatchObject({ people: [centre.ayu.id], sessionId: centre.session.id });
  });

  it("TR2 tells nothing of what was refused for its content", async () => {
    const rows = await rowsOf(() =>
      server.call("post", "/api/v1/programmes", { json: { code: "?" }, ...centre.credentials.admin }),
    );
    expect(rows).toEqual([]);
  });

  it("TR3 holds no value of a field, hostile ones included", async () => {
    const name = "=HYPERLINK(\"x\") <script>alert('Ratna Sari')</script>";
    const externalId = "198503122010012003";
    const rows = await rowsOf(async () => {
      await server.call("post", `/api/v1/programmes/${centre.programme.code}/enrolments`, {
        json: [{ externalId, name, email: "ratna@contoh.go.id", institution: "Dinas Rahasia" }],
        ...centre.credentials.admin,
      });
      await server.call("post", "/api/v1/programmes", {
        json: { code: "LAIN", title: "Rahasia", units: [{ code: "U", title: "U", jp: 1 }] },
        ...centre.credentials.admin,
      });
      await server.call("put", "/api/v1/programmes/LAIN/policy", {
        json: { minSlotShare: 7777 },
        ...centre.credentials.admin,
      });
      await server.call("post", `/api/v1/programmes/${centre.programme.code}/staff`, {
        json: { name: "Ratna", email: "ratna@contoh.go.id", role: "instructor" },
        ...centre.credentials.admin,
      });
    });
    expect(rows.map(({ action, detail }) => [action, detail])).toEqual([
      ["roster.imported", { created: 1, updated: 0, refused: 0 }],
      ["programme.created", {}],
      ["policy.changed", { fields: ["minSlotShare"] }],
      ["staff.added", {}],
    ]);
    expect(rows[0]?.people).toEqual([expect.stringMatching(/^enr_/)]);
    expect(JSON.stringify(rows)).not.toMatch(/ratna|hyperlink|script|7777|Rahasia|198503/i);
  });

  it("TR4 writes a look that repeats once in five minutes, and every change", async () => {
    const look = () =>
      server.call("get", `/api/v1/programmes/${centre.programme.code}/completion`, {
        ...centre.credentials.admin,
      });
    expect(await rowsOf(async () => [await look(), await look(), await look()])).toHaveLength(1);
    server.clock.advance(5 * 60_000);
    expect(await rowsOf(look)).toHaveLength(1);
    expect(
      await rowsOf(() =>
        server.call("get", `/api/v1/programmes/${centre.programme.code}/completion`, {
          ...centre.credentials["read-key"],
        }),
      ),
    ).toHaveLength(1);
  });

  it("TR5 tells of sign-ins, without the token, and of who may not", async () => {
    const token = tokenIn((await server.auth.createAccountLink(centre.adminId, "sign-in")).url);
    const rows = await rowsOf(async () => {
      await server.call("post", "/api/v1/admin/sign-in", { json: { token } });
      await server.call("post", `/api/v1/sessions/${centre.session.id}/open`, {
        ...centre.credentials["read-key"],
      });
      await server.call("get", `/api/v1/join/${centre.links.participant.linkId}/roll-call`, {
        ...centre.credentials.participant,
      });
      await server.call("get", `/api/v1/programmes/${centre.programme.code}/enrolments`);
    });
    expect(rows.map(({ action, actor, detail }) => [action, actor, detail])).toEqual([
      ["account.signed-in", { kind: "account", id: centre.adminId }, {}],
      [
        "access.refused",
        { kind: "key", id: centre.readKey.key.id },
        { method: "post", route: "/api/v1/sessions/:sessionId/open" },
      ],
      [
        "access.refused",
        { kind: "participant", id: centre.ayu.id },
        { method: "get", route: "/api/v1/join/:linkId/roll-call" },
      ],
    ]);
    expect(JSON.stringify(rows)).not.toContain(token);
  });

  it("TR5 tells whose password was tried in vain, and nothing of an e-mail that nobody has", async () => {
    const tryAs = (email: string) =>
      server.call("post", "/api/v1/account/sign-in", { json: { email, password: "salah sama sekali" } });
    const known = (await server.store.accounts.find(centre.adminId))?.email ?? "";
    const rows = await rowsOf(async () => [await tryAs(known), await tryAs("siapa@contoh.go.id")]);
    expect(
      rows.map(({ action, actor, subject, detail }) => [action, actor.kind, subject.id, detail]),
    ).toEqual([
      ["sign-in.refused", "anonymous", centre.adminId, { code: "sign-in-wrong" }],
      ["sign-in.refused", "anonymous", null, { code: "sign-in-wrong" }],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/contoh|@|salah/);
    expect(await rowsOf(async () => [await tryAs(known)])).toEqual([]);
  });

  it("TR1 is one whole chain after all this", async () => {
    const rows = await server.store.trail.rowsAfter(0, 10_000);
    expect(rows.length).toBeGreaterThan(8);
    expect(verifyChain("trail", rows)).toEqual({ ok: true });
  });
});

describe("reading the trail", () => {
  it("TR6 lists rows with the names that their ids have now", async () => {
    const answer = await server.call("get", `/api/v1/trail?person=${centre.ayu.id}&limit=1`, {
      ...centre.credentials.admin,
    });
    expect(answer.status).toBe(200);
    const page = trailPageSchema.parse(answer.json);
    expect(page.items).toHaveLength(1);
    expect(page.names[centre.ayu.id]).toBe(centre.ayu.name);
    expect(page.names[centre.programme.id]).toBe(centre.programme.title);
    const next = await server.call("get", `/api/v1/trail?person=${centre.ayu.id}&cursor=${page.nextCursor}`, {
      ...centre.credentials.admin,
    });
    const seqs = trailPageSchema.parse(next.json).items.map(({ seq }) => seq);
    expect(seqs.length).toBeGreaterThan(0);
    expect(Math.max(...seqs)).toBeLessThan(page.items[0]?.seq ?? 0);
  });

  it.each(["person=x", "from=yesterday", "action=all", "limit=0", "kind=x", "session=prg_a", "foo=1"])(
    "TR6 names a bad filter: %s",
    async (query) => {
      const answer = await server.call("get", `/api/v1/trail?${query}`, { ...centre.credentials.admin });
      expect(answer.status).toBe(400);
      expect(answer.text).toContain(query.split("=")[0]);
    },
  );

  it("TR8 gives a CSV without formulas, and traces it", async () => {
    await server.call("post", `/api/v1/programmes/${centre.programme.code}/enrolments`, {
      json: [{ externalId: "99", name: '=HYPERLINK("http://x")' }],
      ...centre.credentials.admin,
    });
    let text = "";
    const rows = await rowsOf(async () => {
      const answer = await server.call("get", "/api/v1/trail?format=csv&kind=change", {
        ...centre.credentials.admin,
      });
      expect(answer.headers.get("content-type")).toContain("text/csv");
      text = answer.text;
    });
    expect(rows).toMatchObject([{ action: "trail.exported", detail: { format: "csv" } }]);
    expect(text).toContain(centre.programme.title);
    expect(text).toContain("'=HYPERLINK");
    expect(text.split(/[;\r\n]/).filter((cell) => /^"?[=+@]/.test(cell))).toEqual([]);
  });
});
