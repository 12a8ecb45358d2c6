import { signingKeySchema } from "../../protocol/api.ts";
import { publicKeyPem } from "../../reports/public-key-pem.ts";
import { openRoute, replyJson } from "../route.ts";
import { noParams, noQuery, type RouteParts } from "./route-parts.ts";

/** For auditors: what checks our signatures. Whoever needs certainty asks the centre for it by another way too. */
export function signingKeyRoutes({ signer }: RouteParts) {
  return [
    openRoute({
      method: "get",
      path: "/api/v1/signing-key",
      summary: "The public key that evidence packs are signed with (Ed25519), as JWK and as PEM",
      params: noParams,
      query: noQuery,
      response: { status: 200, schema: signingKeySchema },
      async handle() {
        return replyJson(200, {
          ...signer.publicKey,
          kid: signer.keyId,
          alg: "EdDSA",
          use: "sig",
          pem: publicKeyPem(signer),
        });
      },
    }),
  ];
}
