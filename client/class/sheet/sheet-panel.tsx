import type { ComponentType } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { BreakoutRoomId } from "../../../server/protocol/ids.ts";
import { t } from "../../i18n/t.ts";
import { Notice } from "../../ui/notice.tsx";

type SheetFormComponent = ComponentType<{ roomId: BreakoutRoomId }>;

/** A room's answer sheet; editing together is loaded when the first one is shown. */
export function SheetPanel({ roomId }: { roomId: BreakoutRoomId }) {
  const [Form, setForm] = useState<SheetFormComponent | "failed" | null>(null);
  useEffect(() => {
    import("./sheet-form.tsx").then(
      ({ SheetForm }) => setForm(() => SheetForm),
      () => setForm("failed"),
    );
  }, []);
  if (Form === "failed") return <Notice tone="trouble">{t("page.broken.text")}</Notice>;
  // Another room is another sheet, with its own line and its own unsent letters.
  return Form && <Form key={roomId} roomId={roomId} />;
}
