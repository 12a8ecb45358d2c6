import type { DeviceProblem } from "./device-access.ts";

/**
 * One own source: `muted` is published but silent or dark; `error` has a reason, and asking again is
 * allowed.
 */
export type LocalState =
  | { readonly status: "off" | "starting" | "live" | "muted"; readonly reason: null }
  | { readonly status: "error"; readonly reason: DeviceProblem };

export function local(status: "off" | "starting" | "live" | "muted"): LocalState {
  return { status, reason: null };
}

export function localError(reason: DeviceProblem): LocalState {
  return { status: "error", reason };
}
