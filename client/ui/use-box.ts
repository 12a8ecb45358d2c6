import type { RefObject } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** An element's inner size in CSS pixels, kept up to date. */
export function useBox<Kind extends HTMLElement>(): [ref: RefObject<Kind | null>, box: Box] {
  const ref = useRef<Kind>(null);
  const [box, setBox] = useState<Box>({ width: 0, height: 0 });
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => setBox({ width: element.clientWidth, height: element.clientHeight });
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    measure();
    return () => observer.disconnect();
  }, []);
  return [ref, box];
}
