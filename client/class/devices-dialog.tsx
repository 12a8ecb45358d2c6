import { t } from "../i18n/t.ts";
import { DeviceSelects } from "../join/device-selects.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useClassroom } from "./classroom-context.ts";

export function DevicesDialog() {
  const { screen, media } = useClassroom();
  return (
    <Dialog
      title={t("devices.title")}
      onClose={() => {
        screen.dialog.value = null;
      }}
    >
      <DeviceSelects media={media} />
    </Dialog>
  );
}
