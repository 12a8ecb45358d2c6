/** What holds for every route, and how the page looks. */
export const GUIDE = `
<section id="guide">
<p>Everything that the administration pages do can be done by a program. The machine-readable description is
<a href="/api/openapi.json">/api/openapi.json</a> (OpenAPI 3.1); both are made from the routes themselves.</p>
<dl>
<dt>Who asks</dt><dd>A program sends <code>Authorization: Bearer KEY</code>; <code>npm run balai -- api-key create NAME</code>
prints a key once. Keys have the scopes <code>read</code> and <code>write</code>.</dd>
<dt>Names</dt><dd><code>{programme}</code> is a programme's id or code. Times are epoch milliseconds, shares basis points
(8000 = 80 %), JP numbers with two decimals.</dd>
<dt>Lists</dt><dd>come in pages: <code>?limit=100&amp;cursor=…</code>, the cursor from <code>nextCursor</code> of the page before;
it is <code>null</code> on the last.</dd>
<dt>Refusals</dt><dd>are <code>application/problem+json</code> (RFC 9457) with a <code>code</code> from <a href="#codes">one table</a>;
<code>errors</code> names each field and says what is wrong with it. Imports answer 200 with a result for each row.</dd>
<dt>Repetition</dt><dd>A POST with an <code>Idempotency-Key</code> (a UUID) can be sent again without happening twice: within
24 hours the first answer comes again, with <code>Idempotency-Replayed: true</code>. Another request with that key is refused
(422), the same one while the first runs too (409). Refusals and answers above 256 kB are not kept. After a crash the key is
free in a minute and the repetition is carried out.</dd>
<dt>Limits</dt><dd>12,000 requests a minute of one address; the headers <code>RateLimit</code> and <code>Retry-After</code> say
how many are left and when to come again.</dd>
</dl>
</section>`;

export const STYLE = `
:root{--ink:#0f172a;--soft:#475569;--line:#cbd5e1;--ground:#f1f5f9;--surface:#fff;--accent:#1d4ed8}
*{box-sizing:border-box}
body{margin:0;color:var(--ink);background:var(--ground);font:16px/1.5 "Plus Jakarta Sans Variable",system-ui,sans-serif;
display:grid;grid-template-columns:20rem minmax(0,1fr)}
nav{position:sticky;top:0;height:100vh;overflow:auto;padding:1.5rem 1rem;background:var(--surface);border-right:1px solid var(--line);
font-size:.875rem}
nav .brand{font-weight:700;margin:0 0 1rem}nav ul{list-style:none;margin:.25rem 0 .5rem;padding-left:.75rem}
nav a{color:var(--ink);text-decoration:none;display:block;padding:.25rem 0;overflow-wrap:anywhere}
nav a:hover{color:var(--accent);text-decoration:underline}nav b{font-size:.6875rem;color:var(--soft)}
nav summary{padding:.375rem 0;font-weight:600}
main{padding:2rem;max-width:64rem}h1{font-size:2rem;margin:0 0 1rem}h2{margin:2.5rem 0 1rem}
h3{margin:0 0 .5rem;font-size:1rem;overflow-wrap:anywhere}h4{margin:1rem 0 .25rem;font-size:.875rem}
article{background:var(--surface);border:1px solid var(--line);border-radius:12px;padding:1.25rem;margin-bottom:1rem}
article p{margin:.25rem 0}.who,.small,dd{color:var(--soft)}.who,.small{font-size:.875rem}
dt{font-weight:600;margin-top:.75rem}dd{margin:0}
code,pre{font:.8125rem/1.5 ui-monospace,Menlo,Consolas,monospace}
pre{background:#0f172a;color:#e2e8f0;padding:.75rem;border-radius:8px;overflow:auto;margin:.25rem 0}
.method{padding:.125rem .5rem;border-radius:6px;color:#fff;background:#475569}
.method.get{background:#1d4ed8}.method.post{background:#166534}.method.put{background:#92400e}.method.delete{background:#b91c1c}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid var(--line);vertical-align:top}
th{font-weight:600;color:var(--soft)}.refusals{margin:0;padding-left:1.25rem;font-size:.875rem}
summary{cursor:pointer}summary:focus-visible,a:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
a{color:var(--accent)}:target{border-color:var(--accent);scroll-margin-top:1rem}
@media(max-width:60rem){body{display:block}nav{position:static;height:auto;max-height:14rem;border-right:0;border-bottom:1px solid var(--line)}
main{padding:1rem}}`;
