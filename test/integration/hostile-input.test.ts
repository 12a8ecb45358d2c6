import { request } from "node:http";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../server/new-id.ts";
import { bodyExampleOf } from "../../server/transport/openapi-examples.ts";
import { mediaTypesOf } from "../../server/transport/request-body.ts";
import type { Route } from "../../server/transport/route.ts";
import { fieldsFrom } from "../../server/transport/schema-fields.ts";
import { type Answer, type ApiServer, type Call, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

let server: ApiServer;
let centre: TrainingCentre;
beforeAll(async () => {
  server = await serveApi({ limits: { requestsPerMinute: 1_000_000, wrongTokensPerTenMinutes: 1_000_000 } });
  centre = await createTrainingCentre(server);
});
afterAll(() => server.close());

/** Values that no field of ours means. Each is JSON's own text, so that `__proto__` and lone surrogates stay. */
const HOSTILE_VALUES: Readonly<Record<string, string>> = {
  null: "null",
  "a list": "[]",
  "a list of lists": "[[[]]]",
  "an object": "{}",
  "a number too large": "1e400",
  "a negative number": "-1",
  "a NUL": '"a\\u0000b"',
  "a lone surrogate": '"a\\ud800b"',
  "a text too long": JSON.stringify("x".repeat(100_000)),
  "a key of objects": '{"__proto__": {"isAdmin": true}, "constructor": 1}',
  "a deep list": `${"[".repeat(5_000)}${"]".repeat(5_000)}`,
};

const HOSTILE_BODIES: Readonly<Record<string, string>> = {
  nothing: "",
  "half an object": '{"a":',
  "a text": '"x"',
  null: "null",
  "a number": "1",
  "an object with a prototype": '{"__proto__": {"isAdmin": true}}',
  "unknown fields": '{"isAdmin": true, "$where": "1"}',
  "a list of nulls": "[null, null]",
  "a list of lists": "[[[]]]",
  "something very deep": `${"[".repeat(200_000)}${"]".repeat(200_000)}`,
  "an object very deep": `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`,
  "the same key twice, wrong both times": '{"code": 1, "code": 2, "token": 1, "token": []}',
};

const HOSTILE_PATHS = [
  "%00",
  "__proto__",
  "..%2f..%2fetc%2fpasswd",
  "%F0%9F%92%A9",
  "x".repeat(5_000),
  "%ED%A0%80",
];
const HOSTILE_QUERIES = [
  "?__proto__=1",
  "?limit=1e999",
  "?format=%3Cscript%3E",
  "?cursor=%00&x[]=1",
  `?a=${"x".repeat(5_000)}`,
];

/** Who may send a request to this route. */
function callerOf(route: Route): Call {
  if (route.scheme === "office") return route.access.includes("admin") ? centre.admin : centre.key;
  if (route.scheme === "open") return {};
  return route.access.includes("participant")
    ? centre.credentials.participant
    : centre.credentials.instructor;
}

function pathFor(route: Route, hostile?: { readonly name: string; readonly value: string }): string {
  const isOfParticipant = route.access.includes("participant");
  const values: Record<string, string> = {
    programme: centre.programme.code,
    enrolmentId: centre.ayu.id,
    staffId: centre.instructor.id,
    sessionId: centre.session.id,
    linkId: (isOfParticipant ? centre.links.participant : centre.links.instructor).linkId,
  };
  return route.path.replace(/:(\w+)/g, (_whole, name: string) =>
    name === hostile?.name ? hostile.value : (values[name] ?? `${name.slice(0, 3)}_nobody`),
  );
}

/** Routes that are not asked for here: signing in and out would end the sender's own session. */
const isSafe = ({ path }: Route) => !/sign-in|sign-out|sessions\/others|password|second-factor/.test(path);
const routes = () => server.api.routes.filter((route) => route.path.startsWith("/api") && isSafe(route));
const withJson = () =>
  routes().filter((route) => route.body && mediaTypesOf(route.body).includes("application/json"));
const paramsOf = ({ path }: Route) => Array.from(path.matchAll(/:(\w+)/g), ([, name = ""]) => name);

/** How much there is of everything that a request can write. */
async function counts() {
  const { store } = server;
  const page = { limit: 1000, cursor: null };
  const { id } = centre.programme;
  const lists = await Promise.all([
    store.programmes.list(page),
    store.enrolments.list(id, page),
    store.staff.list(id, page),
    store.sessions.list(id, page),
    store.links.list(centre.session.id, page),
    store.results.list(id, null, page),
    store.certificates.list(id, page),
    store.apiKeys.list(page),
  ]);
  const rows = await store.classes.evidence(centre.session.id);
  return [...lists.map(({ items }) => items.length), rows.length];
}

/** A refusal of the request's own fault, or a report that refuses its rows; never a fault of ours. */
function isRefused(answer: Answer): boolean {
  if (answer.status >= 400) return answer.status < 500;
  const report = answer.json as { created?: number; updated?: number; rows?: readonly unknown[] } | null;
  return (
    answer.status === 200 && report?.created === 0 && (report.updated ?? 0) === 0 && report.rows !== undefined
  );
}

/** Sends it and expects that it is refused and nothing is written. */
async function refused(route: Route, path: string, call: Call): Promise<Answer> {
  const before = await counts();
  const answer = await server.call(route.method, path, { ...callerOf(route), ...call });
  const name = `${route.method} ${route.path}: ${answer.status} ${answer.text.slice(0, 300)}`;
  expect(isRefused(answer), name).toBe(true);
  expect(await counts(), name).toEqual(before);
  return answer;
}

describe("hostile input, on every route", () => {
  it("HI1 refuses bodies that are none, and writes nothing", async () => {
    for (const route of withJson()) {
      for (const [name, body] of Object.entries(HOSTILE_BODIES)) {
        if (name === "unknown fields" && !isStrict(route)) continue;
        await refused(route, pathFor(route), { body, type: "application/json" });
      }
    }
    expect(server.faults).toEqual([]);
  });

  it("HI1 refuses other media types, and 50 MB before they are sent", async () => {
    for (const route of routes().filter(({ body }) => body !== null)) {
      for (const type of [
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
      ]) {
        const answer = await refused(route, pathFor(route), { body: "x=1", type });
        expect([route.path, type, answer.status]).toEqual([
          route.path,
          type,
          expect.toSatisfy((s) => s === 415 || s === 404),
        ]);
      }
      if (!route.body || route.body.maxBytes >= FIFTY_MB) continue;
      const type = mediaTypesOf(route.body)[0] ?? "";
      const status = await statusOfAnnounced(route, type);
      expect([route.path, status]).toEqual([route.path, expect.toSatisfy((s) => s === 413 || s === 404)]);
    }
    expect(server.faults).toEqual([]);
  });

  it("HI2 names the field of every value that is none", async () => {
    for (const route of withJson()) {
      const schema = route.body?.described ?? route.body?.schema;
      const example = bodyExampleOf(route, "application/json");
      if (!schema || Array.isArray(example)) continue;
      const fields = fieldsFrom(schema, "input").filter(({ path }) => !/[.[]/.test(path));
      for (const { path: field, isRequired } of fields) {
        for (const [name, value] of Object.entries(HOSTILE_VALUES)) {
          if (!isRequired && ["null", "a list", "an object"].includes(name)) continue;
          const others = { ...(example as object) } as Record<string, unknown>;
          delete others[field];
          const rest = JSON.stringify(others).slice(1, -1);
          const body = `{${rest}${rest ? "," : ""}${JSON.stringify(field)}: ${value}}`;
          const answer = await server.call(route.method, pathFor(route), {
            ...callerOf(route),
            body,
            type: "application/json",
          });
          const said = `${route.method} ${route.path} ${field} ${name}: ${answer.status} ${answer.text.slice(0, 200)}`;
          expect(answer.status, said).toBeLessThan(500);
          // Without an example other fields are missing too, and may be all that is wrong.
          const path = example === undefined ? "" : field;
          if (answer.status === 400) expect(answer.text, said).toContain(`"path":"${path}`);
        }
      }
    }
    expect(server.faults).toEqual([]);
  });

  it("HI3 finds nothing at hostile addresses, and refuses hostile queries", async () => {
    for (const route of routes()) {
      const body = route.body ? { body: "{}", type: mediaTypesOf(route.body)[0] ?? "" } : {};
      for (const name of paramsOf(route)) {
        for (const value of HOSTILE_PATHS) await refused(route, pathFor(route, { name, value }), body);
      }
      if (route.method !== "get") continue;
      for (const query of HOSTILE_QUERIES) await refused(route, `${pathFor(route)}${query}`, body);
    }
    expect(server.faults).toEqual([]);
  });
});

describe("hostile rows", () => {
  const PATH = "/api/v1/programmes/PAI-2026/enrolments";
  const post = (rows: unknown) => server.call("post", PATH, { ...centre.key, json: rows });

  it("HI4 names row and field of each hostile value, and takes texts that only look hostile", async () => {
    const nip = () => newId("enr").slice(4);
    const answer = await post([
      { externalId: nip(), name: "a\u0000b" },
      { externalId: nip(), name: "x".repeat(100_000) },
      { externalId: nip(), name: ["Ayu"] },
      { externalId: 10, name: null },
      null,
      [],
      { externalId: nip(), name: "Ayu", isAdmin: true },
      { externalId: nip(), name: '=HYPERLINK("http://contoh")' },
      { externalId: nip(), name: "<script>alert(1)</script>" },
    ]);
    expect(answer).toMatchObject({ status: 200, json: { created: 2, refused: 7 } });
    const { rows } = answer.json as { rows: { row: number; errors?: { field: string }[] }[] };
    expect(rows.map(({ row, errors }) => [row, errors?.[0]?.field])).toMatchObject([
      [1, "name"],
      [2, "name"],
      [3, "name"],
      [4, expect.any(String)],
      [5, ""],
      [6, ""],
      [7, "isAdmin"],
      [8, undefined],
      [9, undefined],
    ]);
  });

  it("HI4 commits 9,999 good rows of 10,000 and names the bad one", async () => {
    const before = (await server.store.enrolments.roster(centre.programme.id, null)).length;
    const lines = Array.from({ length: 10_000 }, (_, i) => (i === 4_999 ? "M4999;" : `M${i};Peserta ${i}`));
    const answer = await server.call("post", PATH, {
      ...centre.key,
      body: `externalId;name\n${lines.join("\n")}\n`,
      type: "text/csv",
    });
    expect(answer).toMatchObject({ status: 200, json: { created: 9_999, refused: 1 } });
    const { rows } = answer.json as { rows: { row: number; outcome: string; errors?: unknown[] }[] };
    expect(rows.find(({ outcome }) => outcome === "refused")).toMatchObject({
      row: 5_000,
      errors: [{ field: "name" }],
    });
    const after = (await server.store.enrolments.roster(centre.programme.id, null)).length;
    expect(after - before).toBe(9_999);
  });
});

const FIFTY_MB = 50 * 1024 * 1024;

/** Whether a body of `{}` would be refused for what it adds: a route that takes any rows judges them later. */
function isStrict(route: Route): boolean {
  return route.body?.schema.safeParse({ isAdmin: true, $where: "1" }).success === false;
}

/** The status that a request gets which says that 50 MB will follow, and sends none of them. */
function statusOfAnnounced(route: Route, type: string): Promise<number> {
  const { cookie, key } = callerOf(route);
  return new Promise((resolve, reject) => {
    const sent = request({
      port: server.port,
      method: route.method,
      path: pathFor(route),
      headers: {
        "content-type": type,
        "content-length": String(FIFTY_MB),
        ...(cookie ? { cookie, origin: "https://balai.test" } : {}),
        ...(key ? { authorization: `Bearer ${key}` } : {}),
      },
    });
    sent.once("response", (response) => {
      resolve(response.statusCode ?? 0);
      sent.destroy();
    });
    sent.once("error", reject);
    sent.flushHeaders();
  });
}
