import { configurationOf } from '../../../src/domain/configuration/configuration-of.ts';
import { rolesOf } from '../../../src/domain/configuration/governed-roles.ts';
import type { PoliciesAnswer, SecretsAnswer } from '../../../src/domain/probe-answer.ts';
import type { RequestOf } from '../../../src/domain/probe-request.ts';
import { digestOfBytes } from '../../../src/domain/digest.ts';
import type { JsonObject } from '../../../src/domain/json-value.ts';
import type { Vote } from '../../../src/domain/people/vote.ts';
import type { Snapshot } from '../../../src/domain/snapshot.ts';
import { aFile } from '../../builders/a-file.ts';
import type { FileInput } from '../../builders/a-file.ts';
import { releaseOf } from '../../builders/a-contract.ts';
import { schemaRecordOf } from '../../builders/a-schema-version.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import type { SnapshotInput } from '../../builders/a-snapshot.ts';
import { builtinAnswer } from '../../builders/builtin-answer.ts';
import type { World } from '../../builders/evidence-of.ts';
import { policyTexts } from '../../builders/policy-texts.ts';

export interface RichInput {
  readonly files: Readonly<Record<string, Omit<FileInput, 'path' | 'roles'>>>;
  /** Of the document in force, beside what every rich change has. */
  readonly document?: JsonObject;
  readonly governance?: JsonObject;
  readonly isRoot?: boolean;
  readonly snapshot?: SnapshotInput;
  readonly world?: World;
}

export interface RichChange {
  readonly snapshot: Snapshot;
  readonly world: World;
}

/** The team that approves, and others. */
const groups = { 'team:governance': ['ann', 'bob', 'cid'], 'team:writers': ['author', 'mona'], 'team:makers': ['bob'], admins: ['root'], owners: ['olga'] };

const approvals = { tier2: { from: ['team:governance'] }, tier3: { from: ['team:governance'] } };

/** A change by `author` into a repository that has everything configured, in a world that answers all that is asked. */
export function aRichChange({ files, document = {}, governance = {}, isRoot = false, snapshot = {}, world = {} }: RichInput): RichChange {
  const actions = [{ action: 'infra.change', tier: 3, paths: ['infra/**'] }];
  const written = {
    version: 1,
    contracts: [{ name: 'all', paths: ['contracts/**'] }],
    schemas: [{ paths: ['schemas/**'] }],
    waivers: ['waivers.json'],
    keys: ['keys.json'],
    ...document,
    governance: { approvals, policies: ['policies/**'], requests: { paths: ['requests/**'], tiers: { 'service.restart': 2 } }, actions, ...governance },
  };
  const configuration = configurationOf(written, 'main', isRoot ? { organization: written, repository: null, isRoot } : undefined);
  const inputs = Object.entries(files).map(([path, input]) => ({ path, roles: rolesOf(configuration, path), ...input }));
  const texts = inputs.flatMap(({ path, base }) => (typeof base === 'string' ? [[path, base] as const] : []));
  const { configuration: state, ...rest } = snapshot;
  return {
    snapshot: aSnapshot({ ...rest, files: inputs.map((input) => aFile(input)), configuration: { effective: configuration, ...state } }),
    world: {
      contents: inputs.flatMap(({ base, head, mergeBase }) => [base, head, mergeBase].filter((side) => typeof side === 'string')),
      releases: texts.filter(([path, text]) => path.startsWith('contracts/') && !text.includes('lifecycle: "draft"')).map(([path, text]) => releaseOf(text, path, configuration)),
      schemaVersions: schemaRecordOf(configuration, [Object.fromEntries(texts.filter(([path]) => path.startsWith('schemas/')))]),
      groups,
      secrets: secretsIn,
      policies: policiesAnswer,
      ...world,
    },
  };
}

/** Each word SECRET… is one. */
function secretsIn({ text }: RequestOf<'secrets'>): SecretsAnswer {
  const found = [...text.matchAll(/SECRET\w+/g)];
  return { kind: 'scanned', secrets: found.map(([word]) => ({ rule: 'test/WORD', line: 1, column: 1, digest: digestOfBytes(word) })) };
}

/** Rego of somebody else is one word here: what it makes of every action beyond tier 1 that nobody approved. */
function policiesAnswer(request: RequestOf<'policies'>): PoliciesAnswer {
  const { policies, subjects, input } = request;
  if (policies === null) return builtinAnswer(request);
  const isApproved = Array.isArray(input['approvals']) && input['approvals'].length > 0;
  const results = policyTexts(policies).flatMap(({ path, text }) => {
    const word = text.trim();
    const outcome = word === 'fail' ? 'fail' : word === 'hold' && !isApproved ? 'hold' : 'pass';
    return subjects.map((subject) => ({ rule: `own/${path}`, subject, outcome, facts: {} }) as const);
  });
  return { kind: 'report', report: { inputVersion: 1, subjects, results } };
}

/** A yes of these people to all of the head. */
export function yes(...logins: readonly string[]): readonly Vote[] {
  return logins.map((login) => said(login, 'approve'));
}

export function said(login: string, answer: Vote['answer'], scope = 'all'): Vote {
  return { login, id: null, kind: 'human', answer, reason: null, door: 'comment', pullRequest: 7, target: { kind: 'head', scope, sha: null }, at: '2026-11-20T11:00:00Z' };
}

export function entry(action: string, more: JsonObject = {}): JsonObject {
  return { action, actors: ['user:author'], until: '2026-12-01', owner: 'team:platform', reason: 'owns it', ...more };
}
