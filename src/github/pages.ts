import { Failure } from '../domain/failure.ts';
import { listAt } from './answer.ts';
import type { Answer } from './connection.ts';

/** Pages read of one list; more is refused, because a list cut short would read as the whole. */
const mostPages = 100;

/** Calls `read` with each cursor until it returns null. */
export async function forEachPage(read: (cursor: string | null) => Promise<string | null>): Promise<void> {
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    cursor = await read(cursor);
    if (cursor === null) return;
  }
  throw new Failure('GITHUB_REFUSED', `Cannot read a list on GitHub: more than ${mostPages} pages, expected fewer`);
}

/** Items of a numbered REST list, page by page, until `take` returns false or the list ends. */
export async function forEachItem(
  read: (page: { readonly per_page: number; readonly page: number }) => Promise<Answer>,
  path: readonly string[],
  take: (item: unknown) => boolean | void,
): Promise<void> {
  await forEachPage(async (cursor) => {
    const page = cursor === null ? 1 : Number(cursor);
    const answer = await read({ per_page: 100, page });
    for (const item of listAt(answer.body, path)) if (take(item) === false) return null;
    return linkTo(answer, 'next') === null ? null : String(page + 1);
  });
}

/** The URL of a relation in the Link header (RFC 8288), without a pattern that could be slow on a hostile one. */
export function linkTo(answer: Answer, relation: string): URL | null {
  for (const link of String(answer.headers['link'] ?? '').slice(0, 8_192).split(',')) {
    const [target, ...attributes] = link.split(';').map((part) => part.trim());
    if (target === undefined || !target.startsWith('<') || !target.endsWith('>')) continue;
    if (attributes.includes(`rel="${relation}"`) && URL.canParse(target.slice(1, -1))) return new URL(target.slice(1, -1));
  }
  return null;
}
