import { Search, X } from "lucide";
import { IconButton } from "../../ui/button.tsx";
import { Icon } from "../../ui/icon.tsx";
import { t } from "../admin-words.ts";

/** A search that filters as one types. */
export function SearchField(props: { label: string; value: string; onValue: (value: string) => void }) {
  const { label, value, onValue } = props;
  return (
    <div class="search">
      <Icon of={Search} />
      <input
        class="input"
        type="text"
        inputMode="search"
        autocomplete="off"
        spellcheck={false}
        aria-label={label}
        placeholder={label}
        value={value}
        onInput={(event) => onValue(event.currentTarget.value)}
      />
      {value !== "" && <IconButton icon={X} label={t("admin.clearSearch")} onClick={() => onValue("")} />}
    </div>
  );
}
