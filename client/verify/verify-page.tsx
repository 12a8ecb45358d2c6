import "./verify.css";
import { useSignal } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";
import type { Verification } from "../../server/protocol/certificates.ts";
import { type Answer, requestJson } from "../http/request-json.ts";
import { errorText } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { currentPath, navigate } from "../ui/location.ts";
import { Notice } from "../ui/notice.tsx";
import { Page } from "../ui/page.tsx";
import { Verified } from "./verified.tsx";
import { t } from "./verify-words.ts";

/** For anybody with a certificate in hand: `/verify/CODE`, or the code typed in. */
export function VerifyPage() {
  const code = decoded(currentPath.value.split("/")[2] ?? "");
  const answer = useSignal<Answer<Verification> | null>(null);
  useEffect(() => {
    const leaving = new AbortController();
    answer.value = null;
    if (code !== "") {
      requestJson<Verification>(`/api/v1/verify/${encodeURIComponent(code)}`, {
        signal: leaving.signal,
      }).then((found) => {
        if (!leaving.signal.aborted) answer.value = found;
      });
    }
    return () => leaving.abort();
  }, [code, answer]);
  const found = answer.value;
  return (
    <Page>
      <section class="card page-card verify">
        <h1>{t("verify.title")}</h1>
        <div role="status">
          {code !== "" && !found && <p class="soft">{t("verify.looking")}</p>}
          {found && !found.ok && (
            <Notice tone="trouble">
              {found.code === "not-found" ? t("verify.unknown") : errorText(found.code)}
            </Notice>
          )}
          {found?.ok && <Verified certificate={found.data} />}
        </div>
        {(code === "" || (found && !found.ok)) && <CodeForm key={code} code={code} />}
      </section>
    </Page>
  );
}

function CodeForm({ code }: { code: string }) {
  const [typed, setTyped] = useState(code);
  return (
    <form
      class="field"
      onSubmit={(event) => {
        event.preventDefault();
        if (typed.trim() !== "") navigate(`/verify/${encodeURIComponent(typed.trim())}`);
      }}
    >
      <label class="field-label" for="code">
        {t("verify.code")}
      </label>
      <input
        id="code"
        class="input"
        value={typed}
        maxLength={64}
        autocomplete="off"
        autocapitalize="characters"
        spellcheck={false}
        aria-describedby="code-hint"
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <p id="code-hint" class="field-hint">
        {t("verify.hint")}
      </p>
      <Button tone="primary" type="submit">
        {t("verify.check")}
      </Button>
    </form>
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
