import type { RequestOf } from '../../domain/probe-request.ts';
import type { JudgementAnswer } from '../../domain/support/judgement.ts';
import type { Trouble } from '../behavior-sources/outside-service.ts';
import type { SecretScanner } from '../secrets/secret-scanner.ts';

/** Why a question must not be sent: some text of it may hold a secret, or nobody could look. Null: none was found. */
export async function secretIn(scanner: Pick<SecretScanner, 'scan'>, { claim, passages }: Pick<RequestOf<'claim-judgement'>, 'claim' | 'passages'>): Promise<JudgementAnswer | Trouble | null> {
  const texts = [{ path: null, text: claim }, ...passages];
  const scanned = await scanner.scan(texts.map(({ path, text }) => ({ path: path ?? 'claim.txt', text })));
  for (const [index, { path }] of texts.entries()) {
    const found = scanned[index];
    if (found === undefined || found.kind === 'unanswered') return { kind: 'trouble', why: `nobody could look for secrets in what would be sent to the judge: ${found?.why ?? 'no answer came'}` };
    if (found.kind === 'undecided' || found.secrets.length > 0) return { kind: 'withheld', path };
  }
  return null;
}
