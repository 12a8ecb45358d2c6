/** Where a class page gets slides and files: from its own server, or by a ticket from another node where that is gone. */
export interface FilePlace {
  /** Another node's address; empty for the page's own. */
  readonly base: string;
  readonly ticket: string | null;
}

export const OWN_PLACE: FilePlace = { base: "", ticket: null };

export function addressAt({ base, ticket }: FilePlace, path: string): string {
  return ticket === null ? path : `${base}${path}?ticket=${encodeURIComponent(ticket)}`;
}

/** Another node's pictures come by CORS: nothing else may use them. */
export function crossOriginOf({ ticket }: FilePlace): "anonymous" | undefined {
  return ticket === null ? undefined : "anonymous";
}
