import { promisify } from "node:util";
import { gzip } from "node:zlib";
import express, { type ErrorRequestHandler, type Request, type Response, type Router } from "express";
import type { Registry } from "prom-client";
import type {
  Classes,
  ClassNodes,
  Clock,
  Exports,
  GuardCounts,
  Log,
  NewId,
  Playback,
  Recorder,
  RecordingFiles,
  Sheets,
  Signer,
  Slides,
  Store,
} from "../ports.ts";
import { accept, type Refusal, type Result, refuse } from "../protocol/errors.ts";
import type { RtpCapabilitiesJson } from "../protocol/media.ts";
import type { Auth } from "./auth.ts";
import { authorise } from "./authorise.ts";
import { createCaseFiles } from "./case-files.ts";
import { createDeckUploads } from "./deck-uploads.ts";
import { createDisputes } from "./disputes.ts";
import { createErasure } from "./erasure.ts";
import { createHttpMetrics, type HttpMetrics, type MetricSources } from "./http-metrics.ts";
import { createIdempotency } from "./idempotency.ts";
import { createMemoryCounts } from "./memory-counts.ts";
import { allowNodes, isNodeOrigin } from "./node-origins.ts";
import { createOwnAttendanceReader } from "./own-attendance.ts";
import { sendProblem } from "./problem.ts";
import { createProgrammeFactsReader } from "./programme-facts-reader.ts";
import { createRateLimits, DEFAULT_HTTP_LIMITS, type HttpLimits } from "./rate-limits.ts";
import { createRecordingKeeper, type RecordingKeeper } from "./recording-keeper.ts";
import { bodyFrom } from "./request-body.ts";
import type { Actor, Reply, Route } from "./route.ts";
import { noteFrom, refusalNote } from "./route-trail.ts";
import { routesFrom } from "./routes/all-routes.ts";
import { createRulings } from "./rulings.ts";
import { createSecurityHeaders } from "./security-headers.ts";
import { createSheetReader } from "./sheets/create-sheet-reader.ts";
import type { Caller } from "./sign-ins.ts";
import { createTrail } from "./trail.ts";

export interface HttpApiParts {
  readonly store: Store;
  readonly classes: Classes;
  readonly slides: Slides;
  readonly playback: Playback;
  readonly exports: Exports;
  readonly answerSheets: Sheets;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly auth: Auth;
  readonly log: Log;
  /** Every address we give out begins with it; the Host header is never believed. */
  readonly publicUrl: string;
  /** Uploads wait here until their pages are drawn. */
  readonly dataDir: string;
  readonly rtpCapabilities: RtpCapabilitiesJson;
  isMediaReady(): boolean;
  /** New classes and people may come: no node that is being drained. */
  isAccepting(): boolean;
  readonly recorderProblem: Recorder["problem"];
  readonly metricSources: MetricSources;
  readonly recordingFiles: RecordingFiles;
  readonly registry: Registry;
  /** Signs what goes out as evidence. */
  readonly signer: Signer;
  /** Null where one server alone runs all classes. */
  readonly nodes?: ClassNodes | null;
  /** Shared by all nodes; left out where there is one. */
  readonly counts?: GuardCounts;
  readonly nodeName?: string | null;
  readonly limits?: HttpLimits;
}

export interface HttpApi {
  /** Everything under /api, and /healthz, /readyz, /metrics; sets the security headers of all answers. */
  readonly router: Router;
  readonly routes: readonly Route[];
  readonly recordingKeeper: RecordingKeeper;
  /** For the end of the app: a fault becomes a logged 500, without its insides. */
  readonly handleFault: ErrorRequestHandler;
  /** Resolves when the decks being made are done or given up. */
  close(): Promise<void>;
}

const gzipped = promisify(gzip);

/** The HTTP API: one table of routes is its router, its authorisation and its description. */
export function createHttpApi(parts: HttpApiParts): HttpApi {
  const { auth, log, nodes = null } = parts;
  const uploads = createDeckUploads(parts);
  const sheets = createSheetReader();
  const trail = createTrail(parts);
  const rulings = createRulings(parts);
  const recordingKeeper = createRecordingKeeper({ ...parts, files: parts.recordingFiles, trail });
  const idempotency = createIdempotency(parts.store.idempotency, parts.clock);
  const routes = routesFrom({
    ...parts,
    nodes,
    uploads,
    sheets,
    caseFiles: createCaseFiles(parts.dataDir, parts.newId),
    ownAttendance: createOwnAttendanceReader(parts),
    rulings,
    disputes: createDisputes({ ...parts, rulings }),
    programmeFacts: createProgrammeFactsReader(parts),
    trail,
    erasure: createErasure({ ...parts, recordingKeeper }),
    recordingKeeper,
  });
  const origin = new URL(parts.publicUrl).origin;
  const isOurs = (given: string) => given === origin || isNodeOrigin(nodes, given);
  const limits = createRateLimits(
    parts.limits ?? DEFAULT_HTTP_LIMITS,
    parts.counts ?? createMemoryCounts(parts.clock),
  );
  const metrics = createHttpMetrics(parts.registry, parts.metricSources);
  const router = express.Router({ caseSensitive: true });
  router.use(createSecurityHeaders(parts.publicUrl, nodes));
  for (const { path } of routes.filter((route) => route.isForNodes)) router.use(path, allowNodes(nodes));

  for (const path of new Set(routes.map((route) => route.path))) {
    const here = routes.filter((route) => route.path === path);
    for (const route of here) mount(router, route, metrics, [...limits[route.limit]]);
    const allowed = here.flatMap(({ method }) =>
      method === "get" ? ["GET", "HEAD"] : [method.toUpperCase()],
    );
    router.all(path, (_request, response) => {
      response.set("Allow", allowed.join(", "));
      sendProblem(response, refuse("method-not-allowed", `allowed here: ${allowed.join(", ")}`));
    });
  }
  router.use("/api", (_request, response) => sendProblem(response, refuse("not-found")));

  async function answer(route: Route, request: Request, response: Response): Promise<void> {
    const result = await resultOf(route, request, response);
    if (result.ok) await send(response, result.data);
    else sendRefusal(response, result);
  }

  async function resultOf(route: Route, request: Request, response: Response): Promise<Result<Reply>> {
    const actor = await authorise(route, request, auth, isOurs, async (known) => {
      const note = refusalNote(route, known);
      if (note) await trail.note(note);
    });
    if (!actor.ok) return actor;
    const body = route.body ? await bodyFrom(request, response, route.body) : null;
    if (body && !body.ok) return body;
    return await idempotency.once(route, request, actor.data, () =>
      carriedOut(route, request, actor.data, body?.data),
    );
  }

  async function carriedOut(
    route: Route,
    request: Request,
    actor: Actor,
    body: unknown,
  ): Promise<Result<Reply>> {
    const { params, query } = request;
    const outcome = await route.run({ params, query, body, caller: callerFrom(request) }, actor);
    if (!outcome.ok) return outcome;
    // Written before anything goes out: nobody has seen or changed what the trail does not tell.
    if (route.trail) {
      await trail.note(await noteFrom(parts.store, route.trail, { actor, params }, outcome.data));
    }
    return accept(outcome.data.reply);
  }

  function mount(
    to: Router,
    route: Route,
    measured: HttpMetrics,
    limiters: readonly express.RequestHandler[],
  ): void {
    to[route.method](
      route.path,
      measured.measure(route.method, route.path),
      ...limiters,
      (request, response) => answer(route, request, response),
    );
  }

  const handleFault: ErrorRequestHandler = (fault, request, response, next) => {
    const refusal = refusalFromFault(fault);
    if (refusal && !response.headersSent) return sendProblem(response, refusal);
    log.error({ err: fault, method: request.method, path: request.path }, "a request failed");
    if (response.headersSent) return next(fault);
    sendProblem(response, refuse("internal"));
  };
  router.use(handleFault);

  return {
    router,
    routes,
    recordingKeeper,
    handleFault,
    async close() {
      await Promise.all([uploads.close(), sheets.close(), recordingKeeper.close()]);
    },
  };
}

/** Express and its file server throw what is the request's own fault: `%zz` in a path, a file that is none. */
function refusalFromFault(fault: unknown): Refusal | null {
  if (fault instanceof URIError) return refuse("bad-request", "malformed address");
  const status = fault instanceof Error && "status" in fault ? fault.status : null;
  if (status === 404) return refuse("not-found");
  return typeof status === "number" && status >= 400 && status < 500 ? refuse("bad-request") : null;
}

function callerFrom(request: Request): Caller {
  const { cookie, "user-agent": userAgent = "" } = request.headers;
  return { address: request.ip ?? "", cookie, userAgent };
}

function sendRefusal(response: Response, refusal: Refusal): void {
  if (refusal.code === "unauthenticated") response.set("WWW-Authenticate", 'Bearer realm="balai"');
  sendProblem(response, refusal);
}

async function send(response: Response, reply: Reply): Promise<void> {
  response.status(reply.status).set("Cache-Control", "no-store");
  for (const [name, value] of Object.entries(reply.headers ?? {})) {
    response.set(name, typeof value === "string" ? value : [...value]);
  }
  if (reply.body === null) response.end();
  else if ("json" in reply.body && reply.isCompressible) await sendCompressed(response, reply.body.json);
  else if ("json" in reply.body) response.json(reply.body.json);
  else if ("text" in reply.body) response.type(reply.body.type).send(reply.body.text);
  else if ("bytes" in reply.body) response.type(reply.body.type).send(reply.body.bytes);
  else await sendFile(response, reply.body.file, reply.body.type);
}

async function sendCompressed(response: Response, json: unknown): Promise<void> {
  response.vary("Accept-Encoding");
  if (response.req.acceptsEncodings("gzip") !== "gzip") response.json(json);
  else {
    const bytes = await gzipped(JSON.stringify(json));
    response.set("Content-Encoding", "gzip").type("json").send(bytes);
  }
}

function sendFile(response: Response, file: string, type: string): Promise<void> {
  response.type(type);
  return new Promise((resolve, reject) => {
    response.sendFile(file, { dotfiles: "allow", cacheControl: false }, (fault) => {
      // Who goes away in the middle of a picture is no fault of ours.
      if (!fault || response.headersSent || response.destroyed) resolve();
      else if ("status" in fault && fault.status === 404) resolve(sendProblem(response, refuse("not-found")));
      else reject(fault);
    });
  });
}
