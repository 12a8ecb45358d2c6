import { z } from "zod";
import type { Staff } from "../../ports.ts";
import { pageQuerySchema, pageSchema } from "../../protocol/api-fields.ts";
import { staffBodySchema, staffSchema } from "../../protocol/api-records.ts";
import { refuse } from "../../protocol/errors.ts";
import { staffIdSchema } from "../../protocol/ids.ts";
import { fieldRefused } from "../field-refusal.ts";
import { officeRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noQuery, programmeFrom, programmeParams, type RouteParts } from "./route-parts.ts";

export function staffRoutes({ store, clock, newId }: RouteParts) {
  return [
    officeRoute({
      method: "post",
      path: "/api/v1/programmes/:programme/staff",
      summary: "Adds an instructor or a facilitator",
      trail: {
        action: "staff.added",
        about: ({ json }) => (json ? { subject: { kind: "staff", id: json.id }, people: [json.id] } : {}),
      },
      params: programmeParams,
      query: noQuery,
      body: { kind: "json", schema: staffBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 201, schema: staffSchema },
      async handle({ params, body }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        const staff: Staff = {
          id: newId("stf"),
          programmeId: programme.data.id,
          ...body,
          createdAt: clock.now(),
        };
        const created = await store.staff.create(staff);
        if (created.ok) return replyJson(201, staff);
        return created.code === "already-exists"
          ? fieldRefused("email", "somebody of this programme has this address", created.code)
          : created;
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme/staff",
      summary: "Lists a programme's staff",
      trail: { action: "staff.read" },
      params: programmeParams,
      query: pageQuerySchema,
      response: { status: 200, schema: pageSchema(staffSchema) },
      async handle({ params, query }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        return replyJson(200, await store.staff.list(programme.data.id, query));
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/staff/:staffId",
      summary: "One member of the staff",
      trail: { action: "staff.read" },
      params: z.object({ staffId: staffIdSchema }),
      query: noQuery,
      response: { status: 200, schema: staffSchema },
      async handle({ params }) {
        const staff = await store.staff.find(params.staffId);
        return staff ? replyJson(200, staff) : refuse("not-found");
      },
    }),
  ];
}
