import type { IconNode } from "lucide";
import type { ButtonHTMLAttributes } from "preact";
import { Icon } from "../../ui/icon.tsx";

type BarButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon"> & {
  icon: IconNode;
  label: string;
  /** A longer accessible name, where the label lacks a number that is only seen. */
  name?: string;
  look?: "plain" | "off" | "live" | "hand" | "open" | "trouble";
  count?: { value: number; isNew?: boolean };
  shortcut?: string;
};

/** A button of the bar: the icon over its word. The mouse leaves no focus behind, so that Space stays for talking. */
export function BarButton(props: BarButtonProps) {
  const { icon, label, name, look = "plain", count, shortcut, onClick, ...rest } = props;
  const tooltip = shortcut ? `${name ?? label} (${shortcut})` : (name ?? label);
  return (
    <button
      type="button"
      {...rest}
      class={`bar-button bar-button-${look}`}
      aria-label={name ?? label}
      aria-keyshortcuts={shortcut}
      title={tooltip}
      onClick={(event) => {
        if (event.detail > 0) event.currentTarget.blur();
        onClick?.(event);
      }}
    >
      <Icon of={icon} />
      <span class="bar-label">{label}</span>
      {count && count.value > 0 && (
        <span
          class={count.isNew ? "bar-count bar-count-new figures" : "bar-count figures"}
          data-count={count.value > 999 ? "999+" : count.value}
        />
      )}
    </button>
  );
}
