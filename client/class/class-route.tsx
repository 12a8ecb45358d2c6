import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import type { JoinView } from "../../server/protocol/api.ts";
import type { ErrorCode } from "../../server/protocol/errors.ts";
import { EndedPage, lastEndAt } from "../ended/ended-page.tsx";
import { fetchJoinView } from "../http/join-api.ts";
import { errorText, t } from "../i18n/t.ts";
import { CancelledPage } from "../join/cancelled-page.tsx";
import { JoinPage } from "../join/join-page.tsx";
import { createMediaClient, type MediaClient } from "../media/media-client.ts";
import { Button } from "../ui/button.tsx";
import { currentPath } from "../ui/location.ts";
import { PlainPage } from "../ui/page.tsx";
import { type ClassLine, createClassLine } from "./class-line.ts";
import { ClassPage } from "./class-page.tsx";
import { type ClassOver, type ClassSession, createClassSession } from "./class-session.ts";
import { forgetJoin, type JoinMemory, recallJoin } from "./join-memory.ts";

type Place =
  | { readonly at: "loading" }
  | { readonly at: "refused"; readonly code: ErrorCode | "offline" }
  | { readonly at: "cancelled"; readonly join: JoinView }
  | { readonly at: "join"; readonly join: JoinView; readonly media: MediaClient }
  | { readonly at: "class"; readonly session: ClassSession }
  | { readonly at: "ended"; readonly join: JoinView; readonly why: ClassOver };

/** `/class/:linkId`: the door, the class, or what is left of it. */
export function ClassRoute() {
  const linkId = decodeURIComponent(currentPath.value.split("/")[2] ?? "");
  return <ClassOfLink key={linkId} linkId={linkId} />;
}

function ClassOfLink({ linkId }: { linkId: string }) {
  const place = useSignal<Place>({ at: "loading" });
  const visit = useRef<ReturnType<typeof createVisit>>(undefined);
  visit.current ??= createVisit(linkId, (to) => {
    place.value = to;
  });
  const { load, join, comeBack, close } = visit.current;
  useEffect(() => {
    void load();
    return close;
  }, []);

  const now = place.value;
  switch (now.at) {
    case "loading":
      return <PlainPage title={t("join.checking")} />;
    case "refused":
      return (
        <PlainPage title={t("join.refused.title")}>
          <p>{errorText(now.code)}</p>
          <Button tone="primary" onClick={() => void load()}>
            {t("retry")}
          </Button>
        </PlainPage>
      );
    case "cancelled":
      return <CancelledPage join={now.join} />;
    case "join":
      return <JoinPage join={now.join} media={now.media} onJoin={join} />;
    case "class":
      return <ClassPage session={now.session} />;
    case "ended":
      return <EndedPage join={now.join} why={now.why} onBack={comeBack} />;
  }
}

/** Closed, offline, or never opened in its time: what is left is one's own attendance. */
function isWithoutClass({ status, mode, info }: JoinView): boolean {
  return (
    status === "closed" || (status === "scheduled" && (mode === "offline" || lastEndAt(info) < Date.now()))
  );
}

/** One tab's way through a class, with its media client and its socket, which it owns. */
function createVisit(linkId: string, goTo: (place: Place) => void) {
  let media: MediaClient | null = null;
  /** Not yet a session's own. */
  let line: ClassLine | null = null;
  let session: ClassSession | null = null;
  let known: JoinView | null = null;

  function openMedia(): MediaClient {
    media ??= createMediaClient({
      command: async (name, args) => session?.command(name, args) ?? { ok: false, code: "not-entered" },
    });
    return media;
  }

  function openLine(): ClassLine {
    line ??= createClassLine({ linkId, cluster: known?.cluster ?? null });
    return line;
  }

  function closeAll(): void {
    media?.close();
    line?.close();
    session?.close();
    media = null;
    line = null;
    session = null;
  }

  function leaveTo(why: ClassOver): void {
    forgetJoin(linkId);
    closeAll();
    // The page says why, which only the server knows.
    if (why === "session-cancelled") void load();
    else if (known) goTo({ at: "ended", join: known, why });
  }

  function join(wanted: JoinMemory, isReopening = false): void {
    const taken = openLine();
    line = null;
    session = createClassSession({
      linkId,
      line: taken,
      media: openMedia(),
      wanted,
      isReopening,
      onOver: leaveTo,
    });
    goTo({ at: "class", session });
  }

  async function load(): Promise<void> {
    goTo({ at: "loading" });
    const answer = await fetchJoinView(linkId);
    if (!answer.ok) {
      goTo({ at: "refused", code: answer.code });
      return;
    }
    known = answer.data;
    const remembered = recallJoin(linkId);
    if (known.cancellation) goTo({ at: "cancelled", join: known });
    else if (isWithoutClass(known)) goTo({ at: "ended", join: known, why: "closed" });
    else {
      // While one is at the door, or on the way back in (FF1).
      openLine();
      openMedia().prepare(known.rtpCapabilities);
      if (remembered) join(remembered);
      else goTo({ at: "join", join: known, media: openMedia() });
    }
  }

  return {
    load,
    join,
    /** From the ended page: straight back in, silent and unseen; staff open the class again on the way. */
    comeBack: (isReopening: boolean) => join({ isCameraOn: false, isMicrophoneOn: false }, isReopening),
    close: closeAll,
  };
}
