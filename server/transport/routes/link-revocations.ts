import { z } from "zod";
import type { LinkStore } from "../../ports.ts";
import { linkRevocationBodySchema, linkRevocationsSchema, linkSchema } from "../../protocol/api.ts";
import { refuse } from "../../protocol/errors.ts";
import { enrolmentIdSchema, type LinkId, staffIdSchema } from "../../protocol/ids.ts";
import { officeRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noQuery, type RouteParts } from "./route-parts.ts";

const listSchema = z.strictObject({ items: z.array(linkSchema) });

/** Links of people, and many of them revoked at once. */
export function linkRevocationRoutes({ store, clock, classes }: RouteParts) {
  return [
    officeRoute({
      method: "post",
      path: "/api/v1/links/revocation",
      summary: "Revokes many links, all of a session, or all of a person; a result for each",
      trail: {
        action: "links.revoked",
        about: ({ json, body }) => ({
          subject: { kind: "links", id: null },
          people: [
            ...("enrolmentId" in body ? [body.enrolmentId] : []),
            ...("staffId" in body ? [body.staffId] : []),
          ],
          ...("sessionId" in body ? { sessionId: body.sessionId } : {}),
          detail: { revoked: json?.revoked ?? 0 },
        }),
      },
      params: z.object({}),
      query: noQuery,
      body: { kind: "json", schema: linkRevocationBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: linkRevocationsSchema },
      async handle({ body }) {
        const at = clock.now();
        const items: z.infer<typeof linkRevocationsSchema>["items"] = [];
        for (const linkId of await idsOf(store.links, body)) {
          const before = await store.links.find(linkId);
          if (!before) items.push({ linkId, outcome: "not-found" });
          else if (before.revokedAt !== null) items.push({ linkId, outcome: "already-revoked" });
          else {
            await store.links.revoke(linkId, at);
            classes.endLink(linkId);
            items.push({ linkId, outcome: "revoked" });
          }
        }
        const revoked = items.filter(({ outcome }) => outcome === "revoked").length;
        return replyJson(200, { revoked, items });
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/enrolments/:enrolmentId/links",
      summary: "All join links that a person ever had, without their tokens",
      trail: { action: "links.read" },
      params: z.object({ enrolmentId: enrolmentIdSchema }),
      query: noQuery,
      response: { status: 200, schema: listSchema },
      async handle({ params }) {
        if (!(await store.enrolments.find(params.enrolmentId))) return refuse("not-found");
        return replyJson(200, { items: await store.links.ofPerson(params.enrolmentId) });
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/staff/:staffId/links",
      summary: "All join links that a member of the staff ever had, without their tokens",
      trail: { action: "links.read" },
      params: z.object({ staffId: staffIdSchema }),
      query: noQuery,
      response: { status: 200, schema: listSchema },
      async handle({ params }) {
        if (!(await store.staff.find(params.staffId))) return refuse("not-found");
        return replyJson(200, { items: await store.links.ofPerson(params.staffId) });
      },
    }),
  ];
}

async function idsOf(
  links: LinkStore,
  body: z.output<typeof linkRevocationBodySchema>,
): Promise<readonly LinkId[]> {
  if ("linkIds" in body) return [...new Set(body.linkIds)];
  if ("sessionId" in body) return (await links.ofSession(body.sessionId)).map(({ id }) => id);
  const person = "enrolmentId" in body ? body.enrolmentId : body.staffId;
  return (await links.ofPerson(person)).map(({ id }) => id);
}
