import { z } from "zod";
import {
  copyBodySchema,
  groupPlanBodySchema,
  groupPlanListSchema,
  lastGroupsSchema,
  savedGroupPlanSchema,
} from "../../protocol/case-work.ts";
import { accept, refuse } from "../../protocol/errors.ts";
import { groupPlanIdSchema, linkIdSchema } from "../../protocol/ids.ts";
import { lastGroups } from "../case-work.ts";
import { type Access, linkRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noQuery, type RouteParts, sessionFrom } from "./route-parts.ts";

const STAFF: readonly Access[] = ["instructor", "facilitator"];
const linkParams = z.object({ linkId: linkIdSchema });
const planParams = linkParams.extend({ planId: groupPlanIdSchema });
const subject = (json: { readonly planId: string } | null) => ({
  subject: { kind: "group-plan", id: json?.planId ?? null },
});

/** Saved plans of groups, by the staff's own link. */
export function groupPlanRoutes({ store, newId, clock }: RouteParts) {
  const planOf = async (sessionId: string, planId: z.infer<typeof groupPlanIdSchema>) => {
    const found = await store.groupPlans.find(planId);
    return found?.sessionId === sessionId ? accept(found) : refuse("plan-unknown");
  };
  return [
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/group-plans",
      summary: "Lists the saved plans of the session",
      access: STAFF,
      params: linkParams,
      query: noQuery,
      response: { status: 200, schema: groupPlanListSchema },
      async handle({ actor }) {
        return replyJson(200, { items: await store.groupPlans.list(actor.session.id) });
      },
    }),
    linkRoute({
      method: "get",
      path: "/api/v1/join/:linkId/last-groups",
      summary: "The groups of last time: of this session, or of the latest one before it that had any",
      access: STAFF,
      params: linkParams,
      query: noQuery,
      response: { status: 200, schema: lastGroupsSchema },
      async handle({ actor }) {
        return replyJson(200, await lastGroups(store, actor.session));
      },
    }),
    linkRoute({
      method: "post",
      path: "/api/v1/join/:linkId/group-plans",
      summary: "Saves a plan of groups",
      trail: { action: "group-plan.written", about: ({ json }) => subject(json) },
      access: STAFF,
      params: linkParams,
      query: noQuery,
      body: { kind: "json", schema: groupPlanBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 201, schema: savedGroupPlanSchema },
      async handle({ body, actor }) {
        const ids = { planId: newId("pln"), sessionId: actor.session.id };
        const saved = { ...body, ...ids, updatedAt: clock.now() };
        await store.groupPlans.put(saved);
        return replyJson(201, saved);
      },
    }),
    linkRoute({
      method: "put",
      path: "/api/v1/join/:linkId/group-plans/:planId",
      summary: "Changes a saved plan; rooms that are open already stay as they are",
      trail: { action: "group-plan.written", about: ({ json }) => subject(json) },
      access: STAFF,
      params: planParams,
      query: noQuery,
      body: { kind: "json", schema: groupPlanBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: savedGroupPlanSchema },
      async handle({ params, body, actor }) {
        const found = await planOf(actor.session.id, params.planId);
        if (!found.ok) return found;
        const saved = { ...found.data, ...body, updatedAt: clock.now() };
        await store.groupPlans.put(saved);
        return replyJson(200, saved);
      },
    }),
    linkRoute({
      method: "delete",
      path: "/api/v1/join/:linkId/group-plans/:planId",
      summary: "Removes a saved plan",
      trail: { action: "group-plan.removed", about: ({ params }) => subject(params) },
      access: STAFF,
      params: planParams,
      query: noQuery,
      response: { status: 204, schema: null },
      async handle({ params, actor }) {
        const found = await planOf(actor.session.id, params.planId);
        if (!found.ok) return found;
        await store.groupPlans.remove(params.planId);
        return accept({ status: 204, body: null });
      },
    }),
    linkRoute({
      method: "post",
      path: "/api/v1/join/:linkId/group-plans/:planId/copies",
      summary: "Copies a plan to another session of the programme; its case stays behind",
      trail: { action: "group-plan.written", about: ({ json }) => subject(json) },
      access: STAFF,
      params: planParams,
      query: noQuery,
      body: { kind: "json", schema: copyBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 201, schema: savedGroupPlanSchema },
      async handle({ params, body, actor }) {
        const found = await planOf(actor.session.id, params.planId);
        if (!found.ok) return found;
        const target = await sessionFrom(store, body.sessionId);
        if (!target.ok) return target;
        if (target.data.programmeId !== actor.session.programmeId) return refuse("not-found");
        const isSame = target.data.id === actor.session.id;
        const saved = {
          ...found.data,
          planId: newId("pln"),
          sessionId: target.data.id,
          caseId: isSame ? found.data.caseId : null,
          updatedAt: clock.now(),
        };
        await store.groupPlans.put(saved);
        return replyJson(201, saved);
      },
    }),
  ];
}
