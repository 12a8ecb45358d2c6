import { STATUS_CODES } from "node:http";
import type { Response } from "express";
import { z } from "zod";
import type { Problem } from "../protocol/api.ts";
import { ERRORS, type Refusal } from "../protocol/errors.ts";
import { fieldErrorsOf } from "./field-refusal.ts";

/** A refusal as problem details (RFC 9457); the title is the status's own phrase, as about:blank wants it. */
function problemFrom(refusal: Refusal): Problem {
  const { status } = ERRORS[refusal.code];
  const errors = fieldErrorsOf(refusal);
  const retryAfterMs = retryAfterOf(refusal);
  const detail = typeof refusal.details === "string" ? refusal.details : undefined;
  return {
    type: "about:blank",
    title: STATUS_CODES[status] ?? "Error",
    status,
    code: refusal.code,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfterMs === null ? {} : { retryAfterMs }),
    ...(errors === null ? {} : { errors: [...errors] }),
  };
}

const retrySchema = z.object({ retryAfterMs: z.number() });

function retryAfterOf(refusal: Refusal): number | null {
  const details = retrySchema.safeParse(refusal.details);
  return details.success ? Math.ceil(details.data.retryAfterMs) : null;
}

/** Answers with a refusal. */
export function sendProblem(response: Response, refusal: Refusal): void {
  const problem = problemFrom(refusal);
  response.status(problem.status).type("application/problem+json").set("Cache-Control", "no-store");
  if (problem.retryAfterMs !== undefined) {
    response.set("Retry-After", String(Math.ceil(problem.retryAfterMs / 1000)));
  }
  response.send(JSON.stringify(problem));
}
