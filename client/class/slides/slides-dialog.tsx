import { EyeOff, Presentation, Upload } from "lucide";
import { useEffect, useRef } from "preact/hooks";
import { errorText, t } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Notice } from "../../ui/notice.tsx";
import { useClassroom } from "../classroom-context.ts";
import { createDeckShelf, type DeckShelf } from "./deck-shelf.ts";
import type { DeckItem } from "./slides-api.ts";
import "./slides.css";

/** Upload a PDF, see it become pages, show it or hide it. */
export function SlidesDialog() {
  const { linkId, screen, view, act } = useClassroom();
  const shelf = useRef<DeckShelf>(undefined);
  shelf.current ??= createDeckShelf(linkId);
  const { decks, upload, problem, load, close: closeShelf } = shelf.current;
  useEffect(() => {
    void load();
    return closeShelf;
  }, []);
  const close = () => {
    screen.dialog.value = null;
  };
  const shownId = view.value.stage?.deck.deckId;
  return (
    <Dialog
      title={t("slides.title")}
      onClose={close}
      foot={
        <>
          {shownId && (
            <Button icon={EyeOff} onClick={() => void act("deck.hide", {})}>
              {t("slides.hide")}
            </Button>
          )}
          <UploadButton shelf={shelf.current} />
        </>
      }
    >
      {problem.value && <Notice tone="trouble">{problem.value}</Notice>}
      {upload.value !== null && (
        <Progress
          words={t("slides.uploading", { percent: Math.round(upload.value * 100) })}
          share={upload.value}
        />
      )}
      {decks.value?.length === 0 && upload.value === null && <p class="slides-empty">{t("slides.empty")}</p>}
      <ul class="decks" aria-label={t("slides.list")}>
        {decks.value?.map((deck) => (
          <DeckRow
            key={deck.id}
            deck={deck}
            isShown={deck.id === shownId}
            onShow={async () => {
              if (await act("deck.show", { deckId: deck.id })) close();
            }}
          />
        ))}
      </ul>
    </Dialog>
  );
}

function UploadButton({ shelf }: { shelf: DeckShelf }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        accept="application/pdf,.pdf"
        class="visually-hidden"
        tabIndex={-1}
        aria-hidden="true"
        onChange={(event) => {
          const [file] = event.currentTarget.files ?? [];
          event.currentTarget.value = "";
          if (file) void shelf.add(file);
        }}
      />
      <Button
        tone="primary"
        icon={Upload}
        disabled={shelf.upload.value !== null}
        onClick={() => input.current?.click()}
      >
        {t("slides.upload")}
      </Button>
    </>
  );
}

function DeckRow({
  deck,
  isShown,
  onShow,
}: {
  deck: DeckItem;
  isShown: boolean;
  onShow: () => Promise<void>;
}) {
  const { status, progress, failure } = deck;
  return (
    <li class="deck">
      <div class="deck-words">
        <strong class="one-line" title={deck.title}>
          {deck.title}
        </strong>
        {status === "ready" && <span class="small soft">{t("slides.pages", { count: deck.pageCount })}</span>}
        {status === "failed" && <span class="field-error">{errorText(failure ?? "internal")}</span>}
        {status === "processing" && (
          <Progress
            words={progress ? t("slides.processing", { ...progress }) : t("slides.processing.start")}
            share={progress ? progress.done / Math.max(1, progress.total) : 0}
          />
        )}
      </div>
      {isShown && <span class="badge badge-good">{t("slides.shown")}</span>}
      {status === "ready" && !isShown && (
        <Button icon={Presentation} onClick={() => void onShow()}>
          {t("slides.show")}
        </Button>
      )}
    </li>
  );
}

function Progress({ words, share }: { words: string; share: number }) {
  return (
    <div class="slides-progress">
      <span class="small figures" role="status">
        {words}
      </span>
      <progress value={share} max={1} aria-label={words} />
    </div>
  );
}
