import type { ClassRole } from "../../../server/protocol/people.ts";
import type { Enrolment, Link, Staff } from "../admin-api.ts";

/** Somebody who needs a personal link to a session. */
export interface Invitee {
  readonly id: string;
  readonly name: string;
  readonly role: ClassRole;
  readonly externalId: string | null;
  readonly email: string | null;
  readonly institution: string | null;
  readonly whose: { readonly enrolmentId: string } | { readonly staffId: string };
}

export type LinkState = "none" | "active" | "revoked" | "expired";

export interface LinkRow extends Invitee {
  readonly state: LinkState;
  /** Links that let somebody in, the newest last. */
  readonly active: readonly Link[];
}

/** Everybody of a session: its staff, then its roster (of its group, if it has one). */
export function inviteesFrom(
  staff: readonly Staff[],
  roster: readonly Enrolment[],
  group: string | null,
): readonly Invitee[] {
  return [
    ...staff.map(({ id, name, role, email }) => ({
      id,
      name,
      role,
      email,
      externalId: null,
      institution: null,
      whose: { staffId: id },
    })),
    ...roster
      .filter((person) => group === null || person.group === group)
      .map(({ id, name, email, externalId, institution }) => ({
        id,
        name,
        role: "participant" as const,
        email,
        externalId,
        institution,
        whose: { enrolmentId: id },
      })),
  ];
}

/** Each person's links and what they come to. */
export function linkRowsFrom(
  people: readonly Invitee[],
  links: readonly Link[],
  now: number,
): readonly LinkRow[] {
  const byPerson = Map.groupBy(links, (link): string => link.enrolmentId ?? link.staffId ?? "");
  return people.map((person) => {
    const own = byPerson.get(person.id) ?? [];
    const active = own.filter((link) => link.revokedAt === null && link.expiresAt > now);
    return { ...person, active, state: stateOf(own, active) };
  });
}

function stateOf(own: readonly Link[], active: readonly Link[]): LinkState {
  if (active.length > 0) return "active";
  if (own.length === 0) return "none";
  return own.every((link) => link.revokedAt !== null) ? "revoked" : "expired";
}
