import { z } from "zod";
import { problemSchema } from "../protocol/api.ts";
import { takesIdempotencyKey } from "./idempotency.ts";
import { refusalsOf } from "./openapi-errors.ts";
import { bodyExampleOf } from "./openapi-examples.ts";
import { mediaTypesOf } from "./request-body.ts";
import type { BodySpec, Route } from "./route.ts";

type Json = Record<string, unknown>;

/** A zod schema as JSON Schema 2020-12, which is what OpenAPI 3.1 has. */
function schemaFrom(schema: z.ZodType, io: "input" | "output"): Json {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return rest;
}

const SECURITY: Record<Route["scheme"], readonly Json[]> = {
  open: [],
  office: [{ apiKey: [] }, { accountCookie: [] }],
  link: [{ linkCookie: [] }],
  "any-link": [{ linkCookie: [] }],
  viewer: [{ accountCookie: [] }, { linkCookie: [] }],
};

/** The description of the API at /api/openapi.json, made from the routes themselves. */
export function openapiFrom(routes: readonly Route[], publicUrl: string): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, "{$1}");
    paths[path] = { ...paths[path], [route.method]: operationFrom(route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "Balai", version: "1", description: "The HTTP API of Balai, a live virtual classroom." },
    servers: [{ url: publicUrl }],
    paths,
    components: {
      schemas: { Problem: schemaFrom(problemSchema, "output") },
      securitySchemes: {
        apiKey: { type: "http", scheme: "bearer", description: "balai api-key create NAME prints one" },
        accountCookie: { type: "apiKey", in: "cookie", name: "balai_account" },
        linkCookie: { type: "apiKey", in: "cookie", name: "balai_{linkId}" },
      },
    },
  };
}

function operationFrom(route: Route): Json {
  return {
    operationId: operationIdFrom(route),
    summary: route.summary,
    security: SECURITY[route.scheme],
    "x-access": route.access,
    parameters: [
      ...parametersFrom(route.params, "path"),
      ...parametersFrom(route.query, "query"),
      ...idempotencyFrom(route),
    ],
    ...(route.body ? { requestBody: { required: true, content: contentFrom(route, route.body) } } : {}),
    responses: {
      [route.response.status]: { description: route.summary, ...responseContentFrom(route) },
      ...Object.fromEntries(
        [...refusalsOf(route)].map(([status, codes]) => [status, refusalFrom(codes.join(", "))]),
      ),
      default: refusalFrom("Any other refusal"),
    },
  };
}

/** Problem details (RFC 9457). */
function refusalFrom(description: string): Json {
  return {
    description,
    content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
  };
}

function idempotencyFrom(route: Route): Json[] {
  if (!takesIdempotencyKey(route)) return [];
  return [
    {
      name: "Idempotency-Key",
      in: "header",
      required: false,
      description: "The same request with the same key (a UUID) is carried out once within 24 hours",
      schema: { type: "string", minLength: 16, maxLength: 255 },
    },
  ];
}

/** `get /api/v1/sessions/:sessionId/links` is `getSessionsSessionIdLinks`. */
function operationIdFrom({ method, path }: Route): string {
  const words = path.replace(/^\/(api\/)?(v1\/)?/, "").split(/[^0-9A-Za-z]+/);
  return method + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

function parametersFrom(schema: z.ZodType, place: "path" | "query"): Json[] {
  const { properties, required } = schemaFrom(schema, "input");
  const needed: readonly unknown[] = Array.isArray(required) ? required : [];
  return Object.entries(properties ?? {}).map(([name, value]) => ({
    name,
    in: place,
    required: place === "path" || needed.includes(name),
    schema: value,
  }));
}

function contentFrom(route: Route, body: BodySpec): Json {
  const described = body.described ?? body.schema;
  return Object.fromEntries(
    mediaTypesOf(body).map((type) => {
      const example = bodyExampleOf(route, type);
      const shown = example === undefined ? {} : { example };
      if (type === "application/json") return [type, { schema: schemaFrom(described, "input"), ...shown }];
      const format = type === "text/csv" ? {} : { format: "binary" };
      return [type, { schema: { type: "string", ...format }, ...shown }];
    }),
  );
}

function responseContentFrom({ response }: Route): Json {
  const json = response.schema
    ? { "application/json": { schema: schemaFrom(response.schema, "output") } }
    : {};
  const others = (response.types ?? []).map((type) => [type, { schema: { type: "string" } }]);
  const content = { ...json, ...Object.fromEntries(others) };
  return Object.keys(content).length > 0 ? { content } : {};
}
