import type { Signal } from "@preact/signals";
import type { RecordingJson } from "../../../server/protocol/recording-office.ts";
import { DeleteDialog } from "./delete-dialog.tsx";
import { ProlongDialog } from "./prolong-dialog.tsx";
import { SettingsDialog } from "./settings-dialog.tsx";
import { ShareDialog } from "./share-dialog.tsx";

/** Which dialog is open, and for what. */
export type RecordingDialog =
  | { readonly kind: "settings" }
  | { readonly kind: "share" | "prolong" | "delete"; readonly recording: RecordingJson };

/** The one that is open. */
export function RecordingDialogs(props: {
  readonly dialog: Signal<RecordingDialog | null>;
  readonly onChanged: () => void;
}) {
  const { dialog, onChanged } = props;
  const open = dialog.value;
  const onClose = () => {
    dialog.value = null;
  };
  if (open === null) return null;
  if (open.kind === "settings") return <SettingsDialog {...{ onClose, onChanged }} />;
  const { recording } = open;
  if (open.kind === "share") return <ShareDialog {...{ recording, onClose, onChanged }} />;
  if (open.kind === "prolong") return <ProlongDialog {...{ recording, onClose, onChanged }} />;
  return <DeleteDialog {...{ recording, onClose, onChanged }} />;
}
