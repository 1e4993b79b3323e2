import type { FindingCode } from '../../../src/domain/finding-code.ts';
import { blobOf } from '../../builders/content.ts';
import { answering, ofChange } from './a-behavior-change.ts';
import type { BehaviorChange } from './a-behavior-change.ts';
import { values } from './statistics/some-metrics.ts';

const silent = { kind: 'no-signal', why: 'status 500' } as const;
const fixture = 'behaviors/fixtures/checkout.json';
const latency = { name: 'latency', samples: '/latency', baseline: values(60), tolerance: { relative: 0.1 } };
const workflow = '.github/workflows/ci.yml';
const fork = { subject: { kind: 'pull-request', number: 7 }, author: 'mona', title: 'Change', draft: false, fork: true, baseBranch: 'main' } as const;

/** A change for each code of the drift gate. */
export const driftFixtures: readonly { readonly code: FindingCode; readonly change: BehaviorChange }[] = [
  { code: 'drift/detected', change: { reading: answering({ score: 0.9 }) } },
  { code: 'drift/no_signal', change: { reading: silent } },
  { code: 'drift/stale', change: { reading: answering({ score: 0.847 }, '2026-11-18T12:00:00.000Z') } },
  { code: 'drift/too_few_samples', change: { behavior: ofChange({ minSamples: 50, metrics: [latency] }), reading: answering({ latency: values(20) }) } },
  { code: 'drift/generator_changed', change: { behavior: ofChange({ reproducibility: { generator: 'k6', version: '1' } }), reading: { kind: 'answered', value: { score: 0.847 }, observedAt: '2026-11-20T12:00:00.000Z', generator: { generator: 'k6', version: '2', seed: null, iterations: null } } } },
  { code: 'drift/samples_missing', change: { reading: { kind: 'no-samples', why: 'nothing was sent for it' }, change: fork } },
  { code: 'drift/own_workflow', change: { reading: { kind: 'answered', value: { score: 0.847 }, observedAt: '2026-11-20T12:00:00.000Z', generator: null, madeBy: { path: workflow, blob: blobOf('edited') } }, files: [{ path: workflow, base: 'agreed', head: 'edited', roles: [] }] } },
  { code: 'drift/fixture_used', change: { behavior: ofChange({ strict: false, fixture }), reading: silent, files: [{ path: fixture, base: '{"score": 0.847}' }] } },
];
