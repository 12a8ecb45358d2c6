/**
 * The closed table of refusals: what a client can be told, the HTTP status that goes with it, and whether
 * the same request can succeed later. Acks carry the code; the client translates it.
 */
export const ERRORS = {
  "bad-request": { status: 400, retryable: false },
  unauthenticated: { status: 401, retryable: false },
  "link-unknown": { status: 401, retryable: false },
  "link-expired": { status: 401, retryable: false },
  "link-revoked": { status: 401, retryable: false },
  "sign-in-wrong": { status: 401, retryable: false },
  "sign-in-wait": { status: 429, retryable: true },
  "second-factor-needed": { status: 401, retryable: false },
  "second-factor-wrong": { status: 401, retryable: false },
  "second-factor-unset": { status: 403, retryable: false },
  forbidden: { status: 403, retryable: false },
  "not-found": { status: 404, retryable: false },
  "method-not-allowed": { status: 405, retryable: false },
  conflict: { status: 409, retryable: false },
  "already-exists": { status: 409, retryable: false },
  "last-admin": { status: 409, retryable: false },
  "policy-frozen": { status: 409, retryable: false },
  "idempotency-key-running": { status: 409, retryable: true },
  "idempotency-key-reused": { status: 422, retryable: false },
  "too-large": { status: 413, retryable: false },
  "unsupported-media-type": { status: 415, retryable: false },
  "rate-limited": { status: 429, retryable: true },
  internal: { status: 500, retryable: true },
  unavailable: { status: 503, retryable: true },
  "class-elsewhere": { status: 503, retryable: true },

  "not-entered": { status: 409, retryable: true },
  "not-present": { status: 409, retryable: true },
  "class-not-open": { status: 409, retryable: false },
  "class-already-open": { status: 409, retryable: false },
  "class-over": { status: 409, retryable: false },
  "person-unknown": { status: 404, retryable: false },
  "person-not-present": { status: 409, retryable: false },
  "hand-already-raised": { status: 409, retryable: false },
  "hand-not-raised": { status: 409, retryable: false },
  "deck-unknown": { status: 404, retryable: false },
  "deck-not-shown": { status: 409, retryable: false },
  "page-out-of-range": { status: 400, retryable: false },
  "breakouts-none": { status: 409, retryable: false },
  "breakouts-open": { status: 409, retryable: false },
  "breakouts-not-open": { status: 409, retryable: false },
  "room-unknown": { status: 404, retryable: false },
  "room-full": { status: 409, retryable: false },
  "room-not-chosen": { status: 409, retryable: false },
  "not-in-room": { status: 409, retryable: false },
  "moved-meanwhile": { status: 409, retryable: true },
  "role-unknown": { status: 404, retryable: false },
  "role-taken": { status: 409, retryable: false },
  "help-not-asked": { status: 409, retryable: false },
  "case-unknown": { status: 404, retryable: false },
  "plan-unknown": { status: 404, retryable: false },
  "no-case": { status: 409, retryable: false },
  "stage-taken": { status: 409, retryable: true },
  "share-taken": { status: 409, retryable: true },

  "recording-running": { status: 409, retryable: false },
  "recording-none": { status: 409, retryable: false },
  "recorder-missing": { status: 503, retryable: false },
  "disk-full": { status: 507, retryable: true },
  "encoder-missing": { status: 503, retryable: false },
  "export-unknown": { status: 404, retryable: false },
  "export-not-ready": { status: 409, retryable: true },
  "budget-full": { status: 507, retryable: true },
  "recording-deleted": { status: 410, retryable: false },

  "captions-unreadable": { status: 422, retryable: false },

  "session-cancelled": { status: 409, retryable: false },
  "session-begun": { status: 409, retryable: false },
  "in-use": { status: 409, retryable: false },

  "sheet-unknown": { status: 404, retryable: false },
  "sheet-closed": { status: 409, retryable: false },
  "sheet-malformed": { status: 400, retryable: false },
  "sheet-too-large": { status: 413, retryable: false },
  "sheet-behind": { status: 409, retryable: true },

  "slot-unknown": { status: 404, retryable: false },
  "session-online": { status: 409, retryable: false },
  "no-slot-now": { status: 409, retryable: true },
  "check-in-code-old": { status: 409, retryable: true },
  "adjustment-unknown": { status: 404, retryable: false },
  "adjustment-decided": { status: 409, retryable: false },
  "own-adjustment": { status: 403, retryable: false },
  "slot-not-over": { status: 409, retryable: true },
  "dispute-unknown": { status: 404, retryable: false },
  "dispute-late": { status: 409, retryable: false },
  "dispute-open": { status: 409, retryable: false },
  "dispute-limit": { status: 409, retryable: false },
  "dispute-decided": { status: 409, retryable: false },
  "survey-not-open": { status: 409, retryable: false },
  "survey-answered": { status: 409, retryable: false },

  "media-unavailable": { status: 503, retryable: true },
  "media-bad-parameters": { status: 400, retryable: false },
  "media-transport-missing": { status: 409, retryable: true },
  "media-transport-exists": { status: 409, retryable: false },
  "media-source-exists": { status: 409, retryable: false },
  "media-source-missing": { status: 409, retryable: false },
  "media-consumer-missing": { status: 404, retryable: false },

  "pdf-broken": { status: 422, retryable: false },
  "pdf-encrypted": { status: 422, retryable: false },
  "pdf-too-large": { status: 413, retryable: false },
  "pdf-too-many-pages": { status: 422, retryable: false },
  "pdf-too-slow": { status: 422, retryable: false },
} as const satisfies Record<string, { status: number; retryable: boolean }>;

export type ErrorCode = keyof typeof ERRORS;

/** A refusal: a value, never an exception. `details` is for people who debug, in English. */
export interface Refusal {
  readonly ok: false;
  readonly code: ErrorCode;
  readonly details?: unknown;
}

/** What every command and every port that can refuse returns. */
export type Result<Data = void> = { readonly ok: true; readonly data: Data } | Refusal;

export function accept(): Result<void>;
export function accept<Data>(data: Data): Result<Data>;
export function accept<Data>(data?: Data): Result<Data | undefined> {
  return { ok: true, data };
}

export function refuse(code: ErrorCode, details?: unknown): Refusal {
  return details === undefined ? { ok: false, code } : { ok: false, code, details };
}
