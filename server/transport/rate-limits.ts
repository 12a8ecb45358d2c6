import type { RequestHandler, Response } from "express";
import { rateLimit } from "express-rate-limit";
import type { GuardCounts } from "../ports.ts";
import { refuse } from "../protocol/errors.ts";
import { createCountedRequests } from "./counted-requests.ts";
import { sendProblem } from "./problem.ts";
import type { Route } from "./route.ts";

export interface HttpLimits {
  /** Requests of one address in a minute. A whole office can stand behind one. */
  readonly requestsPerMinute: number;
  /** Tokens that were wrong, of one address in ten minutes; right ones are not counted. */
  readonly wrongTokensPerTenMinutes: number;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = { requestsPerMinute: 12_000, wrongTokensPerTenMinutes: 100 };

function refuseTooMany(_request: unknown, response: Response): void {
  sendProblem(response, refuse("rate-limited"));
}

/**
 * Limits by IP address; refused requests get `rate-limited` and say in Retry-After when to come again. The number of
 * requests protects this process and is its own; wrong tokens count for the installation.
 */
export function createRateLimits(
  limits: HttpLimits,
  counts: GuardCounts,
): Record<Route["limit"], readonly RequestHandler[]> {
  const common = {
    standardHeaders: "draft-8",
    legacyHeaders: false,
    handler: refuseTooMany,
    // Whether to trust a proxy's word on addresses is the app's setting.
    validate: { trustProxy: false, xForwardedForHeader: false },
  } as const;
  const usual = rateLimit({ ...common, windowMs: 60_000, limit: limits.requestsPerMinute });
  const guess = rateLimit({
    ...common,
    windowMs: 600_000,
    limit: limits.wrongTokensPerTenMinutes,
    skipSuccessfulRequests: true,
    store: createCountedRequests(counts, "wrong-tokens"),
  });
  return { usual: [usual], guess: [usual, guess], free: [] };
}
