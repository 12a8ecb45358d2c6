import {
  type ClassLogEvent,
  type ClassLogType,
  classLogSchemas,
  isEvidence,
  type SequencedEvent,
} from "../protocol/events.ts";
import { type EvidenceBody, evidenceBodySchemas } from "../protocol/evidence.ts";

/** One row to be written, before it has its place in the ledger. */
export interface Entry {
  readonly table: "ledger" | "class_log";
  readonly at: number;
  readonly type: string;
  /** The body's fields without `type`. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** Null for evidence that is no class event. */
  readonly classSeq: number | null;
  /** What it does to the list of open connections and to the class being open. */
  readonly effect: Effect;
}

export type Effect =
  | { readonly kind: "none" }
  | { readonly kind: "opens" }
  | { readonly kind: "closes" }
  | { readonly kind: "ends-connections" }
  | { readonly kind: "joins"; readonly connectionId: string }
  | { readonly kind: "leaves"; readonly connectionId: string };

function effectOf(body: EvidenceBody): Effect {
  switch (body.type) {
    case "class.opened":
      return { kind: "opens" };
    case "class.closed":
      return { kind: "closes" };
    case "server.recovered":
      return { kind: "ends-connections" };
    case "presence.joined":
      return { kind: "joins", connectionId: body.connectionId };
    case "presence.left":
      return { kind: "leaves", connectionId: body.connectionId };
    default:
      return { kind: "none" };
  }
}

/**
 * The fields as they are stored, and therefore hashed: without what is undefined, and with lone surrogates
 * replaced, because RFC 8785 has no text for them and one client's text must not spoil a class's write.
 */
function storedFieldsOf(body: { readonly type: string }): Record<string, unknown> {
  const { type, ...fields } = body;
  if (Object.values(fields).every(isPlain)) return fields;
  const text = JSON.stringify(fields, (_key, value) =>
    typeof value === "string" ? value.toWellFormed() : value,
  );
  return JSON.parse(text);
}

/** What JSON gives back as it was: most rows have nothing else, and spare themselves the way there and back. */
function isPlain(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  return typeof value === "number" ? Number.isFinite(value) && !Object.is(value, -0) : value === null;
}

/** Only the fields that evidence of this type has. Throws (a bug) when one is missing or wrong. */
export function entryFromEvidence(body: EvidenceBody & { readonly at: number }): Entry {
  return evidenceEntry(body, body.at, null);
}

/** Evidence goes to the ledger, the rest to the class log. Throws (a bug) on a malformed event. */
export function entryFromEvent(event: SequencedEvent): Entry {
  if (isEvidence(event)) return evidenceEntry(event, event.at, event.seq);
  const body: ClassLogEvent = classLogSchemas[event.type as ClassLogType].parse(event);
  return {
    table: "class_log",
    at: event.at,
    type: body.type,
    fields: storedFieldsOf(body),
    classSeq: event.seq,
    effect: { kind: "none" },
  };
}

function evidenceEntry(source: EvidenceBody, at: number, classSeq: number | null): Entry {
  const body: EvidenceBody = evidenceBodySchemas[source.type].parse(source);
  return {
    table: "ledger",
    at,
    type: body.type,
    fields: storedFieldsOf(body),
    classSeq,
    effect: effectOf(body),
  };
}
