import { limits } from '../domain/limits.ts';
import { optionalTextAt, valueAt } from './answer.ts';
import type { LearnedObjects } from './learned-objects.ts';
import type { RepositoryCalls } from './repository-calls.ts';

const query = `query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { body } } }`;

/** What was told with a pull request. */
export function learnBody(node: unknown, number: number, learned: LearnedObjects): void {
  learned.learnText(keyOf(number), bodyOf(node));
}

/** The text of a pull request; empty where it has none. */
export async function readBody(calls: RepositoryCalls, learned: LearnedObjects, number: number): Promise<string> {
  return learned.learned(keyOf(number)) ?? bodyOf(valueAt(await calls.query(query, { number }), ['pullRequest']));
}

/** GitHub keeps less than this of any: what is cut off is no whole block of evidence any more, and is refused as that. */
function bodyOf(node: unknown): string {
  return (optionalTextAt(node, ['body']) ?? '').slice(0, limits.bodyCharacters).toWellFormed();
}

function keyOf(number: number): string {
  return `body:${number}`;
}
