/** What was typed and not saved yet, kept in this browser so that a reload or a crash loses nothing. */
export interface KeptDraft<Draft> {
  read(): Draft | null;
  write(draft: Draft): void;
  forget(): void;
}

/** `name` tells drafts apart: the link and the thing that is written. */
export function createKeptDraft<Draft>(name: string): KeptDraft<Draft> {
  const key = `balai.draft.${name}`;
  return {
    read() {
      try {
        const text = localStorage.getItem(key);
        // Written by this application, of this version or an earlier one with the same fields.
        return text === null ? null : (JSON.parse(text) as Draft);
      } catch {
        return null;
      }
    },
    write(draft) {
      try {
        localStorage.setItem(key, JSON.stringify(draft));
      } catch {
        // A browser that keeps nothing still warns before the page is left.
      }
    },
    forget() {
      try {
        localStorage.removeItem(key);
      } catch {
        // Then there is nothing to forget either.
      }
    },
  };
}

/** Whether something unsaved is kept under this name. */
export function hasKeptDraft(name: string): boolean {
  return createKeptDraft(name).read() !== null;
}
