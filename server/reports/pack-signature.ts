import {
  type CryptoKey,
  decodeProtectedHeader,
  flattenedVerify,
  importJWK,
  importSPKI,
  type JWK,
  type KeyObject,
} from "jose";
import type { Signer } from "../ports.ts";
import { canonicalJson } from "./canonical.ts";
import { signJws } from "./jws.ts";

const ALGORITHMS = ["EdDSA", "Ed25519"];

/**
 * The pack with its signature: a detached JWS (RFC 7515, appendix F; EdDSA) over the RFC 8785 pack without
 * it, in compact form `header..signature`.
 */
export async function signPack<Pack extends object>(
  pack: Pack,
  signer: Signer,
): Promise<Pack & { readonly signature: string }> {
  const { header, signature } = await signJws(signedBytes(pack), {}, signer);
  return { ...pack, signature: `${header}..${signature}` };
}

/** Whether the pack's signature is by this key; `why` is a plain sentence. Never throws for what a file says. */
export async function verifyPackSignature(
  pack: object,
  publicKey: CryptoKey | KeyObject | Uint8Array,
): Promise<{ readonly ok: true } | { readonly ok: false; readonly why: string }> {
  const jws = detachedJwsOf(pack);
  if (!jws) return { ok: false, why: "the signature is not a detached JWS (header..signature)" };
  try {
    const bytes = signedBytes(pack);
    const payload = jws.isEncoded ? Buffer.from(bytes).toString("base64url") : bytes;
    await flattenedVerify({ protected: jws.header, payload, signature: jws.signature }, publicKey, {
      algorithms: ALGORITHMS,
    });
    return { ok: true };
  } catch {
    return { ok: false, why: "the pack was changed after it was signed, or another key signed it" };
  }
}

/** The signature's own word about who signed (`kid`); null if it says nothing. No proof of anything. */
export function signerNamedBy(pack: object): string | null {
  return detachedJwsOf(pack)?.keyId ?? null;
}

/** A public Ed25519 key from a PEM (SPKI) or JWK text. Throws for anything else. */
export async function publicKeyFrom(text: string): Promise<CryptoKey | Uint8Array> {
  // A JWK may have its PEM beside it, as the server's own answer has.
  if (!text.trimStart().startsWith("{")) return importSPKI(text, "EdDSA");
  const { kty, crv, x }: JWK = JSON.parse(text);
  if (kty !== "OKP" || crv !== "Ed25519" || !x) throw new TypeError("not an Ed25519 key");
  return importJWK({ kty, crv, x }, "EdDSA"); // Without `d`: a private key's file verifies too.
}

function signedBytes(pack: object): Uint8Array {
  const unsigned: { signature?: unknown } = { ...pack };
  delete unsigned.signature;
  return new TextEncoder().encode(canonicalJson(unsigned));
}

function detachedJwsOf(pack: object) {
  const compact = "signature" in pack ? pack.signature : null;
  const [, header, signature] =
    (typeof compact === "string" && compact.match(/^([\w-]+)\.\.([\w-]+)$/)) || [];
  if (!header || !signature) return null;
  try {
    const { kid, b64 } = decodeProtectedHeader({ protected: header });
    // RFC 7797 leaves the payload as it is; other tools may sign so.
    return { header, signature, keyId: typeof kid === "string" ? kid : null, isEncoded: b64 !== false };
  } catch {
    return null;
  }
}
