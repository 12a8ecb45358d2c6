import { CircleCheck, CircleDashed, CircleOff, CircleX, Radio } from "lucide";
import { Icon } from "../../ui/icon.tsx";
import { t } from "../admin-words.ts";
import type { SessionState } from "./session-order.ts";

const LOOKS = {
  scheduled: { icon: CircleDashed, tone: "" },
  open: { icon: Radio, tone: "badge-good" },
  closed: { icon: CircleCheck, tone: "" },
  cancelled: { icon: CircleX, tone: "badge-trouble" },
  missed: { icon: CircleOff, tone: "badge-hand" },
} as const;

export function SessionBadge({ state }: { state: SessionState }) {
  const { icon, tone } = LOOKS[state];
  return (
    <span class={`badge ${tone}`}>
      <Icon of={icon} size={16} />
      {t(`status.${state}`)}
    </span>
  );
}
