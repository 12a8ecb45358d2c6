import { ClipboardCopy, Download, FileSpreadsheet } from "lucide";
import type { SessionDetail } from "../../../server/protocol/api-records.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { showToast } from "../../ui/toasts.tsx";
import { t } from "../admin-words.ts";
import { csvFrom, saveBlob, saveFile } from "../csv-file.ts";
import type { LinkRow } from "./link-rows.ts";
import { isUnsaved, type MadeLink } from "./made-links.ts";

const COLUMNS = ["name", "number", "role", "email", "url"] as const;
/** Of the workbook's columns, in letters. */
const WIDTHS = [36, 22, 14, 30, 90];

interface ReadyLinksProps {
  readonly session: SessionDetail;
  readonly rows: readonly LinkRow[];
  readonly made: ReadonlyMap<string, MadeLink>;
}

/** The addresses made here, to be taken away: all at once to the clipboard or as a file. */
export function ReadyLinks({ session, rows, made }: ReadyLinksProps) {
  const ready = rows.flatMap((row) => {
    const url = made.get(row.id)?.url;
    return url ? [{ ...row, url }] : [];
  });
  const header = COLUMNS.map((key) => t(`links.file.${key}`));
  const lines = ready.map(({ name, externalId, role, email, url }) => [
    name,
    externalId ?? "",
    t(`role.${role}`),
    email ?? "",
    url,
  ]);
  const copy = async () => {
    const text = ready.map(({ name, url }) => `${name}\t${url}`).join("\n");
    try {
      await navigator.clipboard.writeText(text);
      isUnsaved.value = false;
      showToast({ tone: "good", text: t("links.copiedAll", { count: ready.length }) });
    } catch {
      showToast({ tone: "trouble", text: t("links.copyFailed") });
    }
  };
  const downloadCsv = () => {
    saveFile(`tautan-${session.id}.csv`, csvFrom([header, ...lines]));
    isUnsaved.value = false;
  };
  const downloadXlsx = async () => {
    saveBlob(`tautan-${session.id}.xlsx`, await workbookFrom(header, lines));
    isUnsaved.value = false;
  };
  return (
    <Notice
      tone="good"
      actions={
        <>
          <Button icon={FileSpreadsheet} tone="primary" onClick={downloadXlsx}>
            {t("links.downloadXlsx")}
          </Button>
          <Button icon={Download} onClick={downloadCsv}>
            {t("links.download")}
          </Button>
          <Button icon={ClipboardCopy} onClick={copy}>
            {t("links.copyAll")}
          </Button>
        </>
      }
    >
      {t("links.once", { count: ready.length })}
    </Notice>
  );
}

/** Made here, since only this page has the addresses. Cells are texts, so that a NIP keeps its digits. */
async function workbookFrom(header: readonly string[], lines: readonly (readonly string[])[]): Promise<Blob> {
  const { default: writeXlsxFile } = await import("write-excel-file/browser");
  const rows = [
    header.map((value) => ({ value, type: String, fontWeight: "bold" as const })),
    ...lines.map((line) => line.map((value) => (value === "" ? null : { value, type: String, format: "@" }))),
  ];
  const columns = WIDTHS.map((width) => ({ width }));
  return await writeXlsxFile(rows, { columns, stickyRowsCount: 1 }).toBlob();
}
