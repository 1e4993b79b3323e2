import type { JsonValue } from '../../../domain/json-value.ts';
import { itemsOf, memberOf } from './member-of.ts';

/** The steps of a job, and the shell that it runs them in where they name none, which is as good as one. */
export function stepsOf(job: JsonValue): readonly JsonValue[] {
  const shell = memberOf(memberOf(job, 'defaults'), 'run');
  return [...itemsOf(memberOf(job, 'steps')), ...(shell === undefined ? [] : [shell])];
}
