import type { RequestHandler } from "express";
import { Counter, collectDefaultMetrics, Gauge, Histogram, type Registry } from "prom-client";
import type { WorkerCpu } from "../ports.ts";

/** What runs on this node now. */
export interface LiveCounts {
  readonly openClasses: number;
  /** People, not connections. */
  readonly presentPeople: number;
}

/** Where the numbers come from that are not the API's own. */
export interface MetricSources {
  liveCounts(): LiveCounts;
  activeRecordings(): number;
  workerCpu(): Promise<readonly WorkerCpu[]>;
}

export interface HttpMetrics {
  /** Measures one route; `route` is its pattern, so that ids make no new series. */
  measure(method: string, route: string): RequestHandler;
}

/** Puts the process's own numbers, the classes' and the API's durations into the registry. */
export function createHttpMetrics(registry: Registry, sources: MetricSources): HttpMetrics {
  collectDefaultMetrics({ register: registry });
  new Gauge({
    name: "balai_classes_open",
    help: "Classes that are open on this node",
    registers: [registry],
    collect() {
      this.set(sources.liveCounts().openClasses);
    },
  });
  new Gauge({
    name: "balai_people_present",
    help: "People present in classes on this node",
    registers: [registry],
    collect() {
      this.set(sources.liveCounts().presentPeople);
    },
  });
  new Gauge({
    name: "balai_recordings_active",
    help: "Recordings under way on this node",
    registers: [registry],
    collect() {
      this.set(sources.activeRecordings());
    },
  });
  new Counter({
    name: "balai_media_worker_cpu_seconds_total",
    help: "CPU that each media worker of this node has used",
    labelNames: ["worker"],
    registers: [registry],
    async collect() {
      this.reset();
      for (const { worker, seconds } of await sources.workerCpu()) this.inc({ worker }, seconds);
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
