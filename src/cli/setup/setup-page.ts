import type { JsonObject } from '../../domain/json-value.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import { xmlText } from '../../render/escape.ts';

/** One button that takes the manifest to GitHub. No script: the browser posts the form itself. */
export function setupPage(action: string, manifest: JsonObject): string {
  return page('Register Plumbline', `<p>GitHub will ask you to confirm the name, and then send you back here.</p>
<form action="${xmlText(action)}" method="post">
<input type="hidden" name="manifest" value="${xmlText(JSON.stringify(manifest))}">
<button>Go on to GitHub</button>
</form>
<h2>What the App may do</h2>
${list(permissionsOf(manifest))}
<h2>What the App is told of</h2>
${list(eventsOf(manifest))}`);
}

function permissionsOf(manifest: JsonObject): readonly string[] {
  const permissions = manifest['default_permissions'];
  return isJsonObject(permissions) ? Object.entries(permissions).map(([name, level]) => `${name}: ${typeof level === 'string' ? level : JSON.stringify(level)}`) : [];
}

function eventsOf(manifest: JsonObject): readonly string[] {
  const events = manifest['default_events'];
  return Array.isArray(events) ? events.filter((event) => typeof event === 'string') : [];
}

function list(items: readonly string[]): string {
  return `<ul>\n${items.map((item) => `<li>${xmlText(item)}</li>\n`).join('')}</ul>`;
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
