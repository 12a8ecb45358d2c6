/** The style sheets every page needs, in their order. */
import "@fontsource-variable/plus-jakarta-sans/wght.css";
import "./tokens.css";
import "./base.css";
import "./controls.css";
import "./floating.css";
import "./page.css";
