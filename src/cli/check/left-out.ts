import type { SkippedRule } from '../../domain/verdict.ts';
import type { CheckContext } from './check-context.ts';

export interface LeftOut {
  readonly alsoAsks: readonly string[];
  readonly skipped: readonly SkippedRule[];
}

export interface JudgedHere {
  readonly hasOrganization: boolean;
  readonly asksForHands: boolean;
  readonly leftToApp: readonly SkippedRule[];
}

const withContext = 'only GitHub knows; a file given with --context may say it';

/** What only GitHub knows and nobody told this run. With a context there is nothing but what could not be read: whoever wrote it vouches for it. */
export function leftOut(context: CheckContext | null, { hasOrganization, asksForHands, leftToApp }: JudgedHere): LeftOut {
  if (context !== null) return { alsoAsks: leftToApp.map(({ rule }) => rule), skipped: leftToApp };
  const skipped = [
    { rule: 'who approved what is held', why: withContext },
    { rule: 'whether the branch requires its check', why: withContext },
    ...(asksForHands ? [{ rule: 'whose hand is in the change, and evidence of an agent', why: `${withContext}. Of the commits only their trailers and addresses of GitHub were read` }] : []),
    ...(hasOrganization ? [] : [{ rule: "what the organisation's configuration demands", why: 'no organisation is assumed; --organization names its configuration' }]),
    ...leftToApp,
  ];
  return { alsoAsks: skipped.map(({ rule }) => rule), skipped };
}
