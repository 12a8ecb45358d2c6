import type { TrailAction } from "../protocol/trail.ts";
import type { TrailFacts } from "./route-trail.ts";

/** A list that was asked for as a file left the server: that is another deed than looking at it. */
export function fileFacts(action: TrailAction, format: string): TrailFacts {
  return format === "json" ? {} : { action, detail: { format } };
}

/** The answer's counts. */
export function countFacts<Name extends string>(
  json: Readonly<Record<Name, number>> | null,
  names: readonly Name[],
): TrailFacts {
  return json ? { detail: Object.fromEntries(names.map((name) => [name, json[name]])) } : {};
}

/** Whoever adds or changes a few people by hand is told apart; of a whole file the counts are enough. */
const FEW = 20;

export function fewPeople(
  json: { readonly rows: readonly { readonly id?: string | undefined }[] } | null,
): TrailFacts {
  const ids = (json?.rows ?? []).flatMap(({ id }) => (id === undefined ? [] : [id]));
  return ids.length > 0 && ids.length <= FEW ? { people: ids } : {};
}

/** Marks name everybody whom they are about. */
export function markFacts(
  json: { readonly items: readonly { readonly enrolmentId: string }[] } | null,
): TrailFacts {
  const people = [...new Set(json?.items.map(({ enrolmentId }) => enrolmentId))];
  return { people, detail: { marks: json?.items.length ?? 0 } };
}

/** Names of the fields that differ. */
export function changedFields(before: object, after: object): string[] {
  const old: Readonly<Record<string, unknown>> = { ...before };
  return Object.entries(after).flatMap(([name, value]) =>
    JSON.stringify(old[name]) === JSON.stringify(value) ? [] : [name],
  );
}
