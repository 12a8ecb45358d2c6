import type { AnchorHTMLAttributes } from "preact";
import { navigate } from "../../ui/location.ts";

/** Goes to a page and shows it from its top. */
export function goTo(href: string, how?: { replace?: boolean }): void {
  navigate(href, how);
  scrollTo(0, 0);
}

type AdminLinkProps = AnchorHTMLAttributes<HTMLAnchorElement> & { readonly href: string };

/** A link within the administration: a plain click loads nothing anew, any other does what it does everywhere. */
export function AdminLink({ href, children, ...rest }: AdminLinkProps) {
  return (
    <a
      {...rest}
      href={href}
      onClick={(event) => {
        const isPlain =
          event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
        if (!isPlain) return;
        event.preventDefault();
        goTo(href);
      }}
    >
      {children}
    </a>
  );
}
