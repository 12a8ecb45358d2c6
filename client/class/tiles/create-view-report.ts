import type { ConnectionId } from "../../../server/protocol/ids.ts";
import type { ViewTile } from "../../../server/protocol/media.ts";

interface ShownPicture {
  readonly connectionId: ConnectionId;
  readonly source: ViewTile["source"];
  isVisible: boolean;
}

export interface ViewReport {
  /** Counts a picture while its element is on screen; the result stops that. */
  show(element: Element, connectionId: ConnectionId, source: ViewTile["source"]): () => void;
  close(): void;
}

/** Gathers which pictures are visible and how wide (device pixels), each once with its widest element. */
export function createViewReport(report: (tiles: readonly ViewTile[]) => void): ViewReport {
  const shown = new Map<Element, ShownPicture>();
  const tell = () => report(tilesFrom(shown));
  const visibility = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      const picture = shown.get(target);
      if (picture) picture.isVisible = isIntersecting;
    }
    tell();
  });
  const sizes = new ResizeObserver(tell);
  return {
    show(element, connectionId, source) {
      shown.set(element, { connectionId, source, isVisible: false });
      visibility.observe(element);
      sizes.observe(element);
      return () => {
        shown.delete(element);
        visibility.unobserve(element);
        sizes.unobserve(element);
        tell();
      };
    },
    close() {
      visibility.disconnect();
      sizes.disconnect();
      shown.clear();
    },
  };
}

function tilesFrom(shown: ReadonlyMap<Element, ShownPicture>): readonly ViewTile[] {
  const widest = new Map<string, ViewTile>();
  for (const [element, { connectionId, source, isVisible }] of shown) {
    const width = Math.round(element.clientWidth * devicePixelRatio);
    if (!isVisible || width < 1) continue;
    const key = `${connectionId}/${source}`;
    const known = widest.get(key);
    if (!known || known.width < width) widest.set(key, { connectionId, source, width });
  }
  return [...widest.values()];
}
