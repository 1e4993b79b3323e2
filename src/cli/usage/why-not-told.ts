import { Failure } from '../../domain/failure.ts';
import { mostExportDays } from '../../flows/usage/export-usage.ts';

/** Why usage is not told, as a failure that says what to type instead. */
export function whyNotTold(kind: 'no_time' | 'unknown_repository', { account, repository }: { readonly account: number; readonly repository: string | null }): Failure {
  switch (kind) {
    case 'no_time':
      return new Failure('USAGE', `Cannot tell usage of this time: expected --from before --to, and at most ${mostExportDays} days between them.`);
    case 'unknown_repository':
      return new Failure('NOT_FOUND', `Cannot find ${JSON.stringify((repository ?? '').slice(0, 80))}: account ${account} has no such repository here, expected one that was judged or is scanned.`);
  }
}
