import { SendHorizontal } from "lucide";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { MAIN_ROOM } from "../../../server/protocol/ids.ts";
import { isStaff } from "../../../server/protocol/people.ts";
import type { ChatMessageView } from "../../../server/protocol/views.ts";
import { formatClock } from "../../i18n/format.ts";
import { t } from "../../i18n/t.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { useClassroom } from "../classroom-context.ts";

const NEAR_END_PX = 80;
const LONGEST = 2000;

/** The room's chat. It follows the newest message unless one reads further up. */
export function ChatPanel() {
  const { view, markChatRead } = useClassroom();
  const list = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const [hasNewBelow, setNewBelow] = useState(false);
  const { chat, you } = view.value;
  const newest = chat.at(-1)?.messageId;
  const goToEnd = () => {
    list.current?.scrollTo({ top: list.current.scrollHeight });
    setNewBelow(false);
  };
  useLayoutEffect(() => {
    if (isAtEnd.current || chat.at(-1)?.personId === you.personId) goToEnd();
    else setNewBelow(true);
  }, [newest]);
  useEffect(markChatRead, [newest]);
  const handleScroll = () => {
    const element = list.current;
    if (!element) return;
    isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
    if (isAtEnd.current) setNewBelow(false);
  };
  const isInRoom = you.room !== MAIN_ROOM;
  return (
    <div class="chat">
      <div
        ref={list}
        class="chat-messages"
        role="log"
        aria-label={t("chat.title")}
        onScroll={handleScroll}
        {...{ tabIndex: 0 }}
      >
        {chat.length === 0 && <p class="chat-empty">{t(isInRoom ? "chat.empty.room" : "chat.empty")}</p>}
        {chat.map((message) => (
          <Message key={message.messageId} message={message} />
        ))}
      </div>
      {hasNewBelow && (
        <Button tone="primary" onClick={goToEnd}>
          {t("chat.newest")}
        </Button>
      )}
      <ChatForm placeholder={t(isInRoom ? "chat.placeholder.room" : "chat.placeholder")} />
    </div>
  );
}

function Message({ message }: { message: ChatMessageView }) {
  const { view } = useClassroom();
  const { you, people, info } = view.value;
  const person = people.get(message.personId);
  const isOwn = message.personId === you.personId;
  const role = person && isStaff(person.role) ? t(`role.${person.role}`) : null;
  return (
    <div class={isOwn ? "chat-message chat-own" : "chat-message"}>
      <div class="chat-message-head">
        <strong class="one-line">{isOwn ? t("you") : (person?.name ?? "")}</strong>
        {role && !isOwn && <span class="badge">{role}</span>}
        <time class="figures">{formatClock(message.at, info.timeZone)}</time>
      </div>
      <p class="chat-text">{message.text}</p>
    </div>
  );
}

function ChatForm({ placeholder }: { placeholder: string }) {
  const { act } = useClassroom();
  const [text, setText] = useState("");
  const send = async () => {
    const sent = text.trim();
    if (sent === "") return;
    setText("");
    // What could not be sent is not lost.
    if (!(await act("chat.post", { text: sent }))) setText((typed) => (typed === "" ? sent : typed));
  };
  return (
    <form
      class="chat-form"
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <textarea
        class="input"
        rows={1}
        maxLength={LONGEST}
        value={text}
        placeholder={placeholder}
        aria-label={placeholder}
        title={t("chat.hint")}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
          event.preventDefault();
          void send();
        }}
      />
      <IconButton
        icon={SendHorizontal}
        label={t("chat.send")}
        tone="plain"
        type="submit"
        disabled={text.trim() === ""}
      />
    </form>
  );
}
