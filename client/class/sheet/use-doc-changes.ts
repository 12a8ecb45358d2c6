import { useEffect, useState } from "preact/hooks";
import type { Doc } from "yjs";

/** Draws the component again whenever something in the document changed. */
export function useDocChanges(doc: Doc): void {
  const [, setCount] = useState(0);
  useEffect(() => {
    const count = () => setCount((before) => before + 1);
    doc.on("update", count);
    count();
    return () => doc.off("update", count);
  }, [doc]);
}
