import type { DriftRun } from '../../domain/drift/drift-record.ts';
import type { KeptDrift } from '../../domain/drift/scanned-behavior.ts';
import type { Scan, ScanPlan } from '../../domain/scan/scan.ts';
import { repositoryShape } from './repository-shape.ts';
import { flag, integer, list, nullable, object, oneOf, orElse, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

const number = { type: 'number' } as const;
const verdict = oneOf('pass', 'drift', 'inconclusive');
const episode = { confirmedAt: text, inconclusiveMs: number };

export const scanPlanForm = storedForm<ScanPlan>('a scan plan', object({ repository: repositoryShape, branch: text, nextAt: text, scanned: nullable(object({ commit: text, behaviors: integer, broken: list(text), repairTarget: nullable(number) })), failedSince: nullable(text) }, { due: orElse(nullable(object({ schedule: text, at: text })), null) }));

export const scanForm = storedForm<Scan>('a scan', object({ id: text, accountId: integer, begunAt: text, trigger: oneOf('schedule', 'command', 'measurement'), asked: nullable(object({ repository: repositoryShape, pullRequest: integer, comment: integer, login: text })) }));

const state = { agreed: text, observed: nullable(text), decides: flag };

const record = object({
  repositoryId: integer,
  behavior: text,
  standing: nullable(oneOf('pass', 'drift')),
  last: oneOf('pass', 'drift', 'inconclusive', 'error'),
  measuredAt: text,
  commit: text,
  episode: nullable(object(episode)),
  flips: list(text),
}, {
  drifting: orElse(nullable(object({ ...state, since: text })), null),
  first: orElse(nullable(object({ ...state, outcome: oneOf('pass', 'drift'), at: text })), null),
});

const metric = object({
  name: text,
  critical: flag,
  verdict,
  estimate: nullable(number),
  low: nullable(number),
  high: nullable(number),
  toleratedLow: nullable(number),
  toleratedHigh: nullable(number),
  confidence: number,
  samples: number,
  why: text,
});

const difference = object({ path: nullable(text), template: nullable(text), name: nullable(text), expected: {}, found: {} });
const measured = object({ code: nullable(text), observed: text, target: text, owner: nullable(text), differences: list(difference) });

export const driftForm = storedForm<KeptDrift>('a drift', object({ record, scanned: object({ path: text, owner: text, playbook: nullable(text), decides: flag, since: text, why: text, agreed: text, source: text, drift: nullable(measured), metrics: list(metric) }, { proposes: orElse(flag, false) }) }));

export const driftRunForm = storedForm<DriftRun>('a run of a drift', object({ ...episode, repositoryId: integer, behavior: text, playbook: nullable(text), cleanAt: text }));
