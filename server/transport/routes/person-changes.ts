import { z } from "zod";
import { entryProblemsFrom } from "../../domain/entry-problems.ts";
import { nipWarningOf } from "../../domain/nip-warning.ts";
import type { Enrolment, JoinLink, Staff } from "../../ports.ts";
import {
  enrolmentBodySchema,
  enrolmentSchema,
  staffBodySchema,
  staffSchema,
  warningSchema,
} from "../../protocol/api-records.ts";
import { accept, refuse } from "../../protocol/errors.ts";
import { enrolmentIdSchema, staffIdSchema } from "../../protocol/ids.ts";
import { startDateOf } from "../entry-start.ts";
import { fieldRefused } from "../field-refusal.ts";
import { officeRoute, replyJson } from "../route.ts";
import { changedFields } from "../trail-facts.ts";
import { MAX_JSON_BYTES, noQuery, type RouteParts } from "./route-parts.ts";

const enrolmentParams = z.object({ enrolmentId: enrolmentIdSchema });
const staffParams = z.object({ staffId: staffIdSchema });

/** Changes what is known of somebody, or takes them out while nothing has happened with them. */
export function personChangeRoutes(parts: RouteParts) {
  const { store, clock, classes } = parts;
  const endAll = (links: readonly JoinLink[]) => {
    for (const { id } of links) classes.endLink(id);
  };
  return [
    officeRoute({
      method: "put",
      path: "/api/v1/enrolments/:enrolmentId",
      summary: "Changes what is known of a person; the programme's conditions of entry hold as at an import",
      trail: { action: "person.changed" },
      params: enrolmentParams,
      query: noQuery,
      body: { kind: "json", schema: enrolmentBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: enrolmentSchema.extend({ warnings: z.array(warningSchema) }) },
      async handle({ params, body }) {
        const before = await store.enrolments.find(params.enrolmentId);
        if (!before) return refuse("not-found");
        if (before.erasedAt !== null) return refuse("conflict", "the personal data were erased");
        const { conditions } = await store.entry.find(before.programmeId);
        const startDate = await startDateOf(store, before.programmeId, clock.now());
        const problems = entryProblemsFrom(body, conditions, startDate);
        if (problems.length > 0) {
          return refuse("bad-request", {
            errors: problems.map(({ field, message }) => ({ path: field, message })),
          });
        }
        const changed = await store.enrolments.change(before.id, body);
        if (!changed.ok) {
          if (changed.code !== "already-exists") return changed;
          return fieldRefused("externalId", "somebody of this programme has this number", changed.code);
        }
        const after: Enrolment = { ...before, ...body };
        const warning = nipWarningOf(body.externalId, body.birthDate);
        const warnings = warning ? [{ path: "externalId", message: warning }] : [];
        const json = { ...after, warnings };
        return accept({ status: 200, body: { json }, changed: changedFields(before, after) });
      },
    }),
    officeRoute({
      method: "delete",
      path: "/api/v1/enrolments/:enrolmentId",
      summary: "Takes a person off the roster while no class, mark, result or certificate names them",
      trail: {
        action: "person.removed",
        about: ({ json }) => (json ? { programmeId: json.programmeId } : {}),
      },
      params: enrolmentParams,
      query: noQuery,
      response: { status: 200, schema: enrolmentSchema },
      async handle({ params }) {
        const person = await store.enrolments.find(params.enrolmentId);
        if (!person) return refuse("not-found");
        const links = await store.links.ofPerson(person.id);
        const removed = await store.enrolments.remove(person.id);
        if (!removed.ok) return removed;
        endAll(links);
        return replyJson(200, person);
      },
    }),
    officeRoute({
      method: "put",
      path: "/api/v1/staff/:staffId",
      summary: "Changes a member of the staff",
      trail: { action: "staff.changed" },
      params: staffParams,
      query: noQuery,
      body: { kind: "json", schema: staffBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: staffSchema },
      async handle({ params, body }) {
        const before = await store.staff.find(params.staffId);
        if (!before) return refuse("not-found");
        const after: Staff = { ...before, ...body };
        const changed = await store.staff.change(after);
        if (!changed.ok) {
          if (changed.code !== "already-exists") return changed;
          return fieldRefused("email", "somebody of this programme has this address", changed.code);
        }
        return accept({ status: 200, body: { json: after }, changed: changedFields(before, after) });
      },
    }),
    officeRoute({
      method: "delete",
      path: "/api/v1/staff/:staffId",
      summary: "Takes a member of the staff away while no class names them",
      trail: {
        action: "staff.removed",
        about: ({ json }) => (json ? { programmeId: json.programmeId } : {}),
      },
      params: staffParams,
      query: noQuery,
      response: { status: 200, schema: staffSchema },
      async handle({ params }) {
        const member = await store.staff.find(params.staffId);
        if (!member) return refuse("not-found");
        const links = await store.links.ofPerson(member.id);
        const removed = await store.staff.remove(member.id);
        if (!removed.ok) return removed;
        endAll(links);
        return replyJson(200, member);
      },
    }),
  ];
}
