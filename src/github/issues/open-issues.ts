import { commentMarker } from '../../domain/effect.ts';
import { Failure } from '../../domain/failure.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { IssueChange, IssueText, SeenIssue } from '../../domain/issue/seen-issue.ts';
import type { GitHubApp } from '../../flows/ports/github-app.ts';
import { numberAt, optionalNumberAt, optionalTextAt, textAt, valueAt } from '../answer.ts';
import { sayInPlace } from '../comments.ts';
import { nullWhenMissing } from '../null-when-missing.ts';
import { forEachItem } from '../pages.ts';
import type { RepositoryCalls } from '../repository-calls.ts';

export interface IssueOptions {
  /** Both reading and writing with the token that may write issues. */
  readonly calls: RepositoryCalls;
  readonly appId: number;
  readonly slug: () => Promise<string>;
}

const commentTopic = commentMarker('drift');

export function openIssues({ calls, appId, slug }: IssueOptions): ReturnType<GitHubApp['issues']> {
  return {
    find: async (marker, above) => findIssue(calls, { appId, login: `${await slug()}[bot]`, marker, above }),
    read: async (number) => {
      const login = `${await slug()}[bot]`;
      return nullWhenMissing(async () => {
        const { body } = await calls.read('/issues/{issue_number}', { issue_number: number });
        return isHere(calls, body, number) && isOurs(body, appId) ? seenIssue(body, login) : null;
      });
    },
    open: (issue) => createIssue(calls, issue),
    edit: async (number, wanted) => (await nullWhenMissing(() => editIssue(calls, number, wanted))) ?? false,
    say: (number, text) => sayInPlace(calls, { appId, number, text, marker: commentTopic }),
  };
}

interface Wanted {
  readonly appId: number;
  /** Of our App. */
  readonly login: string;
  readonly marker: string;
  readonly above: number;
}

/** GitHub lists the newest first. */
async function findIssue(calls: RepositoryCalls, { appId, login, marker, above }: Wanted): Promise<number | null> {
  let found: number | null = null;
  await forEachItem((page) => calls.read('/issues', { creator: login, state: 'all', sort: 'created', direction: 'desc', ...page }), [], (issue) => {
    if (numberAt(issue, ['number']) <= above) return false;
    if (!isOurs(issue, appId) || !endsIn(optionalTextAt(issue, ['body']) ?? '', marker)) return true;
    found = numberAt(issue, ['number']);
    return false;
  });
  return found;
}

/** By the id of our App, and as a bot: a person may act through our App too. */
function isOurs(issue: unknown, appId: number): boolean {
  return optionalNumberAt(issue, ['performed_via_github_app', 'id']) === appId && optionalTextAt(issue, ['user', 'type']) === 'Bot' && valueAt(issue, ['pull_request']) === undefined;
}

/** What is quoted above the last line is no marker. */
function endsIn(body: string, marker: string): boolean {
  return body.trimEnd().split(/\r\n|\r|\n/).at(-1) === marker;
}

function seenIssue(issue: unknown, login: string): SeenIssue {
  return { number: numberAt(issue, ['number']), url: textAt(issue, ['html_url']), state: stateOf(issue, login) };
}

function stateOf(issue: unknown, login: string): SeenIssue['state'] {
  if (textAt(issue, ['state']) === 'open') return { kind: 'open' };
  const [closer, kind] = [optionalTextAt(issue, ['closed_by', 'login']), optionalTextAt(issue, ['closed_by', 'type'])];
  const by = closer === login && kind === 'Bot' ? 'us' : kind === 'User' ? 'human' : 'unknown';
  return { kind: 'closed', at: textAt(issue, ['closed_at']), by };
}

/** GitHub leads on to where an issue was moved. */
function isHere(calls: RepositoryCalls, issue: unknown, number: number): boolean {
  const where = textAt(issue, ['repository_url']).toLowerCase();
  return numberAt(issue, ['number']) === number && where.endsWith(`/repos/${fullNameOf(calls.ref)}`.toLowerCase());
}

async function createIssue(calls: RepositoryCalls, issue: IssueText): Promise<{ readonly number: number; readonly url: string }> {
  const { body } = await calls.create('/issues', { title: issue.title, body: bodyOf(issue) });
  try {
    return { number: numberAt(body, ['number']), url: textAt(body, ['html_url']) };
  } catch (thrown) {
    throw new Failure('GITHUB_AMBIGUOUS', 'Cannot tell the number of the issue: an answer without it, expected a number', { cause: thrown });
  }
}

async function editIssue(calls: RepositoryCalls, number: number, { issue, state }: IssueChange): Promise<boolean> {
  const text = issue === null ? {} : { title: issue.title, body: bodyOf(issue) };
  const { body } = await calls.write('PATCH', '/issues/{issue_number}', { issue_number: number, ...text, ...(state === null ? {} : { state }), ...(state === 'closed' ? { state_reason: 'completed' } : {}) });
  return isHere(calls, body, number);
}

/** Characters that GitHub takes. */
const mostCharacters = 65_535;
const cut = '\n\nThe rest is left out: GitHub takes no longer text.';

function bodyOf({ text, marker }: IssueText): string {
  const end = `\n\n${marker}`;
  if (text.length + end.length <= mostCharacters) return text + end;
  return text.slice(0, mostCharacters - cut.length - end.length).toWellFormed() + cut + end;
}
