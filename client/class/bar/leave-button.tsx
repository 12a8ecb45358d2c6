import { LogOut } from "lucide";
import { t } from "../../i18n/t.ts";
import { useClassroom } from "../classroom-context.ts";
import { BarButton } from "./bar-button.tsx";

export function LeaveButton() {
  const { screen } = useClassroom();
  return (
    <BarButton
      icon={LogOut}
      label={t("bar.leave")}
      look="trouble"
      aria-haspopup="dialog"
      onClick={() => {
        screen.dialog.value = "leave";
      }}
    />
  );
}
