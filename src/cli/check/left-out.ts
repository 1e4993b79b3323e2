import type { SkippedRule } from '../../domain/verdict.ts';
import type { CheckContext } from './check-context.ts';

export interface LeftOut {
  readonly alsoAsks: readonly string[];
  readonly skipped: readonly SkippedRule[];
}

const withContext = 'only GitHub knows; a file given with --context may say it';

/** What only GitHub knows and nobody told this run. With a context there is nothing: whoever wrote it vouches for it. */
export function leftOut(context: CheckContext | null, hasOrganization: boolean): LeftOut {
  if (context !== null) return { alsoAsks: [], skipped: [] };
  const skipped = [
    { rule: 'who approved what is held', why: withContext },
    { rule: 'whether the branch requires its check', why: withContext },
    ...(hasOrganization ? [] : [{ rule: "what the organisation's configuration demands", why: 'no organisation is assumed; --organization names its configuration' }]),
  ];
  return { alsoAsks: skipped.map(({ rule }) => rule), skipped };
}
