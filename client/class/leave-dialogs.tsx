import { t } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { useClassroom } from "./classroom-context.ts";

/** Leaving by oneself; staff can end the class from here too. */
export function LeaveDialog() {
  const { screen, isStaff, view, connection } = useClassroom();
  const close = () => {
    screen.dialog.value = null;
  };
  const canEnd = isStaff.value && view.value.status === "open";
  return (
    <Dialog
      title={t("leave.title")}
      onClose={close}
      foot={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          {canEnd && (
            <Button
              onClick={() => {
                screen.dialog.value = "end";
              }}
            >
              {t("leave.end")}
            </Button>
          )}
          <Button tone="trouble" onClick={() => void connection.leave()}>
            {t("leave.leave")}
          </Button>
        </>
      }
    >
      <p>{t(canEnd ? "leave.staff.text" : "leave.text")}</p>
    </Dialog>
  );
}

export function EndDialog() {
  const { screen, attendees, act } = useClassroom();
  const close = () => {
    screen.dialog.value = null;
  };
  const end = async () => {
    if (await act("class.close", {})) close();
  };
  const others = attendees.value.filter((attendee) => !attendee.isYou).length;
  return (
    <Dialog
      title={t("end.title")}
      onClose={close}
      foot={
        <>
          <Button onClick={close}>{t("cancel")}</Button>
          <Button tone="trouble" onClick={() => void end()}>
            {t("leave.end")}
          </Button>
        </>
      }
    >
      <p>{t("end.text", { count: others })}</p>
    </Dialog>
  );
}
