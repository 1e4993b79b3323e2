import type { DecisionRecord } from '../../flows/ports/decision-store.ts';
import { repositoryShape } from './repository-shape.ts';
import { flag, integer, list, nullable, object, oneOf, orElse, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

const findingShape = object(
  {
    code: text,
    severity: oneOf('deny', 'unknown', 'hold', 'notice'),
    declared: oneOf('deny', 'unknown', 'hold', 'notice'),
    path: nullable(text),
    line: nullable(integer),
    column: nullable(integer),
    message: text,
    expected: nullable(text),
    found: nullable(text),
    next: text,
    fingerprint: text,
    waived: flag,
  },
  { waiver: object({ owner: text, reason: text, until: text, daysLeft: integer }) },
);

const gate = oneOf('change', 'contracts', 'governance', 'hallucination', 'drift');

const mendShape = object({ path: text, blob: text, edits: list(object({ pointer: text, value: {} })), codes: list(text) });

const group = oneOf('tier2', 'tier3', 'root');

const digest = { type: 'string', pattern: '^sha256:[0-9a-f]{64}$' };

const judgedShape = object(
  {
    name: text,
    action: text,
    tier: oneOf(1, 2, 3, 4),
    subject: object({}, { path: text, contract: text, package: text, setting: text }),
    paths: list(text),
    why: text,
    outcome: oneOf('pass', 'fail', 'hold', 'inconclusive', 'unasked'),
    because: text,
    findings: list(text),
    whitelistedBy: nullable(text),
    release: nullable(object({ from: group, names: list(text), count: integer, approvedBy: list(text) }, { scope: text })),
  },
  { binding: digest },
);

const effectShape = object({ kind: oneOf('changes', 'gone'), path: text }, { reach: oneOf('repository', 'organisation'), changes: list(object({ key: text, from: {}, to: {}, setBy: text })) });

const verdictShape = object(
  {
    gate,
    verdict: oneOf('pass', 'fail', 'hold', 'inconclusive'),
    applies: flag,
    findings: list(findingShape),
    evaluated: list(object({ rule: text, subjects: integer }, { whose: text })),
    skipped: list(object({ rule: text, why: text })),
    covered: list(text),
  },
  { mends: list(mendShape), judged: list(judgedShape), contributors: list(text), accounts: list(nullable(integer)), matched: list(digest), configuration: list(effectShape), bundles: list(object({ whose: text, digest })), awaits: list(object({ behavior: text, path: text, waitFor: integer })) },
);

const heldShape = object({ scope: text, name: text, binding: digest, from: group, count: integer, approvedBy: list(text), waits: flag });

const decisionShape = object({
  version: oneOf(1),
  gates: list(gate),
  decision: oneOf('allow', 'deny', 'hold'),
  cause: oneOf('pass', 'fail', 'inconclusive', 'hold'),
  wouldBe: nullable(oneOf('allow', 'deny', 'hold')),
  engine: text,
  mergeBase: text,
  base: text,
  head: text,
  validUntil: nullable(text),
  verdicts: list(verdictShape),
  uncovered: list(text),
  policyDigest: digest,
  inputDigest: digest,
}, { held: orElse(list(heldShape), []) });

const sourceShape = object({ repository: text, path: text, commit: text, digest });

/** The record without its date, which has a column. */
export const decisionForm = storedForm<Omit<DecisionRecord, 'decidedAt'>>(
  'a decision',
  object({ id: text, repository: repositoryShape, subject: text, entry: text, baseBranch: text, decision: decisionShape }, { configuration: object({ organization: nullable(sourceShape), repository: nullable(sourceShape) }) }),
);
