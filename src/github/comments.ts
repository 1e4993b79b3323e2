import { Failure } from '../domain/failure.ts';
import { numberAt, optionalNumberAt, optionalTextAt } from './answer.ts';
import { forEachItem } from './pages.ts';
import type { RepositoryCalls } from './repository-calls.ts';

export interface FoundComment {
  readonly id: number;
  readonly body: string;
}

/** Characters that GitHub takes in a comment. */
const mostCharacters = 65_536;

/** Our App's oldest comment with the marker. Anyone can write the marker; only ours counts, by App id and as a bot. */
export async function findOwnComment(calls: RepositoryCalls, appId: number, pullRequest: number, marker: string): Promise<FoundComment | null> {
  let found: FoundComment | null = null;
  await forEachItem((page) => calls.read('/issues/{issue_number}/comments', { issue_number: pullRequest, ...page }), [], (comment) => {
    const body = optionalTextAt(comment, ['body']) ?? '';
    if (!isOwn(comment, appId) || !body.includes(marker)) return true;
    found = { id: numberAt(comment, ['id']), body };
    return false;
  });
  return found;
}

export async function createOwnComment(calls: RepositoryCalls, pullRequest: number, text: string): Promise<number> {
  refuseOverlong(text);
  const { body } = await calls.create('/issues/{issue_number}/comments', { issue_number: pullRequest, body: text });
  try {
    return numberAt(body, ['id']);
  } catch (thrown) {
    throw new Failure('GITHUB_AMBIGUOUS', `Cannot tell the id of the comment on #${pullRequest}: an answer without it, expected a number`, { cause: thrown });
  }
}

export async function updateOwnComment(calls: RepositoryCalls, id: number, text: string): Promise<void> {
  refuseOverlong(text);
  await calls.write('PATCH', '/issues/comments/{comment_id}', { comment_id: id, body: text });
}

/** A person's comment made through our App's user token names the App too, but its author is no bot. */
function isOwn(comment: unknown, appId: number): boolean {
  return optionalNumberAt(comment, ['performed_via_github_app', 'id']) === appId && optionalTextAt(comment, ['user', 'type']) === 'Bot';
}

function refuseOverlong(text: string): void {
  if (text.length <= mostCharacters) return;
  throw new Failure('GITHUB_REFUSED', `Cannot post a comment: ${text.length} characters, expected at most ${mostCharacters}`);
}
