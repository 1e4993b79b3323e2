import type { JsonObject } from '../../domain/json-value.ts';
import { xmlText } from '../../render/escape.ts';

/** One button that takes the manifest to GitHub. No script: the browser posts the form itself. */
export function setupPage(action: string, manifest: JsonObject): string {
  return page('Register Plumbline', `<p>GitHub will ask you to confirm the name, and then send you back here.</p>
<form action="${xmlText(action)}" method="post">
<input type="hidden" name="manifest" value="${xmlText(JSON.stringify(manifest))}">
<button>Go on to GitHub</button>
</form>
<p>What the App will ask for:</p>
<pre>${xmlText(JSON.stringify({ permissions: manifest['default_permissions'] ?? {}, events: manifest['default_events'] ?? [] }, null, 2))}</pre>`);
}

export function messagePage(title: string, text: string): string {
  return page(title, `<p>${xmlText(text)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${xmlText(title)}</title></head>
<body>
<main>
<h1>${xmlText(title)}</h1>
${body}
</main>
</body>
</html>
`;
}
