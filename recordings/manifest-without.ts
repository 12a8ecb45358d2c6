import type { PersonId } from "../server/protocol/ids.ts";
import type { ManifestLine } from "../server/protocol/recordings.ts";
import { withoutPeople } from "../server/protocol/without-people.ts";

/** RO12: a manifest without one person, and the tracks that were theirs. */
export function manifestWithout(
  lines: readonly ManifestLine[],
  personId: PersonId,
): { readonly lines: readonly ManifestLine[]; readonly trackIds: readonly string[] } {
  const hidden = new Set<string>([personId, ...connectionsOf(lines, personId)]);
  const trackIds = new Set(
    lines.flatMap((line) => (line.type === "track" && line.personId === personId ? [line.trackId] : [])),
  );
  const isHidden = (id: string) => hidden.has(id);
  return {
    lines: lines.flatMap((line): ManifestLine[] => {
      if ("trackId" in line) return trackIds.has(line.trackId) ? [] : [line];
      if (line.type === "speakers") {
        return [{ ...line, connectionIds: line.connectionIds.filter((id) => !isHidden(id)) }];
      }
      if (line.type === "state") {
        return [{ ...line, state: (withoutPeople(line.state, isHidden) ?? {}) as typeof line.state }];
      }
      if (line.type !== "event") return [line];
      const event = withoutPeople(line.event, isHidden);
      return event === undefined ? [] : [{ ...line, event: event as typeof line.event }];
    }),
    trackIds: [...trackIds],
  };
}

/** The connections that a manifest says are the person's. */
function connectionsOf(lines: readonly ManifestLine[], personId: PersonId): readonly string[] {
  return lines.flatMap((line) => {
    if (line.type === "track") return line.personId === personId ? [line.connectionId] : [];
    if (line.type === "state") return connectionsIn(line.state, personId);
    return line.type === "event" ? connectionsIn(line.event, personId) : [];
  });
}

/** Wherever somebody's id and a connection's stand in one object. */
function connectionsIn(value: unknown, personId: PersonId): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  const fields = Object.entries(value);
  const isTheirs = fields.some(([key, one]) => key !== "by" && one === personId);
  return fields.flatMap(([key, one]) => {
    if (key === "connectionId" && typeof one === "string") return isTheirs ? [one] : [];
    return connectionsIn(one, personId);
  });
}
