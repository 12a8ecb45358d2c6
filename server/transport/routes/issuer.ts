import { createHash } from "node:crypto";
import { z } from "zod";

import { accept, refuse } from "../../protocol/errors.ts";
import {
  type IssuerFacts,
  issuerBodySchema,
  issuerSchema,
  LOGO_TYPES,
  MAX_LOGO_BYTES,
} from "../../protocol/issuer.ts";
import { pdfFrom } from "../../reports/pdf-from.ts";
import { dataAddressOf } from "../certificate-pdf-of.ts";
import { sampleCertificate } from "../certificate-sample.ts";
import { fieldRefused } from "../field-refusal.ts";
import { logoFrom } from "../logo-from.ts";
import { officeRoute, replyJson } from "../route.ts";
import { MAX_JSON_BYTES, noParams, noQuery, type RouteParts } from "./route-parts.ts";

const NOBODY = { name: null, city: null, signerName: null, signerTitle: null, signerNip: null, logo: null };

/** Who issues certificates; what was issued before keeps the issuer it had. */
export function issuerRoutes({ store, clock, publicUrl }: RouteParts) {
  const path = "/api/v1/issuer";
  const needed = () => refuse("conflict", "say who issues certificates first");
  const changed = async (issuer: IssuerFacts) => {
    await store.issuer.change(issuer);
    return replyJson(200, issuer);
  };
  return [
    officeRoute({
      method: "get",
      path,
      summary: "Who issues this installation's certificates",
      trail: null,
      params: noParams,
      query: noQuery,
      response: { status: 200, schema: issuerSchema },
      async handle() {
        return replyJson(200, (await store.issuer.find()) ?? NOBODY);
      },
    }),
    officeRoute({
      method: "put",
      path,
      summary: "Changes who issues certificates; those issued before stay as they are",
      trail: { action: "issuer.changed" },
      params: noParams,
      query: noQuery,
      body: { kind: "json", schema: issuerBodySchema, maxBytes: MAX_JSON_BYTES },
      response: { status: 200, schema: issuerSchema },
      async handle({ body }) {
        const logo = (await store.issuer.find())?.logo ?? null;
        return await changed({ ...body, logo });
      },
    }),
    officeRoute({
      method: "put",
      path: `${path}/logo`,
      summary: "Sets the logo on certificates: PNG or JPEG, at most 1 MB and 2000 pixels a side",
      trail: { action: "issuer.changed" },
      params: noParams,
      query: noQuery,
      body: { kind: "picture", schema: z.instanceof(Buffer), maxBytes: MAX_LOGO_BYTES },
      response: { status: 200, schema: issuerSchema },
      async handle({ body }) {
        const issuer = await store.issuer.find();
        if (!issuer) return needed();
        const logo = await logoFrom(body);
        const refused = fieldRefused("", "is no PNG or JPEG of at most 2000 pixels a side");
        if (!logo) return refused;
        // What cannot be drawn would break every certificate: it is drawn once before it is kept.
        const input = { ...sampleCertificate(issuer, publicUrl, clock.now()), logo: dataAddressOf(logo) };
        const drawn = await pdfFrom({ kind: "certificates", input: [input] }).catch(() => null);
        if (!drawn) return refused;
        const hash = createHash("sha256").update(logo.bytes).digest("hex");
        await store.issuer.putLogo(hash, logo, clock.now());
        return await changed({ ...issuer, logo: hash });
      },
    }),
    officeRoute({
      method: "delete",
      path: `${path}/logo`,
      summary: "Issues without a logo from now on",
      trail: { action: "issuer.changed" },
      params: noParams,
      query: noQuery,
      response: { status: 200, schema: issuerSchema },
      async handle() {
        const issuer = await store.issuer.find();
        return issuer ? await changed({ ...issuer, logo: null }) : replyJson(200, NOBODY);
      },
    }),
    officeRoute({
      method: "get",
      path: `${path}/logo`,
      summary: "The logo as it was sent",
      trail: null,
      params: noParams,
      query: noQuery,
      response: { status: 200, schema: null, types: LOGO_TYPES },
      async handle() {
        const issuer = await store.issuer.find();
        const logo = issuer?.logo ? await store.issuer.logo(issuer.logo) : null;
        return logo
          ? accept({ status: 200, body: { bytes: logo.bytes, type: logo.type } })
          : refuse("not-found", "there is no logo");
      },
    }),
    officeRoute({
      method: "get",
      path: `${path}/sample`,
      summary: "A certificate of nobody, to see how they will look",
      trail: null,
      params: noParams,
      query: noQuery,
      response: { status: 200, schema: null, types: ["application/pdf"] },
      async handle() {
        const issuer = await store.issuer.find();
        const logo = issuer?.logo ? await store.issuer.logo(issuer.logo) : null;
        const input = {
          ...sampleCertificate(issuer, publicUrl, clock.now()),
          logo: logo && dataAddressOf(logo),
        };
        const bytes = await pdfFrom({ kind: "certificates", input: [input] });
        return accept({ status: 200, body: { bytes, type: "application/pdf" } });
      },
    }),
  ];
}
