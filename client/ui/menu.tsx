import type { IconNode } from "lucide";
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useRef } from "preact/hooks";
import { Icon } from "./icon.tsx";

const MARGIN = 8;

interface MenuProps {
  /** The button that opens it; the given attributes must be on it. */
  button: (attributes: { popovertarget: string; "aria-haspopup": "menu" }) => JSX.Element;
  label: string;
  children: ComponentChildren;
}

/** A list of actions in a popover beside its button; Escape and a click elsewhere close it. */
export function Menu({ button, label, children }: MenuProps) {
  const id = useId();
  const anchor = useRef<HTMLDivElement>(null);
  const popover = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // It was placed for another window.
    const hide = () => popover.current?.matches(":popover-open") && popover.current.hidePopover();
    addEventListener("resize", hide);
    return () => removeEventListener("resize", hide);
  }, []);
  const handleToggle = (event: { newState: string }) => {
    if (event.newState !== "open" || !popover.current || !anchor.current) return;
    placeBeside(popover.current, anchor.current.getBoundingClientRect());
    popover.current.querySelector<HTMLElement>(".menu-item:not(:disabled)")?.focus();
  };
  return (
    <div ref={anchor} class="menu-anchor">
      {button({ popovertarget: id, "aria-haspopup": "menu" })}
      <div
        ref={popover}
        id={id}
        class="menu"
        popover="auto"
        role="menu"
        aria-label={label}
        onToggle={handleToggle}
        onKeyDown={(event) => handleArrows(event, popover.current)}
      >
        {children}
      </div>
    </div>
  );
}

interface MenuItemProps {
  icon?: IconNode;
  children: ComponentChildren;
  onClick: () => void;
  tone?: "plain" | "trouble";
  isDisabled?: boolean;
  /** For an item that switches something: its state, announced and shown in words. */
  state?: { isOn: boolean; text: string };
}

export function MenuItem({ icon, children, onClick, tone = "plain", isDisabled, state }: MenuItemProps) {
  const role = state
    ? { role: "menuitemcheckbox" as const, "aria-checked": state.isOn }
    : { role: "menuitem" as const };
  return (
    <button
      type="button"
      class={tone === "trouble" ? "menu-item menu-item-trouble" : "menu-item"}
      disabled={isDisabled}
      {...role}
      onClick={(event) => {
        event.currentTarget.closest<HTMLElement>("[popover]")?.hidePopover();
        onClick();
      }}
    >
      {icon && <Icon of={icon} />}
      <span>{children}</span>
      {state && <span class="menu-item-state">{state.text}</span>}
    </button>
  );
}

function placeBeside(menu: HTMLElement, anchor: DOMRect): void {
  const { offsetWidth: width, offsetHeight: height } = menu;
  const left = Math.min(anchor.left, innerWidth - width - MARGIN);
  const isRoomBelow = anchor.bottom + MARGIN + height <= innerHeight - MARGIN;
  const top = isRoomBelow ? anchor.bottom + MARGIN : anchor.top - MARGIN - height;
  menu.style.left = `${Math.max(MARGIN, left)}px`;
  menu.style.top = `${Math.max(MARGIN, top)}px`;
}

function handleArrows(event: KeyboardEvent, menu: HTMLElement | null): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0 || !menu) return;
  const items = [...menu.querySelectorAll<HTMLElement>(".menu-item:not(:disabled)")];
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (at < 0 || items.length === 0) return;
  event.preventDefault();
  items[(at + step + items.length) % items.length]?.focus();
}
