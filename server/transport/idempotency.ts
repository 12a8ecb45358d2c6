import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes } from "node:crypto";
import type { Request } from "express";
import type { Clock, IdempotencyStore } from "../ports.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import { fieldRefused } from "./field-refusal.ts";
import type { Actor, Reply, Route } from "./route.ts";
import { officerIdOf } from "./routes/route-parts.ts";

const HEADER = "Idempotency-Key";
const KEPT_MS = 24 * 3_600_000;
/** A request that never ended (a crash, a fault) blocks its key for so long. */
const ABANDONED_MS = 60_000;
const MAX_ANSWER_BYTES = 256 * 1024;
/** Long enough that nobody guesses it: what was answered is kept under it. Quotes as in the draft's examples. */
const KEY = /^"?([\x21\x23-\x7e]{16,255})"?$/;

export interface Idempotency {
  /**
   * Runs a request at most once for its key. Refuses `bad-request` for a malformed key,
   * `idempotency-key-reused` for another request with the same one, `idempotency-key-running` while the first
   * is under way. Without the header it runs.
   */
  once(
    route: Route,
    request: Request,
    actor: Actor,
    run: () => Promise<Result<Reply>>,
  ): Promise<Result<Reply>>;
}

/** Whether a route takes the header: POST of the office, the only ones that scripts repeat. */
export function takesIdempotencyKey({ method, scheme, body }: Route): boolean {
  return method === "post" && scheme === "office" && body?.kind !== "pdf";
}

/**
 * Idempotency keys (draft-ietf-httpapi-idempotency-key-header-07). A write and the note of its answer are two
 * transactions: a crash between them leaves a key that is `running` for a minute and free afterwards, so that
 * the repetition runs again, where codes and external ids that exist already refuse what was done before.
 */
export function createIdempotency(store: IdempotencyStore, clock: Clock): Idempotency {
  return {
    async once(route, request, actor, run) {
      const given = takesIdempotencyKey(route) ? request.get(HEADER) : undefined;
      if (given === undefined || (actor.kind !== "account" && actor.kind !== "key")) return await run();
      const key = KEY.exec(given)?.[1];
      if (key === undefined)
        return fieldRefused(HEADER, "must be 16 to 255 visible characters, such as a UUID");
      const id = hash("sha256", JSON.stringify([officerIdOf(actor), route.method, route.path, key]));
      const at = clock.now();
      const begun = await store.begin({
        id,
        fingerprint: fingerprintOf(request),
        at,
        forgetBefore: at - KEPT_MS,
        abandonedBefore: at - ABANDONED_MS,
      });
      if (begun.kind === "other") return refuse("idempotency-key-reused", "sent before with another request");
      if (begun.kind === "running") {
        return refuse("idempotency-key-running", "the first request with this key has not been answered");
      }
      if (begun.kind === "answered") return accept(opened(begun.answer, key));
      const result = await run();
      const answer = result.ok ? sealed(result.data, key) : null;
      if (answer === null) await store.forget(id);
      else await store.finish(id, answer);
      return result;
    },
  };
}

/** The whole request: its address with the query, its type and its bytes. */
function fingerprintOf(request: Request): string {
  const body: unknown = request.body;
  const bytes = Buffer.isBuffer(body) ? hash("sha256", body) : "";
  return hash("sha256", JSON.stringify([request.originalUrl, request.get("content-type") ?? "", bytes]));
}

interface Kept {
  readonly status: number;
  /** Undefined: an answer without a body. */
  readonly json?: unknown;
}

/** Encrypted under the key itself, which is not kept: some answers have a link's token. Null: not kept. */
function sealed({ status, headers, body }: Reply, key: string): string | null {
  if (headers !== undefined || (body !== null && !("json" in body))) return null;
  const kept: Kept = body === null ? { status } : { status, json: body.json };
  const text = JSON.stringify(kept);
  if (Buffer.byteLength(text) > MAX_ANSWER_BYTES) return null;
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", secretFrom(key), iv);
  const sealedBytes = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), sealedBytes]).toString("base64");
}

function opened(answer: string, key: string): Reply {
  const bytes = Buffer.from(answer, "base64");
  const decipher = createDecipheriv("aes-256-gcm", secretFrom(key), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
  const kept: Kept = JSON.parse(text);
  const headers = { "Idempotency-Replayed": "true" };
  return { status: kept.status, headers, body: kept.json === undefined ? null : { json: kept.json } };
}

function secretFrom(key: string): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, "", "balai idempotency", 32));
}
