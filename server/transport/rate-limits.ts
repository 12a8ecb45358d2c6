import type { RequestHandler, Response } from "express";
import { rateLimit } from "express-rate-limit";
import type { GuardCounts } from "../ports.ts";
import { refuse } from "../protocol/errors.ts";
import { sendProblem } from "./problem.ts";
import type { Route } from "./route.ts";
import { createWrongTokenLimit } from "./wrong-token-limit.ts";

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
  const usual = rateLimit({
    standardHeaders: "draft-8",
    legacyHeaders: false,
    handler: refuseTooMany,
    // Whether to trust a proxy's word on addresses is the app's setting.
    validate: { trustProxy: false, xForwardedForHeader: false },
    windowMs: 60_000,
    limit: limits.requestsPerMinute,
  });
  const guess = createWrongTokenLimit(counts, {
    limit: limits.wrongTokensPerTenMinutes,
    windowMs: 600_000,
  });
  return { usual: [usual], guess: [usual, guess], free: [] };
}
