import type { ComponentChildren } from "preact";
import { LanguageSwitch } from "./language-switch.tsx";

/** A light page with the brand and the language on top. */
export function Page({ children }: { children: ComponentChildren }) {
  return (
    <div class="page">
      <header class="page-head">
        <span class="brand">
          <img src="/favicon.svg" alt="" />
          Balai
        </span>
        <LanguageSwitch />
      </header>
      <main class="page-main">{children}</main>
    </div>
  );
}

/** A page that says one thing: a title, a sentence, perhaps a button. */
export function PlainPage(props: { title: string; children?: ComponentChildren }) {
  return (
    <Page>
      <section class="card page-card">
        <h1>{props.title}</h1>
        {props.children}
      </section>
    </Page>
  );
}
