import { ArrowDown, ArrowUp, Plus, Trash } from "lucide";
import type { JSX } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Button, IconButton } from "../ui/button.tsx";
import { caseText } from "./case-words.ts";
import { moved, without } from "./list-edits.ts";

interface EditableListProps<Item> {
  readonly items: readonly Item[];
  readonly onItems: (items: readonly Item[]) => void;
  readonly idOf: (item: Item) => string;
  /** `Pertanyaan 2`: heads the item and names its buttons. */
  readonly nameOf: (number: number) => string;
  readonly render: (item: Item, at: number) => JSX.Element;
  readonly make: () => Item;
  readonly addLabel: string;
  readonly least?: number;
  readonly most: number;
  /** Said where there is no item. */
  readonly empty?: string;
  /** One line for each item, without a heading. */
  readonly isTight?: boolean;
}

/** Things in an order: added, taken out and moved by buttons; the focus goes along. */
export function EditableList<Item>(props: EditableListProps<Item>) {
  const { items, onItems, idOf, nameOf, render, make, addLabel, least = 0, most, empty, isTight } = props;
  const root = useRef<HTMLDivElement>(null);
  const wanted = useRef<string | null>(null);
  useEffect(() => {
    if (wanted.current === null) return;
    const found = [...(root.current?.querySelectorAll<HTMLElement>(wanted.current) ?? [])];
    (found.find((one) => !one.matches(":disabled")) ?? root.current)?.focus();
    wanted.current = null;
  });
  const act = (to: readonly Item[], focus: string) => {
    wanted.current = focus;
    onItems(to);
  };
  const buttons = (item: Item, at: number) => {
    const row = `[data-item="${idOf(item)}"]`;
    const what = nameOf(at + 1);
    return (
      <span class="list-buttons">
        <IconButton
          icon={ArrowUp}
          label={caseText("up", { what })}
          disabled={at === 0}
          data-move="up"
          onClick={() => act(moved(items, at, at - 1), `${row} [data-move]`)}
        />
        <IconButton
          icon={ArrowDown}
          label={caseText("down", { what })}
          disabled={at === items.length - 1}
          data-move="down"
          onClick={() => act(moved(items, at, at + 1), `${row} [data-move="down"], ${row} [data-move="up"]`)}
        />
        <IconButton
          icon={Trash}
          label={caseText("take", { what })}
          disabled={items.length <= least}
          onClick={() => act(without(items, at), "[data-add]")}
        />
      </span>
    );
  };
  return (
    <div ref={root} class="list" tabIndex={-1}>
      {items.length === 0 && empty && <p class="soft">{empty}</p>}
      {items.map((item, at) => (
        <fieldset key={idOf(item)} class={isTight ? "list-line" : "list-item"} data-item={idOf(item)}>
          <legend class={isTight ? "visually-hidden" : "list-name"}>{nameOf(at + 1)}</legend>
          {isTight && <div class="list-fields">{render(item, at)}</div>}
          {buttons(item, at)}
          {!isTight && <div class="list-fields">{render(item, at)}</div>}
        </fieldset>
      ))}
      {items.length < most && (
        <Button
          icon={Plus}
          data-add="true"
          onClick={() => {
            const item = make();
            act([...items, item], `[data-item="${idOf(item)}"] .input`);
          }}
        >
          {addLabel}
        </Button>
      )}
    </div>
  );
}
