import { keyOf } from '../../../src/domain/probe-key.ts';
import type { RequestOf } from '../../../src/domain/probe-request.ts';
import type { SignatureAnswer } from '../../../src/domain/probe-answer.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { verifySignature } from '../../../src/probes/signatures/verify-signature.ts';
import { judgeChange } from './a-change.ts';
import type { ChangeInput } from './a-change.ts';

/** As `judgeChange`, with signatures verified by the real probe. */
export async function judgeSigned(change: ChangeInput): Promise<Verdict> {
  const asked: RequestOf<'signature'>[] = [];
  judgeChange({ ...change, world: { ...change.world, verify: (request) => (asked.push(request), { kind: 'refused' }) } });
  const answers = new Map<string, SignatureAnswer>();
  for (const request of asked) {
    const answer = await verifySignature(request);
    if (answer.kind === 'unavailable') throw new Error(answer.why);
    answers.set(keyOf(request), answer.value);
  }
  return judgeChange({ ...change, world: { ...change.world, verify: (request) => answers.get(keyOf(request)) ?? { kind: 'refused' } } });
}
