import { useSignal } from "@preact/signals";
import { Download } from "lucide";
import { useId } from "preact/hooks";
import type { ResultReport } from "../../../server/protocol/completion.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { adminApi } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { csvFrom, saveFile } from "../csv-file.ts";
import { ImportedResults } from "./imported-results.tsx";
import { resultErrorText } from "./result-error-text.ts";
import { resultsCsvFrom } from "./results-paste.ts";

interface ImportResultsDialogProps {
  readonly code: string;
  readonly onClose: () => void;
  readonly onImported: () => Promise<void>;
}

/** Takes results from a file or from the clipboard, and says for each row what became of it. */
export function ImportResultsDialog({ code, onClose, onImported }: ImportResultsDialogProps) {
  const pasted = useSignal("");
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const report = useSignal<ResultReport | null>(null);
  const run = async () => {
    if (pasted.value.trim() === "") {
      failure.value = t("import.nothing");
      return;
    }
    isBusy.value = true;
    failure.value = null;
    const answer = await adminApi.importResults(code, resultsCsvFrom(pasted.value));
    isBusy.value = false;
    if (!answer.ok) {
      const [error] = answer.errors ?? [];
      failure.value = error ? resultErrorText(error.message) : errorText(answer.code);
      return;
    }
    report.value = answer.data;
    await onImported();
  };
  const again = () => {
    report.value = null;
    pasted.value = "";
  };
  const foot = report.value ? (
    <>
      <Button onClick={again}>{t("import.more")}</Button>
      <Button tone="primary" onClick={onClose}>
        {t("import.done")}
      </Button>
    </>
  ) : (
    <>
      <Button onClick={onClose}>{t("cancel")}</Button>
      <Button tone="primary" disabled={isBusy.value} onClick={run}>
        {isBusy.value ? t("import.running") : t("import.run")}
      </Button>
    </>
  );
  return (
    <Dialog title={t("results.import")} isWide onClose={onClose} foot={foot}>
      {report.value ? (
        <ImportedResults report={report.value} />
      ) : (
        <ResultsField
          value={pasted.value}
          failure={failure.value}
          onValue={(text) => {
            pasted.value = text;
          }}
        />
      )}
    </Dialog>
  );
}

interface ResultsFieldProps {
  readonly value: string;
  readonly failure: string | null;
  readonly onValue: (text: string) => void;
}

function ResultsField({ value, failure, onValue }: ResultsFieldProps) {
  const fileId = useId();
  const textId = useId();
  return (
    <div class="form">
      <p>{t("results.text")}</p>
      <p class="soft small">{t("results.columns")}</p>
      <div>
        <Button icon={Download} onClick={() => saveFile("contoh-hasil.csv", csvFrom(SAMPLE))}>
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
            if (file) onValue(await file.text());
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
          placeholder={SAMPLE.map((row) => row.join(";")).join("\n")}
          value={value}
          onInput={(event) => onValue(event.currentTarget.value)}
        />
      </div>
      {failure && <Notice tone="trouble">{failure}</Notice>}
    </div>
  );
}

const SAMPLE = [
  ["NIP", "Syarat", "Nilai", "Status", "Waktu", "Sumber"],
  ["198503122010011004", "post-test", "87,5", "", "2026-08-05 09:30", "LMS"],
  ["198503122010011004", "assignment:A1", "", "accepted", "2026-08-06 15:00", "LMS"],
];
