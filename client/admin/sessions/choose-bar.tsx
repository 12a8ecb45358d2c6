import { Link2, Unlink } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { formatNumber } from "../../i18n/format.ts";
import { Button } from "../../ui/button.tsx";
import { t } from "../admin-words.ts";
import type { LinkRow } from "./link-rows.ts";

interface ChooseBarProps {
  /** Rows that are shown; choosing all chooses these. */
  readonly shown: readonly LinkRow[];
  readonly chosen: readonly LinkRow[];
  /** Links can be made now. */
  readonly canMake: boolean;
  readonly isBusy: boolean;
  readonly onChoose: (rows: readonly LinkRow[]) => void;
  readonly onMake: () => void;
  readonly onRevoke: () => void;
}

/** Chooses all, and does what can be done with those who are chosen. */
export function ChooseBar(props: ChooseBarProps) {
  const { shown, chosen, canMake, isBusy, onChoose } = props;
  const box = useRef<HTMLInputElement>(null);
  const isAll = shown.length > 0 && shown.every((row) => chosen.includes(row));
  useEffect(() => {
    if (box.current) box.current.indeterminate = chosen.length > 0 && !isAll;
  });
  const withLink = chosen.filter(({ state }) => state === "active").length;
  return (
    <div class="choose-bar">
      <label class="choose-all">
        <input
          ref={box}
          type="checkbox"
          checked={isAll}
          disabled={shown.length === 0}
          onChange={() => {
            const others = chosen.filter((row) => !shown.includes(row));
            onChoose(isAll ? others : [...others, ...shown]);
          }}
        />
        {t("links.chooseAll", { count: formatNumber(shown.length) })}
      </label>
      <span class="soft figures" role="status">
        {chosen.length > 0 && t("links.chosen", { count: formatNumber(chosen.length) })}
      </span>
      {chosen.length > 0 && (
        <span class="choose-actions">
          {canMake && (
            <Button icon={Link2} disabled={isBusy} onClick={props.onMake}>
              {t("links.makeChosen")}
            </Button>
          )}
          {withLink > 0 && (
            <Button tone="quiet" icon={Unlink} disabled={isBusy} onClick={props.onRevoke}>
              {t("links.revokeChosen", { count: formatNumber(withLink) })}
            </Button>
          )}
        </span>
      )}
    </div>
  );
}
