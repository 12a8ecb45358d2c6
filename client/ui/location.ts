import { signal } from "@preact/signals";

const path = signal(location.pathname);
addEventListener("popstate", () => {
  path.value = location.pathname;
});

/** The address's path, as a signal. */
export const currentPath = {
  get value() {
    return path.value;
  },
};

/** Goes to an address of this application without loading the page anew. */
export function navigate(to: string, how: { replace?: boolean } = {}): void {
  if (how.replace) history.replaceState(null, "", to);
  else history.pushState(null, "", to);
  path.value = location.pathname;
}
