import { hash } from "node:crypto";
import canonicalize from "canonicalize";

/**
 * The RFC 8785 (JSON Canonicalization Scheme) text of a value. Throws for what JSON cannot say: NaN,
 * infinities, lone surrogates, circles.
 */
export function canonicalJson(value: object): string {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError("the value has no JSON form");
  return text;
}

/** SHA-256 of the text's UTF-8 bytes, in lowercase hex. */
export function sha256Hex(text: string): string {
  return hash("sha256", text, "hex");
}
