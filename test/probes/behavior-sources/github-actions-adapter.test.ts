import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SourceReading } from '../../../src/domain/behavior/source-reading.ts';
import type { BehaviorSample } from '../../../src/domain/sample/behavior-sample.ts';
import { githubActionsAdapter } from '../../../src/probes/behavior-sources/adapters/github-actions-adapter.ts';
import { anOrigin, aSample } from '../../builders/a-sample.ts';

const source = { kind: 'github-actions', workflow: 'acme/ci/.github/workflows/sample.yml', ref: 'refs/heads/main', waitFor: 1_800_000 } as const;
const [base, head] = ['b'.repeat(40), 'a'.repeat(40)];
const path = '.github/workflows/ci.yml';

/** What is read of a sample, where the base has this content in the workflow that was started. */
function reading(sample: BehaviorSample | null, atBase: string | null = 'w', at: string | null = head): Promise<SourceReading> {
  const github = { namesAt: async (wanted: readonly { readonly commit: string; readonly path: string }[]) => wanted.map((one) => (one.path === path && one.commit === base && atBase !== null ? { name: atBase, kind: 'blob' as const } : null)) };
  const adapter = githubActionsAdapter({ github, sampleOf: async (behavior, commit) => (behavior === 'checkout-quality' && commit === head ? sample : null) });
  return adapter(source, { name: 'checkout-quality', source, documents: [], base, head: at });
}

test('samples of the workflow that the base names, called by one that the base has, are the answer', async () => {
  const answer = { kind: 'answered', value: { n: 1 }, observedAt: '2026-11-20T12:00:00.000Z', generator: null };
  assert.deepEqual([await reading(aSample()), await reading(aSample({ caller: null }), null)], [answer, answer]);
});

test('none that came are awaited, which is no trouble of the source', async () => {
  const none = await reading(null);
  assert.deepEqual([none.kind, none.kind !== 'answered' && none.why.endsWith('judged when they come from "acme/ci/.github/workflows/sample.yml"')], ['no-samples', true]);
});

test('attack: samples of another workflow, or of that one at another ref, are no signal', async () => {
  for (const jobWorkflow of ['acme/shop/.github/workflows/sample.yml@refs/heads/main', 'acme/ci/.github/workflows/sample.yml@refs/heads/mine']) {
    assert.equal((await reading(aSample({ origin: anOrigin({ jobWorkflow }) }))).kind, 'no-signal', jobWorkflow);
  }
});

test('attack: samples of a workflow that ran otherwise than the base has it, or that the base does not have, are told as made by it', async () => {
  for (const atBase of ['x', null]) {
    const found = await reading(aSample(), atBase);
    assert.deepEqual(found.kind === 'answered' && found.madeBy, { path, blob: 'w' });
  }
});

test('a scan has no samples: they are of changes', async () => {
  assert.equal((await reading(aSample(), 'w', null)).kind, 'no-samples');
});
