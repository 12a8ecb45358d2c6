import { type Signal, useSignal } from "@preact/signals";
import { Download } from "lucide";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import type { Answer } from "../../http/request-json.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { adminApi, type EnrolmentResults, type RosterFile } from "../admin-api.ts";
import { t } from "../admin-words.ts";
import { csvFrom, saveFile } from "../csv-file.ts";
import { fieldErrorText } from "../form/field-error-text.ts";
import { ImportPreview, ImportResult } from "./import-result.tsx";
import { rosterCsvFrom } from "./roster-paste.ts";

interface ImportDialogProps {
  readonly code: string;
  readonly onClose: () => void;
  readonly onImported: () => Promise<void>;
}

const XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/** A roster that was chosen: the file's name, if it is one. */
interface Chosen {
  readonly file: RosterFile;
  readonly name: string | null;
}

/** Takes a roster from a file or the clipboard, says what it would do row by row, then does it. */
export function ImportDialog({ code, onClose, onImported }: ImportDialogProps) {
  const pasted = useSignal("");
  const workbook = useSignal<File | null>(null);
  const checked = useSignal<(Chosen & { readonly preview: EnrolmentResults }) | null>(null);
  const failure = useSignal<string | null>(null);
  const isBusy = useSignal(false);
  const results = useSignal<EnrolmentResults | null>(null);
  const ask = async (request: Promise<Answer<EnrolmentResults>>) => {
    isBusy.value = true;
    failure.value = null;
    const answer = await request;
    isBusy.value = false;
    if (answer.ok) return answer.data;
    const [error] = answer.errors ?? [];
    failure.value = error ? fieldErrorText(error.message) : errorText(answer.code);
    return null;
  };
  const check = async () => {
    const chosen = chosenFrom(workbook.value, pasted.value);
    if (chosen === null) {
      failure.value = t("import.nothing");
      return;
    }
    const preview = await ask(adminApi.previewEnrolments(code, chosen.file));
    if (preview) checked.value = { ...chosen, preview };
  };
  const run = async (file: RosterFile) => {
    results.value = await ask(adminApi.importEnrolments(code, file));
    if (results.value) await onImported();
  };
  const back = () => {
    checked.value = null;
    results.value = null;
    failure.value = null;
    pasted.value = "";
    workbook.value = null;
  };
  const frame = (foot: JSX.Element, content: JSX.Element) => (
    <Dialog title={t("import.title")} isWide onClose={onClose} foot={foot}>
      {content}
    </Dialog>
  );
  if (results.value) {
    return frame(
      <>
        <Button onClick={back}>{t("import.more")}</Button>
        <Button tone="primary" onClick={onClose}>
          {t("import.done")}
        </Button>
      </>,
      <ImportResult results={results.value} />,
    );
  }
  if (checked.value) {
    const { file, name, preview } = checked.value;
    const good = preview.created + preview.updated;
    return frame(
      <>
        <Button onClick={back}>{t("preview.back")}</Button>
        {good > 0 && (
          <Button tone="primary" disabled={isBusy.value} onClick={() => run(file)}>
            {isBusy.value ? t("import.running") : t("preview.import", { count: good })}
          </Button>
        )}
      </>,
      <>
        {failure.value && <Notice tone="trouble">{failure.value}</Notice>}
        {name !== null && <p class="soft small">{t("preview.file", { name })}</p>}
        <ImportPreview preview={preview} />
      </>,
    );
  }
  return frame(
    <>
      <Button onClick={onClose}>{t("cancel")}</Button>
      <Button tone="primary" disabled={isBusy.value} onClick={check}>
        {isBusy.value ? t("preview.checking") : t("preview.check")}
      </Button>
    </>,
    <ChooseRoster pasted={pasted} workbook={workbook} failure={failure.value} />,
  );
}

/** A workbook goes as it is; what is text gets the API's titles. */
function chosenFrom(workbook: File | null, pasted: string): Chosen | null {
  if (workbook) return { name: workbook.name, file: { type: XLSX_TYPE, content: workbook } };
  if (pasted.trim() === "") return null;
  return { name: null, file: { type: "text/csv", content: rosterCsvFrom(pasted) } };
}

interface ChooseRosterProps {
  readonly pasted: Signal<string>;
  readonly workbook: Signal<File | null>;
  readonly failure: string | null;
}

function ChooseRoster({ pasted, workbook, failure }: ChooseRosterProps) {
  const fileId = useId();
  const textId = useId();
  return (
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
          accept=".csv,.txt,.xlsx,text/csv"
          onChange={async (event) => {
            const file = event.currentTarget.files?.[0] ?? null;
            const isWorkbook = file !== null && /\.xlsx$/i.test(file.name);
            workbook.value = isWorkbook ? file : null;
            pasted.value = file === null || isWorkbook ? "" : await file.text();
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
          placeholder={"NIP;Nama;Instansi\n198503122010011004;Agus Setiawan, S.Kom.;Pemerintah Kota Bandung"}
          value={pasted.value}
          onInput={(event) => {
            workbook.value = null;
            pasted.value = event.currentTarget.value;
          }}
        />
      </div>
      {failure !== null && <Notice tone="trouble">{failure}</Notice>}
    </div>
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
