import "./cases.css";
import "./group-work.css";
import { useEffect, useMemo, useState } from "preact/hooks";
import type { JoinView } from "../../server/protocol/api.ts";
import type { Score, WorkedRoom } from "../../server/protocol/case-work.ts";
import { fetchJoinView } from "../http/join-api.ts";
import { formatNumber } from "../i18n/format.ts";
import { errorText, t } from "../i18n/t.ts";
import { Button } from "../ui/button.tsx";
import { currentPath } from "../ui/location.ts";
import { Notice } from "../ui/notice.tsx";
import { Page, PlainPage } from "../ui/page.tsx";
import { Toasts } from "../ui/toasts.tsx";
import { caseApi } from "./case-api.ts";
import { caseText } from "./case-words.ts";
import { RoomWorkPart } from "./room-work-part.tsx";

interface Loaded {
  readonly join: JoinView;
  readonly rooms: readonly WorkedRoom[];
}

/** `/class/:linkId/group-work`: what each group answered, and its score. */
export function GroupWorkPage() {
  const linkId = decodeURIComponent(currentPath.value.split("/")[2] ?? "");
  const api = useMemo(() => caseApi(linkId), [linkId]);
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const [failure, setFailure] = useState<string | null>(null);
  const load = async () => {
    setFailure(null);
    const [join, rooms] = await Promise.all([fetchJoinView(linkId), api.workedRooms()]);
    if (!join.ok) setFailure(errorText(join.code));
    else if (!rooms.ok) setFailure(errorText(rooms.code));
    else setLoaded({ join: join.data, rooms: rooms.data.items });
  };
  useEffect(() => void load(), [linkId]);
  useEffect(() => {
    document.title = `${caseText("work.title")} · Balai`;
  });
  if (!loaded) {
    return (
      <PlainPage title={caseText("work.title")}>
        {failure ? (
          <>
            <Notice tone="trouble">{failure}</Notice>
            <Button tone="primary" onClick={load}>
              {t("retry")}
            </Button>
          </>
        ) : (
          <p class="soft">{t("loading")}</p>
        )}
      </PlainPage>
    );
  }
  const { join, rooms } = loaded;
  return (
    <Page>
      <div class="cases">
        <header class="cases-head">
          <div>
            <p class="soft small">{join.info.title}</p>
            <h1>{caseText("work.title")}</h1>
            <p class="soft">{caseText("work.lead")}</p>
          </div>
          <div class="part-actions">
            <a class="button" href={`/class/${encodeURIComponent(linkId)}/cases`}>
              {caseText("title")}
            </a>
            <a class="button" href={`/class/${encodeURIComponent(linkId)}`}>
              {caseText("back")}
            </a>
          </div>
        </header>
        {rooms.length === 0 ? (
          <section class="card case-part">
            <p class="soft">{caseText("work.empty")}</p>
          </section>
        ) : (
          <Rooms
            linkId={linkId}
            api={api}
            rooms={rooms}
            onScore={(score) => setLoaded((now) => now && { ...now, rooms: withScore(now.rooms, score) })}
          />
        )}
      </div>
      <Toasts />
    </Page>
  );
}

function withScore(rooms: readonly WorkedRoom[], score: Score): readonly WorkedRoom[] {
  return rooms.map((room) => (room.roomId === score.roomId ? { ...room, score } : room));
}

function Rooms(props: {
  linkId: string;
  api: ReturnType<typeof caseApi>;
  rooms: readonly WorkedRoom[];
  onScore: (score: Score) => void;
}) {
  const { linkId, api, rooms, onScore } = props;
  const [chosen, setChosen] = useState(rooms.find(({ score }) => !score)?.roomId ?? rooms[0]?.roomId);
  const room = rooms.find(({ roomId }) => roomId === chosen);
  const scored = rooms.filter(({ score }) => score !== null).length;
  return (
    <div class="work">
      <nav class="card work-rooms" aria-label={caseText("work.progress", { scored, all: rooms.length })}>
        <p class="small soft figures work-progress">
          {caseText("work.progress", { scored, all: rooms.length })}
        </p>
        <ul>
          {rooms.map(({ roomId, title, score }) => (
            <li key={roomId}>
              <button
                type="button"
                class="work-room"
                aria-current={roomId === chosen ? "true" : undefined}
                onClick={() => setChosen(roomId)}
              >
                <span>{title}</span>
                <span class={score ? "badge badge-good figures" : "badge"}>
                  {score
                    ? caseText("work.scored", {
                        total: formatNumber(score.total),
                        most: formatNumber(score.maxTotal),
                      })
                    : caseText("work.unscored")}
                </span>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      {room && <RoomWorkPart key={room.roomId} {...{ linkId, api, room, onScore }} />}
    </div>
  );
}
