import type { Samples } from './read-samples.ts';

/** Why a source that always says the same keeps a metric from passing: it says nothing about how far it may be off. Null: none does. */
export function constantBar(...arms: readonly Samples[]): string | null {
  if (arms.every(({ isConstant }) => !isConstant)) return null;
  return 'All values of one side are the same: a stuck source looks like that. What never varies is compared as an exact value.';
}
