import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildRecord } from '../../../src/flows/build-record.ts';
import { captureSnapshot } from '../../../src/flows/capture-snapshot.ts';
import { judge } from '../../../src/flows/judge.ts';
import type { ConfigurationState } from '../../../src/domain/snapshot.ts';
import type { ObjectSource } from '../../../src/flows/ports/object-source.ts';
import { createProber } from '../../../src/probes/prober.ts';
import { aConfiguration, mainEntry } from '../../builders/a-configuration.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { FakeGitHub } from '../../fakes/fake-github.ts';

const count = process.env['PLUMBLINE_LONG'] === '1' ? 10_000 : 1_000;
const configuration: ConfigurationState = { kind: 'effective', effective: aConfiguration(), organization: null, repository: null, organizationText: null, organizationFiles: null, findings: [], requiredByBranch: null, repairs: [] };

test(`of ${count} contracts of which one changed, each blob is wanted once, one document is validated, and only the changed one's releases are asked for`, async () => {
  const github = new FakeGitHub({});
  const files = Object.fromEntries(Array.from({ length: count }, (_, index) => [`contracts/c${index}.yaml`, aContract({ id: `c${index}` })]));
  const base = github.commit('main', files);
  github.branch('topic', 'main');
  const head = github.commit('topic', { 'contracts/c7.yaml': aContract({ id: 'c7', version: '1.1.0', previous: hashOf({ id: 'c7' }), spec: { limit: 2 } }) });
  const wantedBy: string[][] = [];
  const git = github.app.repository(github.ref);
  const objects: ObjectSource = {
    mergeBase: async (one, other) => await git.mergeBase(one, other),
    tree: async (commit) => await git.tree(commit),
    namesAt: async (wanted) => await git.namesAt(wanted),
    history: async (from, page) => await git.history(from, page),
    blobs: async (wanted) => {
      wantedBy.push(wanted.map(({ blob }) => blob));
      return await git.blobs(wanted);
    },
  };
  const asked: { readonly ids: string[]; validated: number } = { ids: [], validated: 0 };
  const validate = async (wanted: readonly unknown[]) => {
    asked.validated += wanted.length;
    return wanted.map(() => ({ kind: 'valid' }) as const);
  };
  const validator = { validate, compare: async () => [], prepare: () => {}, close: async () => {} };
  const record = await buildRecord({ objects, entry: mainEntry, tip: base, defaultBranch: 'main', configuration });
  const releasesOf = async (entry: string, ids: readonly string[]) => {
    asked.ids.push(...ids);
    return await record.releases(entry, ids);
  };
  const releases = { ...record, releases: releasesOf };
  const change = { subject: { kind: 'range' }, author: 'a', title: '', draft: false, fork: false, baseBranch: 'main' } as const;
  const snapshot = await captureSnapshot({ engine: 'test', now: new Date(0), objects, repository: github.ref, change, entry: mainEntry, configuration, base, head });
  const { decision } = await judge({ snapshot, prober: createProber({ objects, releases, validator }), requiredGates: ['change', 'contracts'] });
  assert.equal(decision.decision, 'allow');
  assert.deepEqual([asked.ids, asked.validated], [['c7'], 1]);
  // Once for the record at the base, once for the change.
  assert.deepEqual(wantedBy.filter((wanted) => wanted.length > 1).map((wanted) => wanted.length), [count, count + 1]);
});
