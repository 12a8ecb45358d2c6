import type { RequestHandler } from "express";
import type { ClassNodes } from "../ports.ts";

/** Whether a page of another node's address speaks. */
export function isNodeOrigin(nodes: ClassNodes | null, origin: string | undefined): boolean {
  return origin !== undefined && (nodes?.urls().includes(origin) ?? false);
}

/** Lets pages of other nodes read the answers of one address (CORS), without cookies. */
export function allowNodes(nodes: ClassNodes | null): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    if (!isNodeOrigin(nodes, origin)) return next();
    response.set("Access-Control-Allow-Origin", origin).vary("Origin");
    if (request.method !== "OPTIONS") return next();
    response
      .set("Access-Control-Allow-Methods", "GET, POST")
      .set("Access-Control-Allow-Headers", "content-type");
    response.set("Access-Control-Max-Age", "600").status(204).end();
  };
}
