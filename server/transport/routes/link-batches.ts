import type { z } from "zod";
import type { Session, Store } from "../../ports.ts";
import { linksBodySchema, linksCreatedSchema } from "../../protocol/api.ts";
import { refuse } from "../../protocol/errors.ts";
import type { EnrolmentId, StaffId } from "../../protocol/ids.ts";
import { type LinkOwner, linkExpiresAt } from "../auth.ts";
import { officeRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noQuery, type RouteParts, sessionFrom, sessionParams } from "./route-parts.ts";

type Refused = Extract<z.infer<typeof linksCreatedSchema>["items"][number], { outcome: "refused" }>;

/** Links for many people by one request. */
export function linkBatchRoutes({ store, clock, auth }: RouteParts) {
  return [
    officeRoute({
      method: "post",
      path: "/api/v1/sessions/:sessionId/links/batch",
      summary: "Makes personal join links for many people; a result for each, and the addresses this once",
      trail: {
        action: "links.created",
        about: ({ json }) => ({
          subject: { kind: "links", id: null },
          people: (json?.items ?? []).flatMap((item) =>
            item.outcome === "created" ? (item.link.enrolmentId ?? item.link.staffId ?? []) : [],
          ),
          detail: { created: json?.created ?? 0, refused: json?.refused ?? 0 },
        }),
      },
      params: sessionParams,
      query: noQuery,
      body: { kind: "json", schema: linksBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: linksCreatedSchema },
      async handle({ params, body }) {
        const session = await sessionFrom(store, params.sessionId);
        if (!session.ok) return session;
        if (session.data.cancellation) return refuse("session-cancelled");
        if (linkExpiresAt(session.data, clock.now()) <= clock.now()) {
          return refuse("conflict", "the session ended more than 14 days ago");
        }
        const { owners, refused } = await inviteesFrom(store, session.data, body);
        const made = await auth.createLinks(session.data, owners);
        const created = made.map(({ link, url }) => ({
          outcome: "created" as const,
          link: { ...link, url },
        }));
        return replyJson(200, {
          created: created.length,
          refused: refused.length,
          items: [...created, ...refused],
        });
      },
    }),
  ];
}

/** Who of those asked for belongs to the session, each once, and why the others do not. */
async function inviteesFrom(
  store: Store,
  session: Session,
  asked: { readonly enrolmentIds: readonly EnrolmentId[]; readonly staffIds: readonly StaffId[] },
): Promise<{ readonly owners: readonly LinkOwner[]; readonly refused: readonly Refused[] }> {
  const roster = await store.enrolments.roster(session.programmeId, session.group);
  const participants = new Set(roster.map(({ id }) => id));
  const owners: LinkOwner[] = [];
  const refused: Refused[] = [];
  const refuseOne = (personId: EnrolmentId | StaffId, message: string) =>
    refused.push({ outcome: "refused", personId, message });
  for (const enrolmentId of new Set(asked.enrolmentIds)) {
    if (participants.has(enrolmentId)) owners.push({ enrolmentId });
    else refuseOne(enrolmentId, "is nobody of the session's programme and group");
  }
  for (const staffId of new Set(asked.staffIds)) {
    const member = await store.staff.find(staffId);
    if (member?.programmeId === session.programmeId) owners.push({ staffId });
    else refuseOne(staffId, "is nobody of the session's programme");
  }
  return { owners, refused };
}
