import { createHmac } from "node:crypto";
import type { IceServer } from "../protocol/views.ts";

/** How long TURN credentials are good for: a day of classes. */
const TURN_VALID_MS = 12 * 3_600_000;

/**
 * The TURN servers with credentials of limited time, as coturn's `use-auth-secret` checks them
 * (draft-uberti-behave-turn-rest-00: user name `expiry:id`, password HMAC-SHA1 of it in base64).
 */
export function iceServersFrom(
  turn: { readonly urls: readonly string[]; readonly secret: string | null },
  personId: string,
  now: number,
): readonly IceServer[] {
  if (turn.urls.length === 0) return [];
  if (turn.secret === null) return [{ urls: turn.urls }];
  const username = `${Math.floor((now + TURN_VALID_MS) / 1000)}:${personId}`;
  const credential = createHmac("sha1", turn.secret).update(username).digest("base64");
  return [{ urls: turn.urls, username, credential }];
}
