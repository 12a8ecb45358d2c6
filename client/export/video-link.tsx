import { Clapperboard } from "lucide";
import { Icon } from "../ui/icon.tsx";
import { exportText } from "./export-words.ts";

/** The way to a recording's MP4. */
export function VideoLink({ recordingId, title }: { recordingId: string; title: string }) {
  return (
    <a
      class="button"
      href={`/recording/${encodeURIComponent(recordingId)}/video`}
      aria-label={exportText("export.link.for", { title })}
    >
      <Icon of={Clapperboard} />
      <span>{exportText("export.link")}</span>
    </a>
  );
}
