import { ERRORS, type ErrorCode } from "../protocol/errors.ts";
import { takesIdempotencyKey } from "./idempotency.ts";
import type { Route } from "./route.ts";

/** The refusals that a route can give for what it is, whatever its handler adds; by status. */
export function refusalsOf(route: Route): ReadonlyMap<number, readonly ErrorCode[]> {
  const codes: ErrorCode[] = ["bad-request"];
  if (route.scheme !== "open") codes.push("unauthenticated", "forbidden");
  if (route.scheme === "link" || route.scheme === "any-link") {
    codes.push("link-unknown", "link-expired", "link-revoked");
  }
  if (route.path.includes("/:")) codes.push("not-found");
  if (route.body) codes.push("too-large", "unsupported-media-type");
  if (takesIdempotencyKey(route)) codes.push("idempotency-key-running", "idempotency-key-reused");
  if (route.limit !== "free") codes.push("rate-limited");
  return Map.groupBy(codes, (code) => ERRORS[code].status);
}
