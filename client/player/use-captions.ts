import { useEffect } from "preact/hooks";
import type { CaptionTrack } from "../../server/protocol/captions.ts";
import { requestJson } from "../http/request-json.ts";
import { language } from "../i18n/language.ts";
import type { Player } from "./player.ts";
import { playerText } from "./player-words.ts";

type CaptionText = { readonly cues: Player["cues"]["value"] };

/** Learns in which languages there are captions, and brings those that are chosen. */
export function useCaptions({ timeline, captions, captionLanguages, cues }: Player): void {
  const path = `/api/v1/recordings/${timeline.recordingId}/captions`;
  useEffect(() => {
    requestJson<{ readonly items: readonly CaptionTrack[] }>(path).then((answer) => {
      if (answer.ok) captionLanguages.value = answer.data.items.map((track) => track.language);
    });
  }, [path]);
  const wanted = captions.value;
  useEffect(() => {
    cues.value = [];
    if (wanted === null) return;
    let isOver = false;
    requestJson<CaptionText>(`${path}/${encodeURIComponent(wanted)}`).then((answer) => {
      if (answer.ok && !isOver) cues.value = answer.data.cues;
    });
    return () => {
      isOver = true;
    };
  }, [path, wanted]);
}

/** On in the language of the page where there is one, else in the first; or off. The answer says which. */
export function toggleCaptions({ captions, captionLanguages }: Player): string {
  const known = captionLanguages.peek();
  const first = known.find((one) => one.startsWith(language.peek())) ?? known[0];
  if (!first) return playerText("said.captions.none");
  captions.value = captions.peek() === null ? first : null;
  return playerText(captions.peek() === null ? "said.captions.off" : "said.captions.on");
}
