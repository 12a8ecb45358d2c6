import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
  sign,
} from "node:crypto";
import { link, mkdir, open, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Signer } from "./ports.ts";

export const SIGNING_KEY_FILE = "signing-key.pem";

/**
 * The installation's own key, an Ed25519 private key in `signing-key.pem` (PKCS8, its owner's alone) beside the
 * records; made at the first start. Throws when the file is there and is no such key: another key in its
 * place would disown everything signed so far.
 */
export async function openKeyFileSigner(dataDir: string): Promise<Signer> {
  const file = join(dataDir, SIGNING_KEY_FILE);
  await mkdir(dataDir, { recursive: true });
  const pem = (await pemIn(file)) ?? (await makeKey(file));
  try {
    return signerFrom(createPrivateKey(pem));
  } catch (cause) {
    throw new Error(`${file} is no Ed25519 private key (PEM): put the right one back`, { cause });
  }
}

/** Signs with a key in memory. Throws for a key that is not Ed25519. */
export function signerFrom(privateKey: KeyObject): Signer {
  if (privateKey.asymmetricKeyType !== "ed25519") throw new TypeError("not an Ed25519 key");
  const { x } = createPublicKey(privateKey).export({ format: "jwk" });
  if (!x) throw new TypeError("the key has no public part");
  // RFC 7638: the required members in the order of the alphabet.
  const members = JSON.stringify({ crv: "Ed25519", kty: "OKP", x });
  return {
    keyId: createHash("sha256").update(members).digest("base64url"),
    publicKey: { kty: "OKP", crv: "Ed25519", x },
    sign: async (bytes) => sign(null, bytes, privateKey),
  };
}

async function pemIn(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (fault) {
    if (fault instanceof Error && "code" in fault && fault.code === "ENOENT") return null;
    throw new Error(`${file} cannot be read`, { cause: fault });
  }
}

/** Written aside and linked: nobody reads half a key, and of two that start at once one key counts. */
async function makeKey(file: string): Promise<string> {
  const pem = generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const aside = `${file}.${randomUUID()}`;
  const handle = await open(aside, "wx", 0o600);
  try {
    await handle.writeFile(pem);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await link(aside, file).catch((fault: NodeJS.ErrnoException) => {
    if (fault.code !== "EEXIST") throw fault;
  });
  await rm(aside);
  return await readFile(file, "utf8");
}
