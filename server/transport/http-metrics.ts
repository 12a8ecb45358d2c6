import type { RequestHandler } from "express";
import { collectDefaultMetrics, Gauge, Histogram, type Registry } from "prom-client";

/** What runs on this node now. */
export interface LiveCounts {
  readonly openClasses: number;
  /** People, not connections. */
  readonly presentPeople: number;
}

export interface HttpMetrics {
  /** Measures one route; `route` is its pattern, so that ids make no new series. */
  measure(method: string, route: string): RequestHandler;
}

/** Puts the process's own numbers, the classes' and the API's durations into the registry. */
export function createHttpMetrics(registry: Registry, liveCounts: () => LiveCounts): HttpMetrics {
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "balai_classes_open",
    help: "Classes that are open on this node",
    registers: [registry],
    collect() {
      this.set(liveCounts().openClasses);
    },
  });
  new Gauge({
    name: "balai_people_present",
    help: "People present in classes on this node",
    registers: [registry],
    collect() {
      this.set(liveCounts().presentPeople);
    },
  });
  const durations = new Histogram({
    name: "balai_http_request_duration_seconds",
    help: "Time from a request's headers to the end of its answer",
    labelNames: ["method", "route", "status"],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
    registers: [registry],
  });
  return {
    measure(method, route) {
      return (_request, response, next) => {
        const stop = durations.startTimer({ method: method.toUpperCase(), route });
        response.once("close", () => stop({ status: response.statusCode }));
        next();
      };
    },
  };
}
