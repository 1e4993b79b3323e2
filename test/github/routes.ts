import type { Identity } from './identity.ts';
import type { Json } from './json.ts';
import type { World } from './world.ts';

export interface Call {
  readonly method: string;
  /** As sent, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Json;
  readonly identity: Identity;
  /** Values of the route's placeholders, decoded. */
  readonly at: Readonly<Record<string, string>>;
  /** `owner/name` where the route has both. */
  readonly repository: string;
}

export interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: string;
  /** `/repos/:owner/:repo/git/ref/:ref`; a placeholder takes one encoded segment, the last one with `*` the rest. */
  readonly path: string;
  /** What an installation token needs: `contents:read`. Null: any token. */
  readonly needs: string | null;
  readonly answer: (world: World, call: Call) => Promise<Answer>;
}

export function refuse(status: number, message: string): Answer {
  return { status, body: { message, documentation_url: 'https://docs.github.com/rest', status: String(status) } };
}

/** The first route that fits, with its placeholders. */
export function matchRoute(routes: readonly Route[], method: string, path: string): { readonly route: Route; readonly at: Record<string, string> } | null {
  const given = path.split('/');
  for (const route of routes) {
    if (route.method !== method) continue;
    const at = matchPath(route.path.split('/'), given);
    if (at !== null) return { route, at };
  }
  return null;
}

function matchPath(wanted: readonly string[], given: readonly string[]): Record<string, string> | null {
  const at: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const found = given[index];
    if (found === undefined) return null;
    if (part.endsWith('*')) {
      at[part.slice(1, -1)] = given.slice(index).map(decodeURIComponent).join('/');
      return at;
    }
    if (part.startsWith(':')) at[part.slice(1)] = decodeURIComponent(found);
    else if (part !== found) return null;
  }
  return given.length === wanted.length ? at : null;
}

/** A page of a list with the Link header that GitHub gives. */
export function pageOf<Item>(world: World, call: Call, items: readonly Item[]): { readonly items: readonly Item[]; readonly headers: Record<string, string> } {
  const size = Math.min(Number(call.query.get('per_page') ?? 30), 100);
  const page = Number(call.query.get('page') ?? 1);
  const rest = new URLSearchParams(call.query);
  rest.set('page', String(page + 1));
  const more = page * size < items.length;
  return { items: items.slice((page - 1) * size, page * size), headers: more ? { link: `<${world.url()}${call.path}?${rest.toString()}>; rel="next"` } : {} };
}
