/** Names of our own making only: nothing that people typed stands in a header. */
export function attachment(fileName: string): Record<string, string> {
  return { "Content-Disposition": `attachment; filename="${fileName}"` };
}
