import { CircleAlert, CircleCheck, Info, TriangleAlert } from "lucide";
import type { ComponentChildren } from "preact";
import { Icon } from "./icon.tsx";

const ICONS = { plain: Info, trouble: CircleAlert, wait: TriangleAlert, good: CircleCheck } as const;

/** What happened and what to do, near its cause. Announced to screen readers when it appears. */
export function Notice(props: {
  tone?: keyof typeof ICONS;
  children: ComponentChildren;
  actions?: ComponentChildren;
}) {
  const { tone = "plain", children, actions } = props;
  return (
    <div class={`notice notice-${tone}`} role={tone === "trouble" ? "alert" : "status"}>
      <Icon of={ICONS[tone]} />
      <div>
        {children}
        {actions && <div class="notice-actions">{actions}</div>}
      </div>
    </div>
  );
}
