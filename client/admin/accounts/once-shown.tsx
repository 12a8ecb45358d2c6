import { Copy } from "lucide";
import { useId } from "preact/hooks";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { t } from "../admin-words.ts";
import { copyText } from "../copy-text.ts";

/** An address or a key that nobody sees again: shown to be copied. */
export function OnceShownDialog(props: {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly value: string;
  readonly copy: string;
  readonly copied: string;
  readonly onClose: () => void;
}) {
  const { title, text, label, value, copy, copied, onClose } = props;
  const id = useId();
  return (
    <Dialog
      title={title}
      onClose={onClose}
      foot={
        <>
          <Button icon={Copy} tone="primary" onClick={() => copyText(value, copied)}>
            {copy}
          </Button>
          <Button onClick={onClose}>{t("close")}</Button>
        </>
      }
    >
      <p>{text}</p>
      <div class="field">
        <label class="field-label" for={id}>
          {label}
        </label>
        <input
          id={id}
          class="input figures"
          readOnly
          value={value}
          onFocus={(event) => event.currentTarget.select()}
        />
      </div>
    </Dialog>
  );
}
