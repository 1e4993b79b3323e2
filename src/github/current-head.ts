import type { CurrentHead } from '../flows/ports/pull-request-facts.ts';
import { shaAt, textAt, valueAt } from './answer.ts';
import type { LearnedObjects } from './learned-objects.ts';
import { stateOf } from './pull-request-facts.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** In a query that declares `$number`, of a repository. */
export const currentHeadPart = 'pullRequest(number: $number) { state headRefOid baseRefName }';

const query = `query($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name) { ${currentHeadPart} } }`;

/** As it was told last beside something else, else read; null when there is no pull request of that number. */
export async function readCurrentHead(calls: RepositoryCalls, learned: LearnedObjects, number: number): Promise<CurrentHead | null> {
  const known = learned.learned(keyOf(number));
  return headIn(known === null ? await calls.query(query, { number }) : JSON.parse(known));
}

/** What a query with `currentHeadPart` told of the repository. */
export function learnCurrentHead(repository: unknown, number: number, learned: LearnedObjects): void {
  if (valueAt(repository, ['pullRequest']) !== undefined) learned.learnText(keyOf(number), JSON.stringify(repository));
}

function keyOf(number: number): string {
  return `current-head:${number}`;
}

function headIn(repository: unknown): CurrentHead | null {
  const node = valueAt(repository, ['pullRequest']);
  if (node === null || node === undefined) return null;
  return { state: stateOf(textAt(node, ['state'])), head: shaAt(node, ['headRefOid']), baseBranch: textAt(node, ['baseRefName']) };
}
