import type { KeptBundle } from '../../../domain/bundle-request.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import { auditingRoles } from '../principal.ts';
import type { Reading } from '../reading.ts';

export const readBundleShape = {
  method: 'get',
  path: '/bundles/{bundle}',
  summary: 'The file of a bundle, for `plumbline audit verify` and other tools.',
  roles: auditingRoles,
  inPath: { bundle: parameters.bundle },
  inQuery: { account: parameters.account },
  inHeader: {},
  body: null,
  answers: { 200: { description: 'The file, as it was made: gzip of a DSSE envelope.', type: 'application/gzip', headers: { 'content-digest': 'SHA-256 of the file (RFC 9530).', 'content-disposition': 'The name of the file.' }, schema: null } },
  problems: { 404: '`not_found`: the account has no such bundle, or it is kept no more.' },
} as const satisfies OperationShape;

export interface BundlePorts {
  readonly keptBundle: (account: number, id: KeptBundle['id']) => Promise<KeptBundle | null>;
}

export async function answerBundle({ keptBundle }: BundlePorts, { path }: Asked<typeof readBundleShape>, { account }: Reading): Promise<ApiAnswer> {
  const hex = path.bundle ?? '';
  const kept = await keptBundle(account, `sha256:${hex}`);
  if (kept === null) return problemAnswer({ status: 404, code: 'not_found', detail: `There is no such bundle of account ${account}. One that was made is kept for 30 days: ask for it again.` });
  return { kind: 'file', type: 'application/gzip', name: `${hex}.json.gz`, bytes: kept.file };
}
