import { formatNumber } from "../../i18n/format.ts";

interface FilterChipsProps<Key extends string> {
  readonly label: string;
  readonly chips: readonly { readonly key: Key; readonly title: string; readonly count?: number }[];
  readonly chosen: Key;
  readonly onChoose: (key: Key) => void;
}

/** A row of filters of which one is on, each with how many it shows where that is known. */
export function FilterChips<Key extends string>({ label, chips, chosen, onChoose }: FilterChipsProps<Key>) {
  return (
    <fieldset class="chips">
      <legend class="visually-hidden">{label}</legend>
      {chips.map(({ key, title, count }) => (
        <button
          key={key}
          type="button"
          class="chip"
          aria-pressed={key === chosen}
          onClick={() => onChoose(key)}
        >
          {title} {count !== undefined && <span class="chip-count figures">{formatNumber(count)}</span>}
        </button>
      ))}
    </fieldset>
  );
}
