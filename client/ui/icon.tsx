import type { IconNode } from "lucide";
import { h } from "preact";

/** A Lucide icon: decoration only, so the control around it carries the name. Sizes are CSS pixels. */
export function Icon({ of, size = 20, class: extra }: { of: IconNode; size?: number; class?: string }) {
  return (
    <svg
      class={extra ? `icon ${extra}` : "icon"}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      stroke-width="1.75"
      stroke-linecap="round"
      stroke-linejoin="round"
      aria-hidden="true"
    >
      {of.map(([tag, attributes]) => h(tag, attributes))}
    </svg>
  );
}
