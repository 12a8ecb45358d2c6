import { useEffect, useRef } from "preact/hooks";
import type { ConnectionId } from "../../../server/protocol/ids.ts";
import type { ViewTile } from "../../../server/protocol/media.ts";
import { useClassroom } from "../classroom-context.ts";

/** A picture without sound: the sound of the class comes from the media client. */
export function Video({ track }: { track: MediaStreamTrack }) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    const element = video.current;
    if (!element) return;
    element.srcObject = new MediaStream([track]);
    // Muted pictures may always play; an interrupted start is followed by the next one.
    element.play().catch(() => undefined);
    return () => {
      element.srcObject = null;
    };
  }, [track]);
  return (
    <video ref={video} muted playsInline autoPlay disablePictureInPicture aria-hidden="true" tabIndex={-1} />
  );
}

/** Tells the media server that the element shows this picture, and how large; null for one's own or none. */
export function useShownPicture<Kind extends HTMLElement>(
  connectionId: ConnectionId | null,
  source: ViewTile["source"],
) {
  const element = useRef<Kind>(null);
  const { viewReport } = useClassroom();
  useEffect(() => {
    if (!element.current || !connectionId) return;
    return viewReport.show(element.current, connectionId, source);
  }, [viewReport, connectionId, source]);
  return element;
}
