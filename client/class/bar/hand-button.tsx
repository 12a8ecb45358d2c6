import { Hand } from "lucide";
import { t } from "../../i18n/t.ts";
import { ownHandPlace } from "../attendees.ts";
import { useClassroom } from "../classroom-context.ts";
import { BarButton } from "./bar-button.tsx";

/** Raises or lowers one's hand; one's own place in the queue stands on it. */
export function HandButton() {
  const { view, hands, act } = useClassroom();
  const place = ownHandPlace(view.value);
  if (place === null) {
    return (
      <BarButton
        icon={Hand}
        label={t("bar.raise")}
        shortcut="Alt+Y"
        onClick={() => void act("hand.raise", {})}
      />
    );
  }
  const isCalled = hands.value[place - 1]?.calledAt != null;
  return (
    <BarButton
      icon={Hand}
      label={isCalled ? t("bar.lower.called") : t("bar.lower.place", { place })}
      look="hand"
      count={{ value: place }}
      shortcut="Alt+Y"
      onClick={() => void act("hand.lower", {})}
    />
  );
}
