import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import express from "express";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ApiServer, type Call, PUBLIC_URL, serveApi } from "../support/api-server.ts";
import { createTrainingCentre, type TrainingCentre } from "../support/training-centre.ts";

let server: ApiServer;
let centre: TrainingCentre;
beforeAll(async () => {
  server = await serveApi();
  centre = await createTrainingCentre(server);
});
afterAll(() => server.close());

const PROGRAMME = { code: "P-1", title: "P", units: [{ code: "U", title: "U", jp: 1 }] };

function postProgramme(call: Call) {
  return server.call("post", "/api/v1/programmes", { ...centre.key, ...call });
}

/** A request as its bytes, and the status line of what comes back. */
function statusLineOf(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(server.port, "127.0.0.1", () => socket.write(request));
    socket.once("data", (data) => {
      socket.destroy();
      resolve(data.toString("latin1").split("\r\n", 1)[0] ?? "");
    });
    socket.once("error", reject);
  });
}

describe("what every route does with a request that is no good", () => {
  it("HT1 answers an unknown route with problem details", async () => {
    const { status, json } = await server.call("get", "/api/v1/nothing");
    expect(status).toBe(404);
    expect(json).toEqual({ type: "about:blank", title: "Not Found", status: 404, code: "not-found" });
  });

  it("HT1 answers a wrong method with 405 and what is allowed", async () => {
    const { status, headers } = await server.call("patch", "/api/v1/programmes", centre.key);
    expect(status).toBe(405);
    expect(headers.get("allow")).toBe("POST, GET, HEAD");
  });

  it.each([
    ["no JSON", { body: "{code:", type: "application/json" }, 400, "bad-request"],
    ["a bare string", { body: '"P"', type: "application/json" }, 400, "bad-request"],
    ["an empty body", { body: "", type: "application/json" }, 400, "bad-request"],
    ["no body at all", {}, 415, "unsupported-media-type"],
    [
      "bytes that are no UTF-8",
      { body: new Uint8Array([0x7b, 0xff, 0x7d]), type: "application/json" },
      400,
      "bad-request",
    ],
    ["another media type", { body: "<a/>", type: "text/xml" }, 415, "unsupported-media-type"],
    ["CSV where only JSON is taken", { body: "a;b", type: "text/csv" }, 415, "unsupported-media-type"],
    ["a form", { body: "code=P", type: "application/x-www-form-urlencoded" }, 415, "unsupported-media-type"],
    [
      "more than its bound",
      { body: `"${"x".repeat(1_048_577)}"`, type: "application/json" },
      413,
      "too-large",
    ],
    [
      "an unknown encoding",
      { json: PROGRAMME, headers: { "content-encoding": "zstd-9" } },
      415,
      "unsupported-media-type",
    ],
    [
      "an encoding that it has not",
      { json: PROGRAMME, headers: { "content-encoding": "gzip" } },
      400,
      "bad-request",
    ],
  ] as const)("HT2 refuses a body with %s", async (_name, call, status, code) => {
    const answer = await postProgramme(call);
    expect(answer).toMatchObject({ status, json: { code } });
  });

  it("HT2 refuses a body that grows beyond its bound without having said so", async () => {
    const line = await statusLineOf(
      `POST /api/v1/programmes HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${centre.key.key}\r\n` +
        `Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n` +
        `200000\r\n${" ".repeat(0x200000)}\r\n0\r\n\r\n`,
    );
    expect(line).toBe("HTTP/1.1 413 Payload Too Large");
  });

  it("HT3 checks who sends before it reads what is sent", async () => {
    const answer = await server.call("post", "/api/v1/programmes", { body: "{", type: "application/json" });
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toContain("Bearer");
  });

  it.each([
    ["/api/v1/programmes?limit=0", "limit"],
    ["/api/v1/programmes?limit=1001", "limit"],
    ["/api/v1/programmes?limit=ten", "limit"],
    ["/api/v1/programmes?limit=1&limit=2", "limit"],
    ["/api/v1/programmes?cursor=", "cursor"],
    ["/api/v1/programmes?sort=name", "sort"],
    ["/api/v1/programmes?cursor[a]=1", "cursor[a]"],
  ])("HT4 names the query parameter in %s", async (path, field) => {
    const answer = await server.call("get", path, centre.key);
    expect(answer).toMatchObject({ status: 400, json: { errors: [{ path: field }] } });
  });

  it.each([
    "/api/v1/sessions/enr_1",
    "/api/v1/sessions/ses_unknown",
    "/api/v1/sessions/..%2f..%2fetc%2fpasswd",
    "/api/v1/programmes/%00",
    `/api/v1/programmes/${"x".repeat(2000)}`,
    "/api/v1/programmes/prg_nobody",
    "/api/v1/enrolments/enr_nobody",
    "/api/v1/staff/stf_nobody",
    "/api/v1/links/lnk_nobody",
    "/api/v1/sessions/ses_nobody/attendance",
    "/api/v1/sessions/ses_nobody/evidence",
    "/api/v1/sessions/ses_nobody/links",
    "/api/v1/programmes/nobody/enrolments",
    "/api/v1/programmes/nobody/staff",
    "/api/v1/programmes/nobody/sessions",
  ])("HT4 does not find %s", async (path) => {
    expect((await server.call("get", path, centre.key)).status).toBe(404);
  });

  it("HT4 refuses a malformed address", async () => {
    expect((await server.call("get", "/api/v1/programmes/%zz", centre.key)).status).toBe(400);
  });

  it("HT5 answers a fault with 500 and nothing of its insides, and logs it with its cause", async () => {
    const broken = await serveApi({
      classes: Object.assign(Object.create(server.classes), {
        summary: () => Promise.reject(new Error("the password is hunter2")),
      }),
    });
    const own = await createTrainingCentre(broken);
    const answer = await broken.call("get", `/api/v1/sessions/${own.session.id}`, own.key);
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain("hunter2");
    expect(broken.faults).toMatchObject([{ err: { message: "the password is hunter2" } }]);
    await broken.close();
  });

  it("HT5 takes a file that is none for the request's own fault", async () => {
    const pages = express().use(
      express.static(server.dataDir, { fallthrough: false }),
      server.api.handleFault,
    );
    const files = pages.listen(0, "127.0.0.1");
    await once(files, "listening");
    const { port } = files.address() as AddressInfo;
    for (const [path, status] of [
      ["none.js", 404],
      ["%zz", 400],
    ] as const) {
      const response = await fetch(`http://127.0.0.1:${port}/${path}`);
      expect(response.status).toBe(status);
      expect(await response.json()).toMatchObject({ status });
    }
    expect(server.faults).toEqual([]);
    files.close();
  });

  it("HT6 limits requests of one address, and says when to come again", async () => {
    const strict = await serveApi({ limits: { requestsPerMinute: 3, wrongTokensPerTenMinutes: 100 } });
    const statuses = [];
    for (let i = 0; i < 4; i++) statuses.push((await strict.call("get", "/api/openapi.json")).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const late = await strict.call("get", "/api/openapi.json");
    expect(late.headers.get("retry-after")).toMatch(/^\d+$/);
    expect((await strict.call("get", "/healthz")).status).toBe(200);
    await strict.close();
  });

  it("HT6 counts wrong tokens and never right ones", async () => {
    const strict = await serveApi({ limits: { requestsPerMinute: 1000, wrongTokensPerTenMinutes: 2 } });
    const own = await createTrainingCentre(strict);
    const join = (token: string) => strict.call("post", "/api/v1/join", { json: { token } });
    const wrong = "x".repeat(43);
    for (let i = 0; i < 5; i++) expect((await join(own.links.participant.token)).status).toBe(200);
    expect((await join(wrong)).status).toBe(401);
    expect((await join(wrong)).status).toBe(401);
    const late = await join(wrong);
    expect(late.status).toBe(429);
    expect(late.headers.get("retry-after")).toMatch(/^\d+$/);
    await strict.close();
  });

  it("HT7 sends headers that keep other sites out, on every answer", async () => {
    for (const path of ["/healthz", "/api/v1/nothing"]) {
      const { headers } = await server.call("get", path);
      expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
      expect(headers.get("content-security-policy")).toContain("connect-src 'self' wss://balai.test");
      expect(headers.get("x-content-type-options")).toBe("nosniff");
      expect(headers.get("referrer-policy")).toBe("no-referrer");
      expect(headers.get("strict-transport-security")).toContain("max-age");
    }
    const { headers } = await server.call("get", "/api/v1/programmes", centre.key);
    expect(headers.get("cache-control")).toBe("no-store");
  });

  it("HT8 describes every route in OpenAPI 3.1, with its parameters and bodies", async () => {
    const { json } = await server.call("get", "/api/openapi.json");
    expect(json).toMatchObject({ openapi: "3.1.0", servers: [{ url: PUBLIC_URL }] });
    const { paths } = json as { paths: Record<string, Record<string, unknown>> };
    const described = Object.entries(paths).flatMap(([path, item]) =>
      Object.keys(item).map((method) => `${method} ${path.replace(/\{(\w+)\}/g, ":$1")}`),
    );
    expect(described.toSorted()).toEqual(
      server.api.routes.map(({ method, path }) => `${method} ${path}`).toSorted(),
    );
    expect(paths["/api/v1/programmes/{programme}/enrolments"]?.post).toMatchObject({
      parameters: [{ name: "programme", in: "path", required: true }, { name: "Idempotency-Key" }],
      requestBody: {
        content: {
          "application/json": {
            schema: { type: "array", items: { required: ["externalId", "name"] } },
          },
          "text/csv": { schema: { type: "string" } },
        },
      },
      security: [{ apiKey: [] }, { accountCookie: [] }],
    });
  });

  it("HT9 says that it is alive, which part is not ready, and its numbers", async () => {
    expect((await server.call("get", "/healthz")).json).toEqual({ status: "ok" });
    expect(await server.call("get", "/readyz")).toMatchObject({ status: 200, json: { ready: true } });
    server.media.isReady = false;
    expect(await server.call("get", "/readyz")).toMatchObject({
      status: 503,
      json: { ready: false, parts: { store: true, media: false } },
    });
    server.media.isReady = true;
    const { text } = await server.call("get", "/metrics");
    expect(text).toContain("balai_classes_open 3");
    expect(text).toContain("balai_people_present 41");
    expect(text).toContain("balai_recordings_active 2");
    expect(text).toContain(`balai_media_worker_cpu_seconds_total{worker="0"} 1.5`);
    expect(text).toContain("process_cpu_seconds_total");
    expect(text).toMatch(
      /balai_http_request_duration_seconds_count\{method="GET",route="\/readyz",status="503"\} 1/,
    );
  });

  it("HT9 is not ready when the store does not answer", async () => {
    const closing = await serveApi();
    const real = closing.store;
    const broken = await serveApi({ store: { ...real, ping: () => Promise.reject(new Error("no")) } });
    expect((await broken.call("get", "/readyz")).json).toEqual({
      ready: false,
      parts: { store: false, media: true, accepting: true },
      notes: { recorder: "ready" },
    });
    await broken.close();
    await closing.close();
  });
});
