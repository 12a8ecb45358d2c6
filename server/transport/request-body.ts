import express, { type NextFunction, type Request, type RequestHandler, type Response } from "express";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import { fieldRefused } from "./field-refusal.ts";
import type { BodySpec } from "./route.ts";

const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

const MEDIA_TYPES = {
  json: ["application/json"],
  "json-or-csv": ["application/json", "text/csv"],
  "json-or-table": ["application/json", "text/csv", XLSX_TYPE],
  pdf: ["application/pdf"],
  picture: ["image/png", "image/jpeg"],
} as const;

/** The media types that a body can have. */
export function mediaTypesOf(body: BodySpec): readonly string[] {
  return MEDIA_TYPES[body.kind];
}

/**
 * A request's body as its route wants it: JSON parsed, CSV as text, XLSX and pictures as bytes, a PDF as the stream itself.
 * Refuses `unsupported-media-type`, `too-large`, and `bad-request` for JSON or UTF-8 that is none.
 */
export async function bodyFrom(
  request: Request,
  response: Response,
  body: BodySpec,
): Promise<Result<unknown>> {
  const accepted = mediaTypesOf(body);
  const type = request.is([...accepted]);
  if (type === null) return fieldRefused("", "a body is needed");
  if (type === false) return refuse("unsupported-media-type", `send ${accepted.join(" or ")}`);
  if (Number(request.headers["content-length"] ?? 0) > body.maxBytes) return tooLarge(body);
  if (body.kind === "pdf") return accept(request);
  try {
    await read(express.raw({ type: () => true, limit: body.maxBytes }), request, response);
  } catch (fault) {
    return refusalFromFault(fault, body);
  }
  const bytes: unknown = request.body;
  if (type === XLSX_TYPE || body.kind === "picture")
    return accept(Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0));
  const text = utf8From(Buffer.isBuffer(bytes) ? bytes : Buffer.alloc(0));
  if (text === null) return fieldRefused("", "the body is not UTF-8 text");
  return type === "text/csv" ? accept(text) : jsonFrom(text);
}

function tooLarge(body: BodySpec): Result<never> {
  const code = body.kind === "pdf" ? "pdf-too-large" : "too-large";
  return refuse(code, `the body may have ${body.maxBytes} bytes`);
}

function read(reader: RequestHandler, request: Request, response: Response): Promise<void> {
  return new Promise((resolve, reject) => {
    const next: NextFunction = (fault?: unknown) => (fault ? reject(fault) : resolve());
    void reader(request, response, next);
  });
}

/** body-parser says in `type` what was wrong with the request; anything else is a fault of ours. */
function refusalFromFault(fault: unknown, body: BodySpec): Result<never> {
  const type = fault instanceof Error && "type" in fault ? fault.type : undefined;
  if (type === "entity.too.large") return tooLarge(body);
  if (type === "encoding.unsupported") return refuse("unsupported-media-type", "this encoding is not known");
  if (type === "request.aborted" || type === "request.size.invalid") {
    return refuse("bad-request", "the body ended early");
  }
  if (fault instanceof Error && "code" in fault && String(fault.code).startsWith("Z_")) {
    return refuse("bad-request", "the body is not what its Content-Encoding says");
  }
  throw new Error("cannot read a request's body", { cause: fault });
}

function utf8From(bytes: Buffer): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function jsonFrom(text: string): Result<unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null) return accept(value);
    return fieldRefused("", "must be a JSON object or array");
  } catch {
    return fieldRefused("", "is not JSON");
  }
}
