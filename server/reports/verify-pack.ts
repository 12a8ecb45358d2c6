import type { CryptoKey } from "jose";
import { attendanceFrom } from "../domain/attendance.ts";
import { personAttendanceSchema } from "../protocol/evidence.ts";
import { canonicalJson } from "./canonical.ts";
import { verifyChain } from "./chain.ts";
import { signerNamedBy, verifyPackSignature } from "./pack-signature.ts";
import type { ReadPack } from "./read-pack.ts";

/** One thing that was checked: `unknown` is what could not be. */
export interface Finding {
  readonly check: "chain" | "attendance" | "signature";
  readonly verdict: "good" | "bad" | "unknown";
  readonly sentence: string;
}

/** Checks a pack's chain, its stated attendance and its signature; all three, whatever the first ones say. */
export async function verifyPack(
  pack: ReadPack,
  publicKey: CryptoKey | Uint8Array | null,
): Promise<readonly Finding[]> {
  return [chainFinding(pack), attendanceFinding(pack), await signatureFinding(pack, publicKey)];
}

function chainFinding({ session, events }: ReadPack): Finding {
  const found = verifyChain(session.id, events);
  if (found.ok) return { check: "chain", verdict: "good", sentence: `${events.length} rows, unbroken.` };
  const type = events[found.index]?.type;
  return {
    check: "chain",
    verdict: "bad",
    sentence: `The first bad row is events[${found.index}] (seq ${found.seq}, ${type}): ${found.why}.`,
  };
}

function attendanceFinding(pack: ReadPack): Finding {
  const why = differenceFrom(pack);
  if (why !== null) return { check: "attendance", verdict: "bad", sentence: why };
  const sentence = `recomputed for ${pack.roster.length} people; it is what the pack says.`;
  return { check: "attendance", verdict: "good", sentence };
}

function differenceFrom(pack: ReadPack): string | null {
  const stated = pack.raw.attendance;
  if (!Array.isArray(stated)) return "The pack states no attendance to compare with.";
  const computed = attendanceFrom({ ...pack, events: pack.rows });
  if (stated.length !== computed.length) {
    return `The pack states ${stated.length} people, its roster has ${computed.length}.`;
  }
  for (const [i, person] of computed.entries()) {
    const parsed = personAttendanceSchema.safeParse(stated[i]);
    if (!parsed.success) {
      return `attendance[${i}] (${person.enrolmentId}) does not have the format's fields.`;
    }
    if (canonicalJson(parsed.data) === canonicalJson(person)) continue;
    const slot = person.slots.findIndex(
      (own, j) => canonicalJson(own) !== canonicalJson(parsed.data.slots[j] ?? {}),
    );
    const place = slot < 0 ? `attendance[${i}]` : `attendance[${i}].slots[${slot}]`;
    const says = slot < 0 ? { ...parsed.data, slots: undefined } : parsed.data.slots[slot];
    const gives = slot < 0 ? { ...person, slots: undefined } : person.slots[slot];
    return `${place} (${person.enrolmentId}) says ${JSON.stringify(says)}, the rows give ${JSON.stringify(gives)}.`;
  }
  return null;
}

async function signatureFinding(pack: ReadPack, publicKey: CryptoKey | Uint8Array | null): Promise<Finding> {
  const signature = pack.raw.signature ?? null;
  if (publicKey === null) {
    const signer = signerNamedBy(pack.raw);
    const state =
      signature === null
        ? "The pack is not signed"
        : `Signed${signer ? ` by key ${signer}` : ""}, not checked`;
    const sentence = `${state}: there is no key to trust. Give the centre's public key with --key FILE.`;
    return { check: "signature", verdict: "unknown", sentence };
  }
  if (signature === null) return { check: "signature", verdict: "bad", sentence: "The pack is not signed." };
  const found = await verifyPackSignature(pack.raw, publicKey);
  return found.ok
    ? { check: "signature", verdict: "good", sentence: "made by the key given." }
    : { check: "signature", verdict: "bad", sentence: `It does not fit the key given: ${found.why}.` };
}
