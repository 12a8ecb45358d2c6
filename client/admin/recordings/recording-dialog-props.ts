import type { RecordingJson } from "../../../server/protocol/recording-office.ts";

/** What a dialog about one recording is given. */
export interface RecordingDialogProps {
  readonly recording: RecordingJson;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}
