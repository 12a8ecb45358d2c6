import { useSignal } from "@preact/signals";
import type { EntryJson } from "../../../server/protocol/entry.ts";
import { Button } from "../../ui/button.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { useResource } from "../resource.ts";
import { ForAdmins } from "../shell/for-admins.tsx";
import { EntryDialog } from "./entry-dialog.tsx";
import { entryWords } from "./entry-words.ts";

/** Whom a programme takes. */
export function EntryPanel({ code }: { code: string }) {
  const isChanging = useSignal(false);
  const resource = useResource<EntryJson>(`entry ${code}`, () => adminApi.entry(code));
  const entry = resource.data;
  if (!entry) return null;
  const close = () => {
    isChanging.value = false;
  };
  return (
    <section class="card panel panel-wide">
      <h2 class="panel-title">{t("entry.title")}</h2>
      {entry.conditions.length === 0 ? (
        <p class="soft">{t("entry.none")}</p>
      ) : (
        <ul class="rules">
          {entryWords(entry.conditions).map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <p class="soft small">{t("entry.version", { version: entry.version })}</p>
      <ForAdmins>
        <div class="panel-foot">
          <Button
            onClick={() => {
              isChanging.value = true;
            }}
          >
            {t("entry.change")}
          </Button>
        </div>
      </ForAdmins>
      {isChanging.value && (
        <EntryDialog code={code} conditions={entry.conditions} onClose={close} onSaved={resource.reload} />
      )}
    </section>
  );
}
