import type { BundleVerification } from '../../../audit/bundle-verification.ts';
import type { KeptBundle } from '../../../domain/bundle-request.ts';
import type { JsonValue } from '../../../domain/json-value.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import { auditingRoles } from '../principal.ts';
import type { Reading } from '../reading.ts';

export const verifyBundleShape = {
  method: 'get',
  path: '/bundles/{bundle}/verify',
  summary: 'Verifies a bundle as it is kept, with the keys of the server.',
  roles: auditingRoles,
  inPath: { bundle: parameters.bundle },
  inQuery: { account: parameters.account },
  inHeader: {},
  body: null,
  answers: { 200: { description: 'What was found out, as `plumbline audit verify --format json` tells it. Whoever does not trust the server verifies the file themselves.', type: 'application/json', schema: { $ref: '#/components/schemas/BundleVerification' } } },
  problems: { 404: '`not_found`: the account has no such bundle, or it is kept no more.' },
} as const satisfies OperationShape;

export interface VerifyBundlePorts {
  /** Null: there is none. */
  readonly verifyBundle: (account: number, id: KeptBundle['id']) => Promise<BundleVerification | null>;
  /** How many are verified now. */
  readonly verifying: { count: number };
}

/** At once in one process: they wait for each other, and each is held meanwhile. */
const mostVerified = 4;

export async function answerBundleVerification(ports: VerifyBundlePorts, { path }: Asked<typeof verifyBundleShape>, { account }: Reading): Promise<ApiAnswer> {
  const { verifying } = ports;
  if (verifying.count >= mostVerified) return problemAnswer({ status: 503, code: 'busy', detail: 'Too many bundles are verified at once: ask again.', retryAfter: 10 });
  verifying.count += 1;
  try {
    return await verifiedAnswer(ports, account, `sha256:${path.bundle ?? ''}`);
  } finally {
    verifying.count -= 1;
  }
}

async function verifiedAnswer({ verifyBundle }: VerifyBundlePorts, account: number, id: KeptBundle['id']): Promise<ApiAnswer> {
  const verification = await verifyBundle(account, id);
  if (verification === null) return problemAnswer({ status: 404, code: 'not_found', detail: `There is no such bundle of account ${account}. One that was made is kept for 30 days: ask for it again.` });
  const value: JsonValue = JSON.parse(JSON.stringify(verification));
  return { kind: 'json', status: 200, value };
}
