import type { CompletionItem } from "../../../server/protocol/completion.ts";
import { RequirementList } from "../../completion/requirement-list.tsx";
import { formatNumber } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { t } from "../admin-words.ts";
import { StatusBadge } from "./completion-table.tsx";

/** One person's decision with everything that it is made of. */
export function DecisionDialog({ item, onClose }: { item: CompletionItem; onClose: () => void }) {
  return (
    <Dialog
      title={item.name}
      onClose={onClose}
      foot={
        <Button tone="primary" onClick={onClose}>
          {t("completion.close")}
        </Button>
      }
    >
      <p class="figures">
        <StatusBadge status={item.status} /> {t("jp", { jp: formatNumber(item.jp) })} · {item.externalId}
      </p>
      <RequirementList requirements={item.requirements} />
      <p class="soft small">{t("completion.version", { version: item.policyVersion })}</p>
    </Dialog>
  );
}
