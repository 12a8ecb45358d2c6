/** An id for what is written here and known to the server later, such as `qst_…`; also where the page came without TLS. */
export function newDraftId(prefix: string): string {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  return `${prefix}_${[...bytes].map((byte) => byte.toString(36).padStart(2, "0")).join("")}`;
}
