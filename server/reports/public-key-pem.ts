import { createPublicKey } from "node:crypto";
import type { Signer } from "../ports.ts";

/** A signer's public key as PEM (SPKI), which openssl reads. */
export function publicKeyPem({ publicKey }: Signer): string {
  const key = createPublicKey({ key: { ...publicKey }, format: "jwk" });
  return key.export({ type: "spki", format: "pem" }).toString();
}
