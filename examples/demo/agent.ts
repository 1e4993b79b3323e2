import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { changeDigestOf } from '../../src/domain/agent-evidence/change-digest-of.ts';
import type { JsonObject } from '../../src/domain/json-value.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { aFile } from '../../test/builders/a-file.ts';
import type { GitHubServer } from '../../test/github/start-github.ts';

/** What the agent says and cites in the demo's shop. */
export const guide = `# The cart

The cart adds up its items and puts the taxes of each of them on top.
Prices are in cents, so that nothing is lost to binary fractions.

## Shipping
An order above fifty euros is sent for free within the country.

## Taxes
Taxes are rounded for each item and not for the whole order.
`;
const [total, taxed] = ['export const total = (prices: readonly number[]) => prices.reduce((sum, price) => sum + price, 0);\n', 'export const total = (prices: readonly number[], tax: number) => prices.reduce((sum, price) => sum + price + Math.round(price * tax), 0);\n'];
const manifest = (dependencies: JsonObject): string => `${JSON.stringify({ name: 'shop', version: '1.0.0', private: true, dependencies }, null, 2)}\n`;
const invented = 'cart-tax-rounder';

/** The shop before the agent comes. */
export const shopFiles = { 'docs/cart.md': guide, 'src/cart.ts': total, 'package.json': manifest({ 'big.js': '6.2.1' }) };

/** A registry of packages that knows one. */
export async function startRegistry(): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const known = JSON.stringify({ name: 'big.js', 'dist-tags': { latest: '6.2.1' }, versions: { '6.2.1': { name: 'big.js', version: '6.2.1' } } });
  const server = createServer((request, response) => {
    const isKnown = request.url === '/big.js';
    response.writeHead(isKnown ? 200 : 404, { 'content-type': 'application/json' }).end(isKnown ? known : '{"error":"Not found"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}`, stop: async () => await new Promise<void>((resolve) => server.close(() => resolve())) };
}

/** An agent's pull request with one true, one moved and one invented citation, and an invented package. */
export async function openAgentsPull(github: GitHubServer, repository: RepositoryRef): Promise<{ readonly number: number; readonly head: string; readonly branch: string; readonly title: string }> {
  const [branch, title] = ['cart-taxes', 'Put taxes on top of the cart'];
  const edits = [
    { path: 'package.json', base: shopFiles['package.json'], head: manifest({ 'big.js': '6.2.1', [invented]: '1.0.0' }) },
    { path: 'src/cart.ts', base: total, head: taxed },
  ];
  const evidence = evidenceAbout(changeDigestOf({ files: edits.map(aFile) }, []), repository);
  const files = { ...Object.fromEntries(edits.map(({ path, head }) => [path, head])), '.plumbline/evidence/cart-taxes.json': `${JSON.stringify(evidence, null, 2)}\n` };
  await github.commitFiles(repository, branch, files, title, { as: 'robot' });
  const { number, head } = await github.openPullRequest(repository, { branch, title, as: 'robot' });
  return { number, head, branch, title };
}

function evidenceAbout(changeDigest: string, { owner, name }: RepositoryRef): JsonObject {
  const claim = (id: string, text: string, lines: readonly [number, number], quote: string): JsonObject => ({ id, kind: 'behaviour', text, critical: true, changes: [{ path: 'src/cart.ts' }], citations: [{ id: 'q1', type: 'repo', path: 'docs/cart.md', start_line: lines[0], end_line: lines[1], quote, role: 'supports' }] });
  return {
    version: 1,
    id: 'demo',
    timestamp: '2026-11-26T12:00:00Z',
    subject: { repository: `${owner}/${name}`, base_sha: '0'.repeat(40), change_digest: changeDigest },
    contributor: { type: 'ai', model_id: 'demo-model' },
    confidence: { score: 0.97, method: 'verbalized' },
    claims: [
      claim('adds-up', 'The cart adds up its items and puts the taxes of each on top', [3, 3], 'The cart adds up its items and puts the taxes of each of them on top.'),
      claim('rounds', 'Taxes are rounded for each item', [1, 2], 'Taxes are rounded for each item and not for the whole order.'),
      claim('reviewed', 'Totals above 1,000 euros are reviewed by a person', [6, 7], 'An order above one thousand euros is reviewed by a person before it is sent.'),
      { id: 'package', kind: 'dependency', text: `${invented} rounds taxes`, critical: false, changes: [{ path: 'package.json' }] },
    ],
    references: { dependencies: [`pkg:npm/${invented}@1.0.0`] },
  };
}
