import type { Sha } from '../../domain/tree.ts';
import type { Base, RangeSource } from '../check/find-base.ts';
import type { Range } from '../check/capture-range.ts';
import { repositoryOf } from '../check/repository-of.ts';

/** A change into a base, of which nothing is known yet but where it would go. */
export async function rangeAtBase(objects: RangeSource, base: Base, head: Sha): Promise<Range> {
  const change = { subject: { kind: 'range' }, author: 'unknown', title: '', draft: false, fork: false, baseBranch: base.branch } as const;
  return { repository: await repositoryOf(objects), change, base, head };
}
