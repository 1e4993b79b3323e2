import { unavailable } from '../answers.ts';
import type { Answers } from '../answers.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import type { SecretScanner } from './secret-scanner.ts';

export async function probeSecrets(scanner: SecretScanner | null, wanted: readonly RequestOf<'secrets'>[]): Promise<Answers<'secrets'>> {
  if (scanner === null) return wanted.map((request) => [request, unavailable(new Error('nobody looks for secrets here'))] as const);
  const answers = await scanner.scan(wanted);
  return wanted.flatMap((request, index) => {
    const value = answers[index];
    if (value === undefined) return [];
    return [[request, value.kind === 'unanswered' ? { kind: 'unavailable', why: value.why } : { kind: 'answered', value }] as const];
  });
}
