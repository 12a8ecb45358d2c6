import { useSignal } from "@preact/signals";
import { Download } from "lucide";
import { useEffect } from "preact/hooks";
import type { OwnCertificate } from "../../server/protocol/certificates.ts";
import { completionText } from "../completion/completion-words.ts";
import { fetchOwnCertificate, ownCertificateFile } from "../http/join-api.ts";
import { formatDate } from "../i18n/format.ts";
import { Icon } from "../ui/icon.tsx";
import "./ended.css";

/** One's own certificate to keep, with the page that proves it; nothing until it is issued. */
export function OwnCertificatePart({ linkId }: { linkId: string }) {
  const own = useSignal<OwnCertificate["certificate"]>(null);
  useEffect(() => {
    let isOver = false;
    fetchOwnCertificate(linkId).then((answer) => {
      if (!isOver && answer.ok) own.value = answer.data.certificate;
    });
    return () => {
      isOver = true;
    };
  }, [linkId, own]);
  if (!own.value) return null;
  const { number, issuedAt, timeZone, verifyUrl } = own.value;
  return (
    <section class="own" aria-labelledby="own-certificate-title">
      <h2 id="own-certificate-title" class="own-title">
        {completionText("own.certificate")}
      </h2>
      <p class="soft figures">
        {completionText("own.certificate.issued", { number, date: formatDate(issuedAt, timeZone) })}
      </p>
      <p class="ended-files">
        <a class="button button-primary" href={ownCertificateFile(linkId)} download>
          <Icon of={Download} />
          {completionText("own.certificate.download")}
        </a>
        <a class="button" href={verifyUrl} target="_blank" rel="noreferrer">
          {completionText("own.certificate.verify")}
        </a>
      </p>
    </section>
  );
}
