import { healthSchema, readinessSchema } from "../../protocol/api.ts";
import { accept } from "../../protocol/errors.ts";
import { openRoute, replyJson } from "../route.ts";
import { noParams, noQuery, type RouteParts } from "./route-parts.ts";

/** For whoever watches over the server: supervisors, balancers, Prometheus. */
export function serverStateRoutes({
  store,
  registry,
  isMediaReady,
  isAccepting,
  recorderProblem,
}: RouteParts) {
  return [
    openRoute({
      method: "get",
      path: "/healthz",
      summary: "The process is alive",
      params: noParams,
      query: noQuery,
      response: { status: 200, schema: healthSchema },
      limit: "free",
      async handle() {
        return replyJson(200, { status: "ok" });
      },
    }),
    openRoute({
      method: "get",
      path: "/readyz",
      summary: "Classes can be held; 503 with the part that is not ready",
      params: noParams,
      query: noQuery,
      response: { status: 200, schema: readinessSchema },
      limit: "free",
      async handle() {
        const isStoreReady = await store.ping().then(
          () => true,
          () => false,
        );
        const parts = { store: isStoreReady, media: isMediaReady(), accepting: isAccepting() };
        const ready = parts.store && parts.media && parts.accepting;
        // Classes are held without recordings: it is noted, and no fault.
        const recorder = (await recorderProblem()) ?? "ready";
        return replyJson(ready ? 200 : 503, { ready, parts, notes: { recorder } });
      },
    }),
    openRoute({
      method: "get",
      path: "/metrics",
      summary: "Numbers for Prometheus",
      params: noParams,
      query: noQuery,
      response: { status: 200, schema: null, types: ["text/plain"] },
      limit: "free",
      async handle() {
        return accept({ status: 200, body: { text: await registry.metrics(), type: registry.contentType } });
      },
    }),
  ];
}
