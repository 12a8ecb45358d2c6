import type { z } from "zod";
import type { ApiKey } from "../ports.ts";
import { accept, type Result } from "../protocol/errors.ts";
import type { LinkHolder } from "./auth.ts";
import { fieldsRefused } from "./field-refusal.ts";
import type { Guest } from "./recording-shares.ts";
import type { Viewer } from "./recording-viewer.ts";
import type { RouteTrail, TrailFacts } from "./route-trail.ts";
import type { Caller, SignedIn } from "./sign-ins.ts";

/**
 * Everybody who can send a request. Instructors and facilitators are who came by a link to a class; who signed in
 * with an account of that role is a `staff-account`; a guest came by a link to one recording. A key with both scopes is
 * both of the last two.
 */
export const ACCESS = [
  "anonymous",
  "participant",
  "instructor",
  "facilitator",
  "admin",
  "auditor",
  "staff-account",
  "unready-admin",
  "guest",
  "read-key",
  "write-key",
] as const;
export type Access = (typeof ACCESS)[number];

/** Who came with an account or as a program with an API key; the route's row says which of them may. */
export type Officer =
  | ({ readonly kind: "account" } & SignedIn)
  | { readonly kind: "key"; readonly key: ApiKey };
export type Actor =
  | { readonly kind: "anonymous" }
  | { readonly kind: "link"; readonly holder: LinkHolder }
  | ({ readonly kind: "guest" } & Guest)
  | Officer;

export type ReplyHeaders = Readonly<Record<string, string | readonly string[]>>;

/** What goes out: JSON, a text or bytes with their media type, a file, or nothing. */
export interface Reply<Data = unknown> {
  readonly status: number;
  readonly headers?: ReplyHeaders;
  readonly body:
    | { readonly json: Data }
    | { readonly text: string; readonly type: string }
    | { readonly bytes: Buffer; readonly type: string }
    | { readonly file: string; readonly type: string }
    | null;
  /** A long JSON answer that repeats itself: goes out compressed where the client takes that. */
  readonly isCompressible?: boolean;
  /** Names of the fields that the request changed, for the trail. */
  readonly changed?: readonly string[];
}

/** JSON as a handler may give it: what the schema says, readonly. */
type Sent<Value> = Value extends readonly (infer Item)[]
  ? readonly Sent<Item>[]
  : Value extends object
    ? { readonly [Key in keyof Value]: Sent<Value[Key]> }
    : Value;

/**
 * `pdf` is not read: the handler gets the stream. `json-or-table` gives CSV as text and XLSX as bytes, `picture` bytes.
 */
type BodyKind = "json" | "json-or-csv" | "json-or-table" | "pdf" | "picture";
export interface BodySpec<Schema extends z.ZodType = z.ZodType> {
  readonly kind: BodyKind;
  readonly schema: Schema;
  /** What the API's description says instead, where the schema says less than what is checked later. */
  readonly described?: z.ZodType;
  readonly maxBytes: number;
}

interface ResponseSpec<Schema extends z.ZodType = z.ZodType> {
  readonly status: number;
  /** Of the JSON answer; null where the answer is no JSON. */
  readonly schema: Schema | null;
  /** Media types the answer can have besides JSON. */
  readonly types?: readonly string[];
}

/** A request as express and the body readers give it: nothing in it is checked yet. */
interface RawRequest {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly caller: Caller;
}

/** One route, whole: the router, the authorisation and the API's description all come from it. */
export interface Route {
  readonly method: "get" | "post" | "put" | "delete";
  /** As express has it, `/api/v1/sessions/:sessionId`. */
  readonly path: string;
  readonly summary: string;
  readonly access: readonly Access[];
  /**
   * Which credential is read: none, an administrator's or key's, the join link's of `:linkId`, that of whichever
   * link to `:sessionId` the browser holds, or any by which `:recordingId` may be watched.
   */
  readonly scheme: "open" | "office" | "link" | "any-link" | "viewer";
  readonly params: z.ZodType;
  readonly query: z.ZodType;
  readonly body: BodySpec | null;
  readonly response: ResponseSpec;
  /** What limits how often: `guess` counts failures (tokens could be guessed), `free` nothing. */
  readonly limit: "usual" | "guess" | "free";
  /** Pages of the cluster's other nodes may call it; no cookie vouches for anybody there, but a `ticket` in the query. */
  readonly isForNodes: boolean;
  /** What the trail is told after success; null: nothing is changed and nobody's data are shown. */
  readonly trail: RouteTrail | null;
  run(raw: RawRequest, actor: Actor): Promise<Result<RouteOutcome>>;
}

/** A reply, and what the trail is told of it. */
export interface RouteOutcome {
  readonly reply: Reply;
  readonly facts: TrailFacts | null;
}

interface Definition<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
  Who,
> {
  readonly method: Route["method"];
  readonly path: string;
  readonly summary: string;
  readonly access: readonly Access[];
  readonly params: Params;
  readonly query: Query;
  readonly body?: BodySpec<Body>;
  readonly response: ResponseSpec<Response>;
  readonly limit?: Route["limit"];
  readonly isForNodes?: boolean;
  readonly trail?: RouteTrail<
    z.output<Params>,
    z.output<Query>,
    z.output<Body>,
    Sent<z.input<Response>>
  > | null;
  handle(request: {
    readonly params: z.output<Params>;
    readonly query: z.output<Query>;
    readonly body: z.output<Body>;
    readonly actor: Who;
    readonly caller: Caller;
  }): Promise<Result<Reply<Sent<z.input<Response>>>>>;
}

function routeFrom<
  Params extends z.ZodType,
  Query extends z.ZodType,
  Body extends z.ZodType,
  Response extends z.ZodType,
  Who,
>(
  scheme: Route["scheme"],
  definition: Definition<Params, Query, Body, Response, Who>,
  actorFrom: (actor: Actor) => Who,
): Route {
  return {
    ...definition,
    scheme,
    body: definition.body ?? null,
    limit: definition.limit ?? "usual",
    isForNodes: definition.isForNodes ?? false,
    trail: definition.trail ?? null,
    async run(raw, actor) {
      const params = definition.params.safeParse(raw.params);
      if (!params.success) return fieldsRefused("not-found", params.error.issues);
      const query = definition.query.safeParse(raw.query);
      if (!query.success) return fieldsRefused("bad-request", query.error.issues);
      const body = definition.body ? definition.body.schema.safeParse(raw.body) : null;
      if (body && !body.success) return fieldsRefused("bad-request", body.error.issues);
      const request = {
        params: params.data,
        query: query.data,
        // Without a body spec nobody can read it: its type is unknown there.
        body: body?.data as z.output<Body>,
      };
      const result = await definition.handle({ ...request, actor: actorFrom(actor), caller: raw.caller });
      if (!result.ok) return result;
      const reply = result.data;
      const json = reply.body && "json" in reply.body ? reply.body.json : null;
      const facts = definition.trail?.about?.({ ...request, json }) ?? null;
      return accept({ reply, facts });
    },
  };
}

/** A route that needs no credential. */
export function openRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  definition: Omit<Definition<P, Q, B, R, null>, "access">,
): Route {
  return routeFrom("open", { ...definition, access: ACCESS }, () => null);
}

/** A route of the records: administrators, auditors where it only reads, and keys with the scope that the method needs. */
export function officeRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  definition: Omit<Definition<P, Q, B, R, Officer>, "access"> & {
    readonly access?: readonly Access[];
    /** Said of every route of the office; null only where the trail has nothing to tell. */
    readonly trail: NonNullable<Definition<P, Q, B, R, Officer>["trail"]> | null;
  },
): Route {
  const access: readonly Access[] =
    definition.method === "get" ? ["admin", "auditor", "read-key"] : ["admin", "write-key"];
  return routeFrom("office", { access, ...definition }, (actor) => {
    if (actor.kind === "account" || actor.kind === "key") return actor;
    throw new Error(`${definition.path} ran for ${actor.kind}`);
  });
}

/** A route for people with accounts; no key opens it. */
export function accountRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  definition: Definition<P, Q, B, R, SignedIn> & {
    readonly trail: NonNullable<Definition<P, Q, B, R, SignedIn>["trail"]> | null;
  },
): Route {
  return routeFrom("office", definition, (actor) => {
    if (actor.kind === "account") return actor;
    throw new Error(`${definition.path} ran for ${actor.kind}`);
  });
}

/** A route for who holds the join link `:linkId`; its own cookie says so. */
export function linkRoute<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, R extends z.ZodType>(
  definition: Definition<P, Q, B, R, LinkHolder>,
): Route {
  return routeFrom("link", definition, (actor) => {
    if (actor.kind === "link") return actor.holder;
    throw new Error(`${definition.path} ran for ${actor.kind}`);
  });
}

/** A route for who holds any join link to `:sessionId`. */
export function anyLinkRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(definition: Definition<P, Q, B, R, LinkHolder>): Route {
  return { ...linkRoute(definition), scheme: "any-link" };
}

/** A route for who may watch `:recordingId`; which recordings those are is `recordingAccess`'s. */
export function viewerRoute<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  R extends z.ZodType,
>(
  definition: Omit<Definition<P, Q, B, R, Viewer>, "access"> & {
    /** Who of them, where not everybody. */
    readonly access?: readonly Access[];
  },
): Route {
  const access: readonly Access[] = definition.access ?? [
    ...(["participant", "instructor", "facilitator"] as const),
    ...(["admin", "auditor", "staff-account", "guest"] as const),
  ];
  return routeFrom("viewer", { ...definition, access }, (actor) => {
    if (actor.kind === "account" || actor.kind === "link" || actor.kind === "guest") return actor;
    throw new Error(`${definition.path} ran for ${actor.kind}`);
  });
}

/** A handler's JSON answer. */
export function replyJson<const Data>(
  status: number,
  json: Data,
  headers?: ReplyHeaders,
): Result<Reply<Data>> {
  return accept(headers ? { status, headers, body: { json } } : { status, body: { json } });
}
