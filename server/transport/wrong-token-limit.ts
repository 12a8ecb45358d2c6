import type { Request, RequestHandler } from "express";
import { ipKeyGenerator } from "express-rate-limit";
import type { GuardCounts } from "../ports.ts";
import { refuse } from "../protocol/errors.ts";
import { sendProblem } from "./problem.ts";

/**
 * Refuses an address that gave too many wrong tokens of late, on all nodes together. Only those that were wrong count, and
 * only once they were: a whole office behind one address may open its links in the same second (HT6).
 */
export function createWrongTokenLimit(
  counts: GuardCounts,
  { limit, windowMs }: { readonly limit: number; readonly windowMs: number },
): RequestHandler {
  return async (request, response, next) => {
    const key = `wrong-tokens/${addressOf(request)}`;
    const wrong = Number((await counts.get(key)) ?? 0);
    if (wrong >= limit) {
      const { endsInMs } = await counts.add(key, 0, windowMs);
      response.set("Retry-After", String(Math.ceil(endsInMs / 1_000)));
      return sendProblem(response, refuse("rate-limited"));
    }
    response.once("finish", () => {
      if (response.statusCode >= 400) void counts.add(key, 1, windowMs);
    });
    return next();
  };
}

/** Of IPv6 the network that one customer has. */
function addressOf({ ip }: Request): string {
  return ip === undefined ? "" : ipKeyGenerator(ip);
}
