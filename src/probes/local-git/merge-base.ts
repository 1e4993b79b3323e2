import { Failure } from '../../domain/failure.ts';
import type { Sha } from '../../domain/tree.ts';
import { demandGit, refusalOf, runGit } from './run-git.ts';
import { shallowBoundary, tooShallow } from './shallow.ts';

interface View {
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly shallow: string;
}

/** The best common ancestor, only where the history between it and both tips is whole: a cut could hide a better one. */
export async function readMergeBase(view: View, base: Sha, head: Sha): Promise<Sha> {
  const result = await runGit({ ...view, arguments: ['merge-base', '--end-of-options', base, head] });
  if (result.status > 1) throw refusalOf(result, view.directory);
  const found = result.stdout.toString('latin1').trim();
  const boundary = await shallowBoundary(view.shallow);
  if (boundary.size > 0) await refuseCut(view, [base, head], found, boundary);
  if (result.status === 1) throw new Failure('SNAPSHOT_UNREADABLE', `Cannot compare ${base.slice(0, 12)} with ${head.slice(0, 12)}: they have no common history, expected a common ancestor. Name another base with --base <ref>.`);
  return found;
}

async function refuseCut(view: View, tips: readonly Sha[], found: Sha, boundary: ReadonlySet<Sha>): Promise<void> {
  const range = found === '' ? tips : [...tips, `^${found}`];
  const between = await demandGit({ ...view, arguments: ['rev-list', '--end-of-options', ...range] });
  const cut = between.toString('latin1').split('\n').find((sha) => boundary.has(sha));
  if (cut !== undefined) throw tooShallow('the common ancestor', cut);
}
