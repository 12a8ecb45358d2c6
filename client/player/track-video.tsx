import { useEffect, useRef } from "preact/hooks";
import type { PlaybackTrack } from "../../server/protocol/playback.ts";
import { usePlayer } from "./player.ts";

/** A camera's or share's picture, or its stills; the sound of the room is played apart. */
export function TrackVideo({ track }: { track: PlaybackTrack }) {
  const { playback, followersOf } = usePlayer();
  const video = useRef<HTMLVideoElement>(null);
  const tracks = followersOf(track);
  const known = tracks.map(({ trackId }) => trackId).join(" ");
  useEffect(() => (video.current ? playback.attach(video.current, tracks) : undefined), [playback, known]);
  return <video ref={video} muted playsInline disablePictureInPicture aria-hidden="true" tabIndex={-1} />;
}
