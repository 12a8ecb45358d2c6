import type { Signer } from "../ports.ts";

/**
 * A JWS in its three parts (RFC 7515, RFC 8037: `alg` EdDSA, `kid` the signer's). The bytes go to the signer,
 * not its key to us: another service can sign in its place.
 */
export async function signJws(
  payload: Uint8Array,
  header: Readonly<Record<string, string>>,
  signer: Signer,
): Promise<{ readonly header: string; readonly payload: string; readonly signature: string }> {
  const whole = { alg: "EdDSA", kid: signer.keyId, ...header };
  const [head, body] = [Buffer.from(JSON.stringify(whole)), payload].map((part) =>
    Buffer.from(part).toString("base64url"),
  ) as [string, string];
  const signature = await signer.sign(Buffer.from(`${head}.${body}`, "ascii"));
  return { header: head, payload: body, signature: Buffer.from(signature).toString("base64url") };
}
