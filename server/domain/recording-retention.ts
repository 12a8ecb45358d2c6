import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { RecordingState } from "../protocol/recording-office.ts";
import { MAX_KEPT_DAYS, type RecordingEnd } from "../protocol/recordings.ts";

export const DAY_MS = 86_400_000;
/** RO3: so long before it is deleted the office and the trail say so. */
export const WARNING_MS = 14 * DAY_MS;

export interface KeptRecording {
  /** Epoch ms; null while it is under way. */
  readonly endedAt: number | null;
  readonly endReason: RecordingEnd | null;
  readonly keptUntil: number | null;
  readonly deletion: { readonly doneAt: number | null } | null;
}

/** RO1: counted from the end; the number of days is the one that people were told. */
export function keptUntilFrom(endedAt: number, keptDays: number): number {
  return endedAt + keptDays * DAY_MS;
}

export function recordingStateFrom({ endedAt, endReason, deletion }: KeptRecording): RecordingState {
  if (deletion) return deletion.doneAt === null ? "deleting" : "deleted";
  if (endedAt === null) return "running";
  return endReason === "staff" || endReason === "class-closed" ? "whole" : "fault";
}

/** RO3 */
export function isDueSoon({ keptUntil, deletion }: KeptRecording, now: number): boolean {
  return keptUntil !== null && deletion === null && keptUntil - now <= WARNING_MS;
}

/** RO2: later than it stands, and not for ever. */
export function decideProlong(recording: KeptRecording, keptUntil: number, now: number): Result {
  const there = decideThere(recording);
  if (!there.ok) return there;
  if (keptUntil <= (recording.keptUntil ?? now)) {
    return refuse("bad-request", "keptUntil: must be later than it is now");
  }
  if (keptUntil > now + MAX_KEPT_DAYS * DAY_MS) {
    return refuse("bad-request", `keptUntil: must be within ${MAX_KEPT_DAYS} days`);
  }
  return accept();
}

/** RO5: one that is being made has to be stopped first. */
export function decideThere({ endedAt, deletion }: KeptRecording): Result {
  if (deletion) return refuse("recording-deleted");
  return endedAt === null ? refuse("recording-running") : accept();
}

/** RO8: a link counts no longer than the recording is kept. */
export function decideShare(recording: KeptRecording, expiresAt: number, now: number): Result {
  const there = decideThere(recording);
  if (!there.ok) return there;
  if (expiresAt <= now) return refuse("bad-request", "expiresAt: must be in the future");
  if (recording.keptUntil !== null && expiresAt > recording.keptUntil) {
    return refuse("bad-request", "expiresAt: must not be later than the recording is kept");
  }
  return accept();
}

export interface RecordingShare {
  readonly expiresAt: number;
  readonly revokedAt: number | null;
}

/** RO8: refuses `link-revoked`, `link-expired`, `recording-deleted`. */
export function decideOpenShare(share: RecordingShare, recording: KeptRecording, now: number): Result {
  if (share.revokedAt !== null) return refuse("link-revoked");
  if (recording.deletion) return refuse("recording-deleted");
  return share.expiresAt <= now ? refuse("link-expired") : accept();
}
