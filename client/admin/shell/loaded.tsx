import type { ComponentChildren, JSX } from "preact";
import { formatClock } from "../../i18n/format.ts";
import { errorText } from "../../i18n/t.ts";
import { Button } from "../../ui/button.tsx";
import { Notice } from "../../ui/notice.tsx";
import { t } from "../admin-words.ts";
import type { Resource } from "../resource.ts";
import { PageHead } from "./page-head.tsx";

/** Shows data once they are there; before, that they load; and why they could not be had. */
export function Loaded<Data>(props: {
  readonly of: Resource<Data>;
  /** Of the page, where it has no title of its own before the data are there. */
  readonly title?: string;
  readonly children: (data: Data) => JSX.Element;
}) {
  const { data, failure, loadedAt, reload } = props.of;
  const retry = <Button onClick={reload}>{t("retry")}</Button>;
  if (data !== null) {
    return (
      <>
        {failure && loadedAt !== null && (
          <Notice tone="trouble" actions={retry}>
            {t("admin.stale", { time: formatClock(loadedAt, localZone), reason: errorText(failure.code) })}
          </Notice>
        )}
        {props.children(data)}
      </>
    );
  }
  if (failure) {
    return (
      <>
        {props.title && <PageHead title={props.title} />}
        <Notice tone="trouble" actions={failure.code === "not-found" ? undefined : retry}>
          <strong>{t("admin.failed.title")}</strong>
          <p>{errorText(failure.code)}</p>
        </Notice>
      </>
    );
  }
  return (
    <p class="loading soft" role="status">
      {t("loading")}
    </p>
  );
}

const localZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Nothing yet: what to do first, and the button for it. */
export function EmptyState(props: {
  title: string;
  children: ComponentChildren;
  action?: ComponentChildren;
}) {
  return (
    <section class="card empty">
      <h2>{props.title}</h2>
      <p class="soft">{props.children}</p>
      {props.action && <div class="empty-action">{props.action}</div>}
    </section>
  );
}
