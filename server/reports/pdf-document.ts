import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import PDFDocument from "pdfkit";

export type Pdf = InstanceType<typeof PDFDocument>;

/** Of A4 in landscape, in points. */
export const PAGE = { width: 841.89, height: 595.28 } as const;

/** Liberation Sans stands beside pdf.js: it may be embedded, and has the letters that names have. */
const FONTS = join(
  dirname(createRequire(import.meta.url).resolve("pdfjs-dist/package.json")),
  "standard_fonts",
);

/** An A4 document in landscape whose fonts are `regular`, `italic` and `bold`, and who makes it whole. */
export function createPdf(
  title: string,
  /** Whether all pages are kept to the end, so that each can say how many there are. */
  areCounted = true,
): { readonly pdf: Pdf; finish(): Promise<Uint8Array<ArrayBuffer>> } {
  const pdf = new PDFDocument({
    size: "A4",
    layout: "landscape",
    margin: 0,
    bufferPages: areCounted,
    lang: "id-ID",
    displayTitle: true,
    info: { Title: title, Creator: "Balai", Producer: "Balai" },
  });
  pdf.registerFont("regular", join(FONTS, "LiberationSans-Regular.ttf"));
  pdf.registerFont("italic", join(FONTS, "LiberationSans-Italic.ttf"));
  pdf.registerFont("bold", join(FONTS, "LiberationSans-Bold.ttf"));
  pdf.font("regular");
  const parts: Buffer[] = [];
  pdf.on("data", (part: Buffer) => parts.push(part));
  return {
    pdf,
    finish() {
      const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
      pdf.once("end", () => resolve(new Uint8Array(Buffer.concat(parts))));
      pdf.once("error", reject);
      pdf.end();
      return promise;
    },
  };
}
