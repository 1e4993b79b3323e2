import type { BundleRequest, MadeBundle } from '../../../domain/bundle-request.ts';
import { bundleRequestForm } from '../bundle-form.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import { auditingRoles } from '../principal.ts';
import type { Reading } from '../reading.ts';

export const readBundleRequest = {
  method: 'get',
  path: '/bundle-requests/{request}',
  summary: 'How far a bundle is that was asked for.',
  roles: auditingRoles,
  inPath: { request: parameters.bundleRequest },
  inQuery: { account: parameters.account },
  inHeader: {},
  body: null,
  answers: { 200: { description: 'The request, and the bundle once it is made.', type: 'application/json', schema: { $ref: '#/components/schemas/BundleRequest' } } },
  problems: { 404: '`not_found`: nobody asked for that of the account, or long ago.' },
} as const satisfies OperationShape;

export interface BundleRequestPorts {
  readonly bundleRequest: (account: number, id: string) => Promise<BundleRequest | null>;
  readonly madeBundle: (account: number, id: MadeBundle['id']) => Promise<MadeBundle | null>;
}

export async function answerBundleRequest(ports: BundleRequestPorts, { path }: Asked<typeof readBundleRequest>, { account }: Reading): Promise<ApiAnswer> {
  const request = await ports.bundleRequest(account, path.request ?? '');
  if (request === null) return problemAnswer({ status: 404, code: 'not_found', detail: `There is no such request for a bundle of account ${account}.` });
  const { progress } = request;
  return { kind: 'json', status: 200, value: bundleRequestForm(request, progress.state === 'ready' ? await ports.madeBundle(account, progress.bundle) : null) };
}
