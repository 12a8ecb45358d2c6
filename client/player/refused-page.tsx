import type { ErrorCode } from "../../server/protocol/errors.ts";
import { errorText } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { PlainPage } from "../ui/page.tsx";
import { playerText } from "./player-words.ts";

/** Why a recording is not shown, and what to do. */
export function RefusedPage({ code, onAgain }: { code: ErrorCode | "offline"; onAgain: () => void }) {
  if (code === "unauthenticated") {
    return (
      <PlainPage title={playerText("refused.unauthenticated.title")}>
        <p>{playerText("refused.unauthenticated.text")}</p>
        <p>
          <a class="button" href="/admin">
            {playerText("refused.signIn")}
          </a>
        </p>
      </PlainPage>
    );
  }
  if (code === "forbidden") {
    return (
      <PlainPage title={playerText("refused.forbidden.title")}>
        <p>{playerText("refused.forbidden.text")}</p>
      </PlainPage>
    );
  }
  if (code === "not-found" || code === "recording-deleted") {
    return (
      <PlainPage title={playerText("refused.gone.title")}>
        <p>{playerText("refused.gone.text")}</p>
      </PlainPage>
    );
  }
  return (
    <PlainPage title={playerText("refused.offline.title")}>
      <p>{errorText(code)}</p>
      <p>
        <Button tone="primary" onClick={onAgain}>
          {playerText("refused.again")}
        </Button>
      </p>
    </PlainPage>
  );
}
