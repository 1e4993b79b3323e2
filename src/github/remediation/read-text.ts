import { textAt, valueAt } from '../answer.ts';
import type { RepositoryCalls } from '../repository-calls.ts';

const query = 'query($owner: String!, $name: String!, $number: Int!) { repository(owner: $owner, name: $name) { pullRequest(number: $number) { body } } }';

/** The text of a pull request; null when there is none of that number. */
export async function readText(calls: RepositoryCalls, number: number): Promise<string | null> {
  const node = valueAt(await calls.query(query, { number }), ['pullRequest']);
  return node === null || node === undefined ? null : textAt(node, ['body']);
}
