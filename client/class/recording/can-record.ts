import type { ClassView } from "../class-view.ts";

/** A class is recorded while it is open (VR6). */
export function canRecord({ status }: ClassView): boolean {
  return status === "open";
}
