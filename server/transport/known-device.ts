import { parseCookie } from "cookie";
import type { Clock, NewId } from "../ports.ts";
import { type AccountId, type DeviceId, deviceIdSchema } from "../protocol/ids.ts";
import type { SetCookie } from "./sign-ins.ts";
import { signedIdFrom, signedValueFrom } from "./token.ts";

const KNOWN_MS = 365 * 24 * 3_600_000;

/** Browsers in which an account signed in before, by a signed cookie for each account. */
export interface KnownDevices {
  idFrom(cookieHeader: string | undefined, accountId: AccountId): DeviceId | null;
  /** A Set-Cookie header that makes this browser known, or keeps it so. */
  cookieFor(cookieHeader: string | undefined, accountId: AccountId): string;
}

export function createKnownDevices(parts: {
  readonly clock: Clock;
  readonly newId: NewId;
  readonly secret: string;
  readonly setCookie: SetCookie;
}): KnownDevices {
  const { clock, newId, secret, setCookie } = parts;
  const nameOf = (accountId: AccountId) => `balai_device_${accountId}`;

  function idFrom(cookieHeader: string | undefined, accountId: AccountId): DeviceId | null {
    const value = parseCookie(cookieHeader ?? "")[nameOf(accountId)];
    const signed = value ? signedIdFrom(secret, `device:${accountId}`, value) : null;
    if (!signed || signed.expiresAt <= clock.now()) return null;
    return deviceIdSchema.safeParse(signed.id).data ?? null;
  }

  return {
    idFrom,
    cookieFor(cookieHeader, accountId) {
      const id = idFrom(cookieHeader, accountId) ?? newId("dev");
      const expiresAt = clock.now() + KNOWN_MS;
      const value = signedValueFrom(secret, `device:${accountId}`, { id, expiresAt });
      return setCookie(nameOf(accountId), value, KNOWN_MS);
    },
  };
}
