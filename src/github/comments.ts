import type { Reaction } from '../domain/effect.ts';
import { Failure } from '../domain/failure.ts';
import type { IssueComment } from '../domain/issue-comment.ts';
import { numberAt, optionalNumberAt, optionalTextAt, textAt, valueAt } from './answer.ts';
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

/** Our one comment with the marker, edited in place, or made where there is none. */
export async function sayInPlace(calls: RepositoryCalls, { appId, number, text, marker }: { readonly appId: number; readonly number: number; readonly text: string; readonly marker: string }): Promise<void> {
  const body = `${text}\n\n${marker}`;
  const found = await findOwnComment(calls, appId, number, marker);
  if (found === null) await createOwnComment(calls, number, body);
  else if (found.body !== body) await updateOwnComment(calls, found.id, body);
}

/** @throws Failure NOT_FOUND when it is gone. */
export async function readComment(calls: RepositoryCalls, id: number): Promise<IssueComment> {
  const { body } = await calls.read('/issues/comments/{comment_id}', { comment_id: id });
  const createdAt = textAt(body, ['created_at']);
  const author = optionalTextAt(body, ['user', 'login']) === null ? null : { login: textAt(body, ['user', 'login']), id: numberAt(body, ['user', 'id']), type: textAt(body, ['user', 'type']) };
  return { id: numberAt(body, ['id']), issue: issueOf(textAt(body, ['issue_url'])), body: optionalTextAt(body, ['body']) ?? '', author, isByApp: valueAt(body, ['performed_via_github_app', 'id']) !== undefined, createdAt, isEdited: textAt(body, ['updated_at']) !== createdAt };
}

/** GitHub answers a repeated reaction with the one that is there. */
export async function reactToComment(calls: RepositoryCalls, comment: number, content: Reaction): Promise<number> {
  const { body } = await calls.write('POST', '/issues/comments/{comment_id}/reactions', { comment_id: comment, content });
  return numberAt(body, ['id']);
}

function issueOf(url: string): number {
  const number = /\/issues\/(\d{1,15})$/.exec(url)?.[1];
  if (number === undefined) throw new Failure('GITHUB_UNAVAILABLE', "Cannot read GitHub's answer: \"issue_url\" ends in no number, expected one");
  return Number(number);
}

/** A person's comment made through our App's user token names the App too, but its author is no bot. */
function isOwn(comment: unknown, appId: number): boolean {
  return optionalNumberAt(comment, ['performed_via_github_app', 'id']) === appId && optionalTextAt(comment, ['user', 'type']) === 'Bot';
}

function refuseOverlong(text: string): void {
  if (text.length <= mostCharacters) return;
  throw new Failure('GITHUB_REFUSED', `Cannot post a comment: ${text.length} characters, expected at most ${mostCharacters}`);
}
