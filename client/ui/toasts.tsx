import { signal } from "@preact/signals";
import { CircleAlert, CircleCheck, Hand, Info, X } from "lucide";
import { t } from "../i18n/t.ts";
import { Button, IconButton } from "./button.tsx";
import { Icon } from "./icon.tsx";

const MOST = 3;
const SHOWN_MS = 7_000;
const ICONS = { plain: Info, trouble: CircleAlert, good: CircleCheck, hand: Hand } as const;

export interface Toast {
  text: string;
  tone?: keyof typeof ICONS;
  action?: { label: string; run: () => void };
}

const toasts = signal<readonly (Toast & { readonly key: number })[]>([]);
let lastKey = 0;

/** Shows one line at the bottom left for seven seconds; the oldest goes when a fourth comes. */
export function showToast(toast: Toast): void {
  const key = ++lastKey;
  const others = toasts.peek().filter((other) => other.text !== toast.text);
  toasts.value = [...others, { ...toast, key }].slice(-MOST);
  setTimeout(() => dismiss(key), SHOWN_MS);
}

function dismiss(key: number): void {
  toasts.value = toasts.peek().filter((toast) => toast.key !== key);
}

/** The place where toasts appear; once per page. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ key, text, tone = "plain", action }) => (
        <div key={key} class={`toast toast-${tone}`}>
          <Icon of={ICONS[tone]} />
          <span class="toast-text">{text}</span>
          {action && (
            <Button
              tone="quiet"
              onClick={() => {
                dismiss(key);
                action.run();
              }}
            >
              {action.label}
            </Button>
          )}
          <IconButton icon={X} label={t("close")} onClick={() => dismiss(key)} />
        </div>
      ))}
    </div>
  );
}
