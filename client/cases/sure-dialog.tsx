import { Button } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { caseText } from "./case-words.ts";

/** Asks once more before something is deleted. */
export function SureDialog(props: { title: string; text: string; onSure: () => void; onClose: () => void }) {
  const { title, text, onSure, onClose } = props;
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{caseText("cancel")}</Button>
          <Button tone="trouble" onClick={onSure}>
            {caseText("remove")}
          </Button>
        </>
      }
    >
      <p>{text}</p>
    </Dialog>
  );
}
