import type { Person } from '../domain/effect.ts';
import { limits } from '../domain/limits.ts';
import type { CommitPeople } from '../domain/people/commit-people.ts';
import { agentsInMessage } from '../domain/people/agents-in-message.ts';
import { flagAt, listAt, numberAt, optionalTextAt, shaAt, textAt, valueAt } from './answer.ts';
import type { LearnedObjects } from './learned-objects.ts';
import { parentsPart } from './merge-base.ts';
import type { RepositoryCalls } from './repository-calls.ts';
import { Failure } from '../domain/failure.ts';

/** The members of a page of commits. GitHub's own account, which commits what is done by a click, is no person. */
const page = `totalCount pageInfo { hasNextPage endCursor }
      nodes { commit { ${parentsPart} messageBody authors(first: ${limits.commitAuthors}) { totalCount nodes { name email user { login databaseId } } } committer { name email user { login databaseId } } } }`;

/** In the query of a pull request. */
export const firstCommits = `commits(first: 100) { ${page} }`;

const nextCommits = `query($owner: String!, $name: String!, $number: Int!, $after: String) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { headRefOid commits(first: 100, after: $after) { ${page} } } } }`;

const ownAccount = 'web-flow';

/** What was told with a pull request: the rest is read when it is asked for. */
export function learnCommits(node: unknown, number: number, learned: LearnedObjects): void {
  learned.learnText(keyOf(number), JSON.stringify({ headRefOid: valueAt(node, ['headRefOid']), commits: valueAt(node, ['commits']) }));
}

/** The commits of M..H with the accounts behind them, page by page, up to a limit. */
export async function readCommitPeople(calls: RepositoryCalls, learned: LearnedObjects, number: number): Promise<CommitPeople> {
  const known = learned.learned(keyOf(number));
  const first: unknown = known === null ? await ask(calls, number, null) : JSON.parse(known);
  const head = shaAt(first, ['headRefOid']);
  let newest = readPage(first);
  const read = [...newest.commits];
  while (newest.next !== null && read.length < limits.commits) {
    const answer = await ask(calls, number, newest.next);
    if (shaAt(answer, ['headRefOid']) !== head) throw new Failure('GITHUB_UNAVAILABLE', `Cannot read the commits of pull request ${number}: its head moved while they were read, expected one head`);
    newest = readPage(answer);
    read.push(...newest.commits);
  }
  const isWhole = newest.next === null && read.length === newest.total && (read.length === 0 || read.some(({ sha }) => sha === head));
  return { head, commits: read.map(({ sha, people, agents }) => ({ sha, people, ...(agents.length === 0 ? {} : { agents }) })), complete: isWhole && read.every(({ complete }) => complete) };
}

function keyOf(number: number): string {
  return `commits:${number}`;
}

async function ask(calls: RepositoryCalls, number: number, after: string | null): Promise<unknown> {
  const pullRequest = valueAt(await calls.query(nextCommits, { number, after }), ['pullRequest']);
  if (pullRequest !== null && pullRequest !== undefined) return pullRequest;
  throw new Failure('NOT_FOUND', `Cannot read the commits of pull request ${number}: GitHub shows none of that number, expected an open one`);
}

interface CommitPage {
  readonly commits: readonly { readonly sha: string; readonly people: readonly Person[]; readonly agents: readonly string[]; readonly complete: boolean }[];
  readonly total: number;
  readonly next: string | null;
}

function readPage(pullRequest: unknown): CommitPage {
  const commits = valueAt(pullRequest, ['commits']);
  return {
    commits: listAt(commits, ['nodes']).map((node) => commitOf(valueAt(node, ['commit']))),
    total: numberAt(commits, ['totalCount']),
    next: flagAt(commits, ['pageInfo', 'hasNextPage']) ? textAt(commits, ['pageInfo', 'endCursor']) : null,
  };
}

function commitOf(commit: unknown): CommitPage['commits'][number] {
  const authors = listAt(commit, ['authors', 'nodes']);
  const actors = [...authors, valueAt(commit, ['committer'])];
  const people = actors.flatMap((actor) => personOf(valueAt(actor, ['user'])));
  const agents = [...agentsInMessage(optionalTextAt(commit, ['messageBody']) ?? ''), ...actors.flatMap(unknownApp)];
  return { sha: shaAt(commit, ['oid']), people, agents: [...new Set(agents)], complete: authors.length === numberAt(commit, ['authors', 'totalCount']) };
}

function personOf(user: unknown): readonly Person[] {
  if (user === null || user === undefined) return [];
  const login = textAt(user, ['login']);
  return login === ownAccount ? [] : [{ login, id: numberAt(user, ['databaseId']) }];
}

const app = /^[A-Za-z0-9][A-Za-z0-9-]{0,94}\[bot\]$/;

/** An App signs as `name[bot]`. Where GitHub knows no account behind that it still says so itself: that proves nothing, and routes the change. */
function unknownApp(actor: unknown): readonly string[] {
  if (valueAt(actor, ['user']) !== null) return [];
  const address = /^(?:\d{1,20}\+)?(.{1,100})@users\.noreply\./.exec(optionalTextAt(actor, ['email']) ?? '')?.[1];
  return [optionalTextAt(actor, ['name']), address].flatMap((login) => (typeof login === 'string' && app.test(login) ? [login] : [])).slice(0, 1);
}
