import { whitelist } from '../a-plumbline.ts';
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aRepository } from '../../builders/a-repository.ts';
import { runPlumbline } from '../../cli/run-plumbline.ts';
import { quiet } from '../quiet.ts';
import { plumbline } from './one-server.ts';

const configuration = `version: 1\n${whitelist}schemas:\n  - {paths: ["schemas/**/*.json"], compatibility: backward_transitive}\n`;
const path = 'schemas/order.json';
const order = (required: readonly string[], limit = 10) => `${JSON.stringify({ type: 'object', properties: { id: { type: 'string', maxLength: limit }, total: { type: 'number' } }, required }, null, 2)}\n`;

describe('what a pull request that changes schemas is told', { concurrency: 1 }, () => {
  it('a break is held at its line with a witness, and the command line says the same of the same commits', async (context) => {
    const files = { '.github/plumbline.yml': configuration, [path]: order(['id']) };
    const [repository, local] = [await plumbline.repository('orders', files), aRepository(context)];
    const { head } = await plumbline.pull(repository, 'break', { [path]: order(['id', 'total']) });
    const gate = await plumbline.check(repository, head, { is: 'action_required', name: 'plumbline / contracts', says: /schema\/incompatible/ });
    await plumbline.check(repository, head, { is: 'action_required', says: /schema\/incompatible/ });
    local.commit(files);
    local.git('checkout', '-q', '-b', 'break');
    local.commit({ [path]: order(['id', 'total']) });
    const { code, stdout } = await runPlumbline(local.directory, ['schema', 'check', '--format', 'json']);
    const findings: { code: string; line: number; message: string }[] = JSON.parse(stdout).verdicts.flatMap((verdict: { findings: unknown[] }) => verdict.findings);
    const [finding] = findings;
    assert.deepEqual([code, findings.length, finding?.code], [2, 1, 'schema/incompatible']);
    const [witness] = /Witness: \S+ is accepted by the base and refused by this one/.exec(finding?.message ?? '') ?? [];
    assert.ok(witness, finding?.message);
    const [annotation, ...others] = plumbline.github.annotations(gate.id);
    assert.deepEqual([annotation?.['path'], annotation?.['start_line'], others], [path, finding?.line, []]);
    assert.ok(String(annotation?.['message']).includes(witness), String(annotation?.['message']));
  });

  it('twenty schemas with older versions that nobody has read cost at most 8 reads', async (context) => {
    const all = (required: readonly string[], limit: number) => Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`schemas/s${index}.json`, order(required, limit + index)]));
    const repository = await plumbline.repository('many-schemas', { '.github/plumbline.yml': configuration, ...all(['id'], 100) });
    for (const limit of [200, 300]) await plumbline.github.commitFiles(repository, 'main', all([], limit), 'Widen', { as: 'alice' });
    await plumbline.github.commitFiles(repository, 'wider', all([], 400), 'Widen', { as: 'dev' });
    await quiet(plumbline);
    const before = plumbline.github.requests().length;
    const { head } = await plumbline.github.openPullRequest(repository, { branch: 'wider', as: 'dev' });
    await plumbline.check(repository, head, { is: 'success' });
    await quiet(plumbline);
    const reads = plumbline.github.requests().slice(before).filter((one) => one.kind !== 'mint' && one.kind !== 'write');
    context.diagnostic(`${reads.length} reads`);
    assert.ok(reads.length <= 8, reads.map((one) => `${one.method} ${one.path}`).join('\n'));
  });
});
