import { z } from "zod";
import { decideProgrammeChange } from "../../domain/programme-change.ts";
import type { Programme } from "../../ports.ts";
import { pageQuerySchema, pageSchema } from "../../protocol/api-fields.ts";
import {
  programmeBodySchema,
  programmeChangeSchema,
  programmeSchema,
  requirementErrorsFrom,
} from "../../protocol/api-records.ts";
import { accept, refuse } from "../../protocol/errors.ts";
import { policySchema } from "../../protocol/evidence.ts";
import { programmeIdSchema } from "../../protocol/ids.ts";
import { fieldRefused } from "../field-refusal.ts";
import { officeRoute, replyJson } from "../route.ts";
import { changedFields } from "../trail-facts.ts";
import {
  MAX_JSON_BYTES,
  noParams,
  noQuery,
  programmeFrom,
  programmeParams,
  type RouteParts,
} from "./route-parts.ts";

export function programmeRoutes({ store, clock, newId }: RouteParts) {
  return [
    officeRoute({
      method: "post",
      path: "/api/v1/programmes",
      summary: "Creates a programme with its units and its policy",
      trail: {
        action: "programme.created",
        about: ({ json }) =>
          json ? { subject: { kind: "programme", id: json.id }, programmeId: json.id } : {},
      },
      params: noParams,
      query: noQuery,
      body: { kind: "json", schema: programmeBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 201, schema: z.strictObject({ id: programmeIdSchema }) },
      async handle({ body }) {
        const programme: Programme = {
          id: newId("prg"),
          ...body,
          policyVersion: 1,
          policyFrozenAt: null,
          createdAt: clock.now(),
        };
        const created = await store.programmes.create(programme);
        if (created.ok) return replyJson(201, { id: programme.id });
        return created.code === "already-exists"
          ? fieldRefused("code", "another programme has this code", created.code)
          : created;
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/programmes",
      summary: "Lists the programmes",
      trail: null,
      params: noParams,
      query: pageQuerySchema,
      response: { status: 200, schema: pageSchema(programmeSchema) },
      async handle({ query }) {
        return replyJson(200, await store.programmes.list(query));
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme",
      summary: "One programme, by id or code",
      trail: null,
      params: programmeParams,
      query: noQuery,
      response: { status: 200, schema: programmeSchema },
      async handle({ params }) {
        const programme = await programmeFrom(store, params.programme);
        return programme.ok ? replyJson(200, programme.data) : programme;
      },
    }),
    officeRoute({
      method: "put",
      path: "/api/v1/programmes/:programme",
      summary: "Changes a programme's title and units; after its first class within what is planned",
      trail: { action: "programme.changed" },
      params: programmeParams,
      query: noQuery,
      body: { kind: "json", schema: programmeChangeSchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: programmeSchema },
      async handle({ params, body }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        const sessions = await store.sessions.all(programme.data.id);
        const decided = decideProgrammeChange(programme.data, body.units, sessions);
        if (!decided.ok) return decided;
        const changed = await store.programmes.change(programme.data.id, body);
        if (!changed.ok) return changed;
        const reply = { status: 200, body: { json: changed.data } };
        return accept({ ...reply, changed: changedFields(programme.data, changed.data) });
      },
    }),
    officeRoute({
      method: "put",
      path: "/api/v1/programmes/:programme/policy",
      summary: "Changes the policy, until the programme's first class opens",
      trail: { action: "policy.changed" },
      params: programmeParams,
      query: noQuery,
      body: { kind: "json", schema: policySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: programmeSchema },
      async handle({ params, body }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        const errors = requirementErrorsFrom(body.requirements, programme.data.units).map(
          ({ index, message }) => ({ path: `requirements.${index}.code`, message }),
        );
        if (errors.length > 0) return refuse("bad-request", { errors });
        const changed = await store.programmes.changePolicy(programme.data.id, body);
        if (!changed.ok) return changed;
        const reply = { status: 200, body: { json: changed.data } };
        return accept({ ...reply, changed: changedFields(programme.data.policy, changed.data.policy) });
      },
    }),
  ];
}
