import type { Answer, Evidence, ProbeRequest, RequestOf } from '../../domain/evidence.ts';
import { compileGlob } from '../../domain/glob/glob.ts';
import type { PolicyFile } from '../../domain/policy/policy-file.ts';
import type { OrganizationFile, Snapshot } from '../../domain/snapshot.ts';
import type { GovernanceWorld } from './governance-world.ts';
import { policyInputOf } from './policy-input-of.ts';
import type { PolicyQuestion } from './policy-input-of.ts';
import { sideRequest } from './read-side.ts';

/** Policies of one level beside the built-in ones. */
export interface LevelPolicies {
  /** Whose they are, as a reader meets it. */
  readonly whose: string;
  /** What they are asked; null where they could not be read, for the reason in `unreadable`. */
  readonly request: RequestOf<'policies'> | null;
  readonly unreadable: string | null;
}

/** The policies that a change is judged by, and what they are asked. */
export interface AskedPolicies {
  readonly question: PolicyQuestion;
  readonly builtin: RequestOf<'policies'>;
  /** The organisation's, then the repository's own at B: those that name any Rego. */
  readonly levels: readonly LevelPolicies[];
}

/** Put together once for what is known: a question of a thousand actions is not asked twice in two spellings. */
export function askedPolicies(world: GovernanceWorld): AskedPolicies {
  const known = remembered.get(world);
  if (known !== undefined) return known;
  const question = policyInputOf(world);
  const subjects = question.input.actions.map(({ name }) => name);
  const ask = (policies: readonly PolicyFile[] | null): RequestOf<'policies'> => ({ kind: 'policies', policies, input: { ...question.input }, subjects });
  const trees = policyTrees(world.snapshot, world.configuration.policyPaths, world.evidence);
  const levels = trees.map(({ whose, files, unreadable }) => ({ whose, request: unreadable === null ? ask(files) : null, unreadable }));
  const asked: AskedPolicies = { question, builtin: ask(null), levels };
  remembered.set(world, asked);
  return asked;
}

const remembered = new WeakMap<GovernanceWorld, AskedPolicies>();

/** Blobs of the policies in force. */
export function policyBlobs(snapshot: Snapshot, paths: readonly string[]): readonly ProbeRequest[] {
  const own = policySides(snapshot, paths).flatMap(({ base }) => sideRequest(base) ?? []);
  return [...own, ...organizationFiles(snapshot).map(({ blob, size }) => ({ kind: 'organization-blob', blob, size }) as const)];
}

interface PolicyTree {
  readonly whose: string;
  readonly files: readonly PolicyFile[];
  readonly unreadable: string | null;
}

/** Of each level that has any. Nothing of a tree is passed over: what can not be read may have been a rule. */
function policyTrees(snapshot: Snapshot, paths: readonly string[], evidence: Evidence): readonly PolicyTree[] {
  const own = policySides(snapshot, paths).map(({ path, base }) => {
    const request = sideRequest(base);
    return { path, answer: request === null ? undefined : evidence.find(request) };
  });
  const { organizationPolicies } = snapshot.configuration;
  const theirs = organizationFiles(snapshot).map(({ path, blob, size }) => ({ path, answer: evidence.find({ kind: 'organization-blob', blob, size }) }));
  const lost: readonly PolicyTree[] = organizationPolicies?.kind === 'unreadable' ? [{ whose: "the organisation's policies", files: [], unreadable: organizationPolicies.why }] : [];
  return [...lost, ...treeOf("the organisation's policies", theirs), ...treeOf("the repository's policies", own)];
}

function treeOf(whose: string, read: readonly { readonly path: string; readonly answer: Answer<'blob'> | Answer<'organization-blob'> | undefined }[]): readonly PolicyTree[] {
  if (read.length === 0) return [];
  const files: PolicyFile[] = [];
  for (const { path, answer } of read) {
    if (answer?.kind !== 'answered' || answer.value.kind !== 'bytes') return [{ whose, files: [], unreadable: `${path} could not be read${answer?.kind === 'unavailable' ? `: ${answer.why}` : ''}` }];
    files.push({ path, bytes: answer.value.bytes });
  }
  return [{ whose, files, unreadable: null }];
}

function organizationFiles({ configuration: { organizationPolicies } }: Snapshot): readonly OrganizationFile[] {
  return organizationPolicies?.kind === 'files' ? organizationPolicies.files : [];
}

/** Whether B has a file that a glob of policies matches. */
export function hasPolicy(snapshot: Snapshot, glob: string): boolean {
  return policySides(snapshot, [glob]).length > 0;
}

function policySides(snapshot: Snapshot, paths: readonly string[]): readonly Pick<Snapshot['files'][number], 'path' | 'base'>[] {
  const globs = paths.map((glob) => compileGlob(glob));
  return snapshot.files.filter(({ path, base }) => base !== null && globs.some((glob) => glob.matches(path)));
}
