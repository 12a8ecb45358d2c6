import type { AccountRole } from "../protocol/people.ts";

/** What somebody who is signed in is in the table of routes. */
export type AccountAccess = "admin" | "auditor" | "staff-account" | "unready-admin";

/**
 * AU5, AU7: what a sign-in opens. An administrator who came by password needs a second factor first; a link made
 * by who has the server's shell needs none, because it is the way back for who has lost theirs.
 */
export function accountAccessFrom(
  account: { readonly role: AccountRole; readonly hasSecondFactor: boolean },
  via: "link" | "password",
): AccountAccess {
  if (account.role === "auditor") return "auditor";
  if (account.role !== "admin") return "staff-account";
  return via === "link" || account.hasSecondFactor ? "admin" : "unready-admin";
}
