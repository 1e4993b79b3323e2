import { createHmac } from 'node:crypto';
import { createRequire } from 'node:module';
import type { RepositoryRef } from '../../src/domain/repository.ts';

export interface SignedBody {
  readonly body: Uint8Array;
  readonly signature: string;
}

type Payload = Readonly<Record<string, unknown>>;

const corpus: readonly { readonly name: string; readonly examples: readonly Payload[] }[] = createRequire(import.meta.url)('@octokit/webhooks-examples/api.github.com/index.json');

/** GitHub's own example of a push to a pull request, some 20 KB, made to speak of these pull requests. */
export function deliveryBodies(repository: RepositoryRef, numbers: readonly number[], secret: string): readonly SignedBody[] {
  const example = corpus.find(({ name }) => name === 'pull_request')?.examples.find((one) => one['action'] === 'synchronize');
  if (example === undefined) throw new Error('Cannot make deliveries: found no example of pull_request.synchronize');
  return numbers.map((number) => {
    const body = Buffer.from(JSON.stringify(about(example, repository, number)));
    return { body, signature: `sha256=${createHmac('sha256', secret).update(body).digest('hex')}` };
  });
}

function about(example: Payload, { account, installationId, id, owner, name }: RepositoryRef, number: number): Payload {
  const told = { id, name, full_name: `${owner}/${name}`, owner: { ...part(part(example, 'repository'), 'owner'), id: account.id, login: account.login, type: 'Organization' } };
  return { ...example, number, installation: { id: installationId }, repository: { ...part(example, 'repository'), ...told }, pull_request: { ...part(example, 'pull_request'), number } };
}

function part(payload: Payload, name: string): Payload {
  const found = payload[name];
  return typeof found === 'object' && found !== null ? { ...found } : {};
}
