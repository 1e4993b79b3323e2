import type { SkippedRule } from '../../domain/verdict.ts';
import type { CheckContext } from './check-context.ts';

export interface LeftOut {
  readonly alsoAsks: readonly string[];
  readonly skipped: readonly SkippedRule[];
}

const withContext = 'only GitHub knows; a file given with --context may say it';

/** What only GitHub knows and nobody told this run. With a context there is nothing but what could not be read: whoever wrote it vouches for it. */
export function leftOut(context: CheckContext | null, { hasOrganization, leftToApp }: { readonly hasOrganization: boolean; readonly leftToApp: readonly SkippedRule[] }): LeftOut {
  if (context !== null) return { alsoAsks: leftToApp.map(({ rule }) => rule), skipped: leftToApp };
  const skipped = [
    { rule: 'who approved what is held', why: withContext },
    { rule: 'whether the branch requires its check', why: withContext },
    ...(hasOrganization ? [] : [{ rule: "what the organisation's configuration demands", why: 'no organisation is assumed; --organization names its configuration' }]),
    ...leftToApp,
  ];
  return { alsoAsks: skipped.map(({ rule }) => rule), skipped };
}
