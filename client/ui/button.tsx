import type { IconNode } from "lucide";
import type { ButtonHTMLAttributes, ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon" | "size"> & {
  tone?: "plain" | "primary" | "trouble" | "quiet";
  size?: "normal" | "large";
  icon?: IconNode;
  /** The button's words; with `iconOnly` its accessible name and tooltip. */
  children: ComponentChildren;
};

/** A button in the house's look. `primary` is for the one thing to do next. */
export function Button({
  tone = "plain",
  size = "normal",
  icon,
  children,
  class: extra,
  ...rest
}: ButtonProps) {
  const looks = ["button", `button-${tone}`, size === "large" ? "button-large" : "", String(extra ?? "")];
  return (
    <button type="button" {...rest} class={looks.filter(Boolean).join(" ")}>
      {icon && <Icon of={icon} />}
      <span>{children}</span>
    </button>
  );
}

type IconButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, "icon"> & {
  icon: IconNode;
  /** The accessible name and the tooltip. */
  label: string;
  tone?: "plain" | "quiet";
};

/** A square button of 44 px for places where words do not fit. */
export function IconButton({ icon, label, tone = "quiet", class: extra, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      {...rest}
      class={`button button-${tone} button-icon ${String(extra ?? "")}`}
    >
      <Icon of={icon} />
    </button>
  );
}
