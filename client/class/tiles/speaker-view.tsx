import { useBox } from "../../ui/use-box.ts";
import { useClassroom } from "../classroom-context.ts";
import { gridFrom } from "./grid-from.ts";
import { Tile } from "./tile.tsx";

/** Whoever speaks, or spoke last, as large as fits. */
export function SpeakerView() {
  const { mainSpeaker } = useClassroom();
  const [box, size] = useBox<HTMLDivElement>();
  const speaker = mainSpeaker.value;
  return (
    <div ref={box} class="speaker-view">
      {speaker && <Tile attendee={speaker} width={gridFrom(1, size, 0).tileWidth} />}
    </div>
  );
}
