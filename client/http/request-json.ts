import type { Problem } from "../../server/protocol/api.ts";
import { ERRORS, type ErrorCode } from "../../server/protocol/errors.ts";

/** What is wrong with one field; `path` has dots: `slots.0.startAt`. Messages are English. */
export type FieldError = NonNullable<Problem["errors"]>[number];

/** An answer of the HTTP API, or why there is none; `offline` means that nothing answered. */
export type Answer<Data> =
  | { readonly ok: true; readonly data: Data }
  | {
      readonly ok: false;
      readonly code: ErrorCode | "offline";
      readonly detail?: string;
      /** When to try again, in so many milliseconds. */
      readonly retryAfterMs?: number;
      readonly errors?: readonly FieldError[];
    };

interface RequestOptions {
  method?: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** Sent as JSON. */
  body?: unknown;
  /** Sent as it is, instead of a body. */
  raw?: { readonly type: string; readonly content: string | Blob };
  signal?: AbortSignal;
}

/** Asks this server's API. Never throws for what the server or the network does. */
export async function requestJson<Data>(path: string, options: RequestOptions = {}): Promise<Answer<Data>> {
  const { method = "GET", body, raw, signal } = options;
  const type = raw?.type ?? (body === undefined ? undefined : "application/json");
  const headers = type === undefined ? undefined : { "content-type": type };
  const sent = raw?.content ?? (body === undefined ? undefined : JSON.stringify(body));
  try {
    const response = await fetch(path, { method, headers, body: sent, signal, credentials: "same-origin" });
    return await answerFrom<Data>(response.status, await response.text());
  } catch {
    return { ok: false, code: "offline" };
  }
}

/** Reads a response's body: JSON, or problem details (RFC 9457) with a code of the table. */
export function answerFrom<Data>(status: number, text: string): Answer<Data> {
  const json = parse(text);
  // The server's own answers have the shape its contract says; anything else is caught by the status.
  if (status >= 200 && status < 300) return { ok: true, data: json as Data };
  const problem: { code?: unknown; detail?: unknown; errors?: unknown; retryAfterMs?: unknown } =
    typeof json === "object" && json !== null ? json : {};
  const detail = typeof problem.detail === "string" ? problem.detail : undefined;
  const code = isErrorCode(problem.code) ? problem.code : codeOfStatus(status);
  const errors = Array.isArray(problem.errors) ? problem.errors.filter(isFieldError) : undefined;
  const { retryAfterMs } = problem;
  const wait = typeof retryAfterMs === "number" ? { retryAfterMs } : {};
  return { ok: false, code, detail, ...(errors ? { errors } : {}), ...wait };
}

function isFieldError(error: unknown): error is FieldError {
  const { path, message } = (error ?? {}) as Partial<FieldError>;
  return typeof path === "string" && typeof message === "string";
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return typeof code === "string" && Object.hasOwn(ERRORS, code);
}

/** For an answer from something in between (a proxy) that knows no codes. */
function codeOfStatus(status: number): ErrorCode {
  if (status === 413) return "too-large";
  if (status === 429) return "rate-limited";
  if (status === 404) return "not-found";
  if (status >= 502 && status <= 504) return "unavailable";
  return status >= 500 ? "internal" : "bad-request";
}

function parse(text: string): unknown {
  try {
    return text === "" ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
