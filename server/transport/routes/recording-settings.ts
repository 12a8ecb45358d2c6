import {
  programmeKeepingSchema,
  recordingSettingsSchema,
  recordingSpaceSchema,
} from "../../protocol/recording-office.ts";
import { recordingSpaceOf } from "../recording-space.ts";
import { officeRoute, replyJson } from "../route.ts";
import {
  MAX_JSON_BYTES,
  noParams,
  noQuery,
  programmeFrom,
  programmeParams,
  type RouteParts,
} from "./route-parts.ts";

/** RO1, RO10, RO11: for how long recordings are kept, what room they may take, and whether it is enough. */
export function recordingSettingRoutes(parts: RouteParts) {
  const { store } = parts;
  const { recordingSettings } = store;
  return [
    officeRoute({
      method: "get",
      path: "/api/v1/recording-settings",
      summary: "How many days recordings are kept, and what room they may take",
      trail: null,
      params: noParams,
      query: noQuery,
      response: { status: 200, schema: recordingSettingsSchema },
      async handle() {
        return replyJson(200, await recordingSettings.get());
      },
    }),
    officeRoute({
      method: "put",
      path: "/api/v1/recording-settings",
      summary: "Sets both; recordings that have begun keep the days that people were told",
      trail: {
        action: "recording-settings.changed",
        about: ({ body }) => ({ subject: { kind: "server", id: null }, detail: { keptDays: body.keptDays } }),
      },
      params: noParams,
      query: noQuery,
      body: { kind: "json", schema: recordingSettingsSchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: recordingSettingsSchema },
      async handle({ body }) {
        await recordingSettings.put(body);
        return replyJson(200, await recordingSettings.get());
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/programmes/:programme/recording-settings",
      summary: "How many days a programme's recordings are kept, where it has a number of its own",
      trail: null,
      params: programmeParams,
      query: noQuery,
      response: { status: 200, schema: programmeKeepingSchema },
      async handle({ params }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        return replyJson(200, { keptDays: await recordingSettings.keptDaysOf(programme.data.id) });
      },
    }),
    officeRoute({
      method: "put",
      path: "/api/v1/programmes/:programme/recording-settings",
      summary: "Gives a programme a number of days of its own, or (null) the installation's",
      trail: {
        action: "recording-settings.changed",
        about: ({ body }) => ({ detail: { keptDays: body.keptDays ?? 0 } }),
      },
      params: programmeParams,
      query: noQuery,
      body: { kind: "json", schema: programmeKeepingSchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: programmeKeepingSchema },
      async handle({ params, body }) {
        const programme = await programmeFrom(store, params.programme);
        if (!programme.ok) return programme;
        await recordingSettings.keepDays(programme.data.id, body.keptDays);
        return replyJson(200, body);
      },
    }),
    officeRoute({
      method: "get",
      path: "/api/v1/recording-space",
      summary: "What room recordings have, and whether it is enough for what is planned",
      trail: null,
      params: noParams,
      query: noQuery,
      response: { status: 200, schema: recordingSpaceSchema },
      async handle() {
        return replyJson(200, await recordingSpaceOf(parts));
      },
    }),
  ];
}
