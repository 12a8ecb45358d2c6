import { useSignal } from "@preact/signals";
import { Download } from "lucide";
import { useId } from "preact/hooks";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { adminApi, type EnrolmentResults } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { csvFrom, saveFile } from "../csv-file.ts";
import { fieldErrorText } from "../form/field-error-text.ts";
import { ImportResult } from "./import-result.tsx";
import { rosterCsvFrom } from "./roster-paste.ts";

interface ImportDialogProps {
  readonly code: string;
  readonly onClose: () => void;
  readonly onImported: () => Promise<void>;
}

/** Takes a roster from a file or from the clipboard, and says for each row what became of it. */
export function ImportDialog({ code, onClose, onImported }: ImportDialogProps) {
  const pasted = useSignal("");
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const results = useSignal<EnrolmentResults | null>(null);
  const fileId = useId();
  const textId = useId();
  const run = async () => {
    if (pasted.value.trim() === "") {
      failure.value = t("import.nothing");
      return;
    }
    isBusy.value = true;
    failure.value = null;
    const answer = await adminApi.importEnrolments(code, rosterCsvFrom(pasted.value));
    isBusy.value = false;
    if (!answer.ok) {
      const [error] = answer.errors ?? [];
      failure.value = error ? fieldErrorText(error.message) : errorText(answer.code);
      return;
    }
    results.value = answer.data;
    await onImported();
  };
  const again = () => {
    results.value = null;
    pasted.value = "";
  };
  if (results.value) {
    return (
      <Dialog
        title={t("import.title")}
        isWide
        onClose={onClose}
        foot={
          <>
            <Button onClick={again}>{t("import.more")}</Button>
            <Button tone="primary" onClick={onClose}>
              {t("import.done")}
            </Button>
          </>
        }
      >
        <ImportResult results={results.value} />
      </Dialog>
    );
  }
  return (
    <Dialog
      title={t("import.title")}
      isWide
      onClose={onClose}
      foot={
        <>
          <Button onClick={onClose}>{t("cancel")}</Button>
          <Button tone="primary" disabled={isBusy.value} onClick={run}>
            {isBusy.value ? t("import.running") : t("import.run")}
          </Button>
        </>
      }
    >
      <div class="form">
        <p>{t("import.text")}</p>
        <p class="soft small">{t("import.columns")}</p>
        <div>
          <Button icon={Download} onClick={saveSample}>
            {t("import.sample")}
          </Button>
        </div>
        <div class="field">
          <label class="field-label" for={fileId}>
            {t("import.file")}
          </label>
          <input
            id={fileId}
            class="input file-input"
            type="file"
            accept=".csv,.txt,text/csv"
            onChange={async (event) => {
              const file = event.currentTarget.files?.[0];
              if (file) pasted.value = await file.text();
            }}
          />
        </div>
        <div class="field">
          <label class="field-label" for={textId}>
            {t("import.paste")}
          </label>
          <textarea
            id={textId}
            class="input paste"
            rows={8}
            spellcheck={false}
            placeholder={
              "NIP;Nama;Instansi\n198503122010011004;Agus Setiawan, S.Kom.;Pemerintah Kota Bandung"
            }
            value={pasted.value}
            onInput={(event) => {
              pasted.value = event.currentTarget.value;
            }}
          />
        </div>
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
      </div>
    </Dialog>
  );
}

function saveSample(): void {
  const rows = [
    ["NIP", "Nama", "Instansi", "Kelompok", "Surel", "Tanggal lahir", "Pendidikan", "Surat tugas"],
    [
      "198503122010011004",
      "Agus Setiawan, S.Kom.",
      "Pemerintah Kota Bandung",
      "A",
      "agus@instansi.example",
      "1985-03-12",
      "S1",
      "ST-114/2024",
    ],
  ];
  saveFile("contoh-peserta.csv", csvFrom(rows));
}
