import { ChevronRight } from "lucide";
import type { ComponentChildren } from "preact";
import { Fragment } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { Icon } from "../../ui/icon.tsx";
import { currentPath } from "../../ui/location.ts";
import { t } from "../admin-words.ts";
import { AdminLink } from "./admin-link.tsx";

interface PageHeadProps {
  readonly title: string;
  /** The pages above this one, the outermost first. */
  readonly above?: readonly { readonly title: string; readonly href: string }[];
  /** Beside the title: a badge. */
  readonly mark?: ComponentChildren;
  /** Under the title, one line. */
  readonly lead?: ComponentChildren;
  readonly actions?: ComponentChildren;
}

let lastPath: string | null = null;

/** Says where one is. Coming from another page, the title takes the focus, so that screen readers read it. */
export function PageHead({ title, above = [], mark, lead, actions }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const path = currentPath.value;
  useEffect(() => {
    if (lastPath !== null && lastPath !== path) heading.current?.focus({ preventScroll: true });
    lastPath = path;
  }, [path]);
  useEffect(() => {
    document.title = t("admin.documentTitle", { title });
  }, [title]);
  return (
    <header class="admin-head">
      <div class="admin-head-words">
        {above.length > 0 && (
          <nav class="crumbs" aria-label={t("admin.title")}>
            {above.map((page, index) => (
              <Fragment key={page.href}>
                {index > 0 && <Icon of={ChevronRight} size={16} />}
                <AdminLink href={page.href}>{page.title}</AdminLink>
              </Fragment>
            ))}
          </nav>
        )}
        <div class="admin-title">
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {mark}
        </div>
        {lead && <div class="admin-lead">{lead}</div>}
      </div>
      {actions && <div class="admin-actions">{actions}</div>}
    </header>
  );
}
