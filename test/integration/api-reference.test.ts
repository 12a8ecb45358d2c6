import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bodyExampleOf } from "../../server/transport/openapi-examples.ts";
import { type ApiServer, serveApi } from "../support/api-server.ts";

let server: ApiServer;
beforeAll(async () => {
  server = await serveApi();
});
afterAll(() => server.close());

interface Operation {
  readonly summary: string;
  readonly parameters: readonly { readonly name: string; readonly in: string }[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

async function operations(): Promise<Readonly<Record<string, Record<string, Operation>>>> {
  const { json } = await server.call("get", "/api/openapi.json");
  return (json as { paths: Record<string, Record<string, Operation>> }).paths;
}

describe("the API's reference", () => {
  it("HT10 is a page that names every operation, without a script or anything from elsewhere", async () => {
    const { status, headers, text } = await server.call("get", "/api/docs");
    expect([status, headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    for (const { path, summary } of server.api.routes) {
      expect(text).toContain(path.replace(/:(\w+)/g, "{$1}"));
      expect(text).toContain(summary.replaceAll('"', "&quot;").replaceAll("<", "&lt;"));
    }
    expect(text).not.toMatch(/<script|src=|https?:\/\/(?!balai\.test)/);
    const ids = Array.from(text.matchAll(/ id="([^"]+)"/g), ([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("HT10 shows bodies that are taken: every example is one that its schema accepts", () => {
    const shown = server.api.routes.filter((route) => bodyExampleOf(route, "application/json") !== undefined);
    expect(shown.length).toBeGreaterThan(8);
    for (const route of shown) {
      const example = bodyExampleOf(route, "application/json");
      for (const schema of [route.body?.schema, route.body?.described]) {
        const refused = schema?.safeParse(example).error?.issues ?? [];
        expect([route.path, refused]).toEqual([route.path, []]);
      }
    }
  });

  it("HT10 gives each operation its parameters, and its refusals by status with their codes", async () => {
    const { post } = (await operations())["/api/v1/programmes/{programme}/enrolments"] ?? {};
    expect(post?.parameters).toMatchObject([
      { name: "programme" },
      { name: "Idempotency-Key", in: "header" },
    ]);
    expect(post?.responses["409"]?.description).toContain("idempotency-key-running");
    expect(Object.keys(post?.responses ?? {})).toEqual(
      expect.arrayContaining([
        "200",
        "400",
        "401",
        "403",
        "404",
        "409",
        "413",
        "415",
        "422",
        "429",
        "default",
      ]),
    );
  });
});
