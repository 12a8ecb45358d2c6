import type { Verification } from "../../server/protocol/certificates.ts";
import { formatNumber, formatShortDate } from "../i18n/format.ts";
import { Notice } from "../ui/notice.tsx";
import { t } from "./verify-words.ts";

/** What a certificate shows, and whether it still counts. */
export function Verified({ certificate }: { certificate: Verification }) {
  const { status, revokedAt, revokedReason, erasedAt, heldFrom, heldTo, timeZone, units, signer } =
    certificate;
  const date = (at: number) => formatShortDate(at, timeZone);
  const held = [...new Set([date(heldFrom), date(heldTo)])].join(" – ");
  const rows: readonly (readonly [name: string, value: string | null])[] = [
    [t("verify.name"), erasedAt === null ? certificate.name : null],
    [t("verify.institution"), certificate.institution],
    [t("verify.programme"), certificate.programme],
    [t("verify.held"), held],
    [t("verify.jp"), formatNumber(certificate.jp)],
    [t("verify.issuer"), certificate.issuer],
    [t("verify.signer"), [signer?.name, signer?.title].filter(Boolean).join(", ") || null],
    [t("verify.number"), certificate.number],
    [t("verify.issued"), date(certificate.issuedAt)],
    [t("verify.code"), certificate.code],
  ];
  return (
    <>
      <Notice tone={status === "valid" ? "good" : "trouble"}>
        <strong>{t(erasedAt !== null ? "verify.erased" : `verify.${status}`)}</strong>
        {erasedAt !== null && <p>{t("verify.erased.text", { date: date(erasedAt) })}</p>}
        {revokedAt !== null && erasedAt === null && (
          <p>{t("verify.revoked.text", { date: date(revokedAt), reason: revokedReason ?? "" })}</p>
        )}
      </Notice>
      <dl class="verify-facts">
        {rows.map(
          ([name, value]) =>
            value && (
              <div key={name}>
                <dt class="soft">{name}</dt>
                <dd>{value}</dd>
              </div>
            ),
        )}
      </dl>
      <h2>{t("verify.units")}</h2>
      <ul class="verify-units">
        {units.map((unit) => (
          <li key={unit.title}>
            <span>{unit.title}</span>
            <span class="soft">{t("verify.unit.jp", { jp: formatNumber(unit.jp) })}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
