/** A file's content in base64 (RFC 4648); null where the browser cannot read it (any more). */
export function base64From(file: Blob): Promise<string | null> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => {
      const text = typeof reader.result === "string" ? reader.result : "";
      resolve(text.slice(text.indexOf(",") + 1));
    };
    reader.onerror = () => resolve(null);
    reader.readAsDataURL(file);
  });
}
