import type { ComponentChildren } from "preact";
import { canChange } from "../admin-api.ts";

/** What changes something: auditors, who only read, are not shown it. */
export function ForAdmins({ children }: { children: ComponentChildren }) {
  return canChange.value ? children : null;
}
