import * as Y from "yjs";
import type { Case } from "../protocol/cases.ts";
import { accept, type Result, refuse } from "../protocol/errors.ts";
import type { PersonId } from "../protocol/ids.ts";
import {
  CHOICES_ROOT,
  MAX_SHEET_BYTES,
  MAX_UPDATE_BYTES,
  type SheetAnswer,
  type SheetAuthors,
  textRootOf,
} from "../protocol/sheets.ts";
import { readUpdate } from "./read-update.ts";
import { sheetShapeFrom } from "./sheet-shape.ts";

/** What an update changed; `null` where everything of it was known. */
export type SheetChange = { readonly update: Uint8Array; readonly authors: SheetAuthors } | null;

/** A sheet's content in memory. */
export interface SheetDoc {
  /** Takes an update by a person, or refuses it and stays as it was. */
  take(by: PersonId, update: Uint8Array): Result<SheetChange>;
  stateVector(): Uint8Array;
  /** What a client with this state vector lacks; all of it without one. Refuses what is no state vector. */
  since(stateVector: Uint8Array | undefined): Result<Uint8Array>;
  authors(): SheetAuthors;
  answers(): readonly SheetAnswer[];
  close(): void;
}

/** Throws when the stored updates are no Yjs updates. */
export function createSheetDoc(
  whole: Case,
  stored: { readonly updates: readonly Uint8Array[]; readonly authors: SheetAuthors },
): SheetDoc {
  const shape = sheetShapeFrom(whole);
  const doc = new Y.Doc();
  const texts = new Map([...shape.texts.keys()].map((root) => [root, doc.getText(root)]));
  const choices = doc.getMap<string>(CHOICES_ROOT);
  const authors = new Map<number, PersonId>(stored.authors);
  doc.transact(() => {
    for (const update of stored.updates) Y.applyUpdate(doc, update);
  });
  let bytes = Y.encodeStateAsUpdate(doc).byteLength;
  let applied: Uint8Array | null = null;
  doc.on("update", (update: Uint8Array) => {
    applied = update;
  });

  function hasRoom(added: number): boolean {
    if (bytes + added <= MAX_SHEET_BYTES) return true;
    // The sum of what came is more than what it has become.
    bytes = Y.encodeStateAsUpdate(doc).byteLength;
    return bytes + added <= MAX_SHEET_BYTES;
  }

  function isTooLong([root, letters]: readonly [string, number]): boolean {
    return (texts.get(root)?.length ?? 0) + letters > (shape.texts.get(root) ?? 0);
  }

  return {
    take(by, update) {
      if (update.byteLength > MAX_UPDATE_BYTES) return refuse("sheet-too-large", "one update");
      const read = readUpdate(doc, shape, update);
      if (!read.ok) return read;
      const { clients, inserted } = read.data;
      if (clients.some((client) => (authors.get(client) ?? by) !== by)) {
        return refuse("sheet-malformed", "written under the number of somebody else");
      }
      if ([...inserted].some(isTooLong)) return refuse("sheet-too-large", "one answer");
      if (inserted.size > 0 && !hasRoom(update.byteLength)) return refuse("sheet-too-large", "the sheet");
      applied = null;
      Y.applyUpdate(doc, update);
      if (applied === null) return accept(null);
      const change: Uint8Array = applied;
      bytes += change.byteLength;
      const unseen = clients.filter((client) => !authors.has(client));
      for (const client of unseen) authors.set(client, by);
      return accept({ update: change, authors: unseen.map((client) => [client, by] as const) });
    },
    stateVector: () => Y.encodeStateVector(doc),
    since(stateVector) {
      try {
        return accept(Y.encodeStateAsUpdate(doc, stateVector));
      } catch {
        return refuse("sheet-malformed", "no state vector");
      }
    },
    authors: () => [...authors],
    answers: () =>
      whole.questions.map(({ questionId }) => {
        const text = texts.get(textRootOf(questionId))?.toString();
        return { questionId, answer: text ?? choices.get(questionId) ?? "" };
      }),
    close: () => doc.destroy(),
  };
}
