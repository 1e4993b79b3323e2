import { contractSetsOf } from '../../domain/contract/contract-sets-of.ts';
import { fieldValue } from '../../domain/contract/contract-field.ts';
import type { Finding } from '../../domain/finding.ts';
import type { FindingCode } from '../../domain/finding-code.ts';
import { limits } from '../../domain/limits.ts';
import type { Mend, MendEdit } from '../../domain/mend.ts';
import { mendedText } from '../../domain/mended-text.ts';
import { bumpOf } from './bump-of.ts';
import type { ContractWorld } from './contract-world.ts';
import { mendedWorld } from './mended-world.ts';
import type { JudgedContract } from './judged-contract.ts';

/** Findings whose mend nobody has to decide about: a version, a link or a checksum says something else than it must. */
const mechanical: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'contract/immutable_changed',
  'contract/version_not_increased',
  'contract/version_bump_too_small',
  'contract/previous_ref_mismatch',
  'contract/fork',
  'contract/chain_broken',
  'contract/policy_checksum_mismatch',
]);

/** Where one of these is, a new version is not what the file needs. */
const pointless: ReadonlySet<FindingCode> = new Set<FindingCode>([
  'contract/halted',
  'contract/base_diverged',
  'contract/id_reused',
  'contract/duplicate_id',
  'contract/lifecycle_forbidden',
  'contract/record_incomplete',
]);

/** Findings about these files in a world: asked again about the mended ones. */
export type Recheck = (files: readonly JudgedContract[], world: ContractWorld) => readonly Finding[];

/** One link after the other may have to be mended, where one change releases several versions. */
const rounds = 3;

interface Attempt {
  readonly bytes: Uint8Array;
  readonly edits: readonly MendEdit[];
}

type Attempts = ReadonlyMap<string, Attempt>;

/**
 * What a click may commit: for each file the members that have to change. Proven here, not promised: in the world with
 * the mended files their mechanical findings are gone, and no other has come. What can not be proven is left out.
 */
export function findMends(world: ContractWorld, findings: readonly Finding[], recheck: Recheck): readonly Mend[] {
  const before = codesByPath(findings);
  const files = world.changed.filter((file) => isMendable(file, world, before.get(file.path) ?? none));
  if (files.length === 0 || files.length > limits.mendedFiles) return [];
  let attempts = attemptAll(world, files, recheck);
  const isProven = (after: CodesByPath, path: string): boolean => [...(after.get(path) ?? none)].every((code) => !mechanical.has(code) && before.get(path)?.has(code) === true);
  for (let again = 0; again < 2; again += 1) {
    const after = codesIn(world, attempts, recheck);
    const proven = new Map([...attempts].filter(([path]) => isProven(after, path)));
    if (proven.size === attempts.size) return mendsOf(world, attempts, before);
    attempts = proven;
  }
  return [];
}

type CodesByPath = ReadonlyMap<string, ReadonlySet<FindingCode>>;

const none: ReadonlySet<FindingCode> = new Set();

/** Only what denies: a notice is nothing to mend, and a mend may well bring one. */
function codesByPath(findings: readonly Finding[]): CodesByPath {
  const codes = new Map<string, Set<FindingCode>>();
  for (const { path, code, declared } of findings) {
    if (path !== null && declared !== 'notice') codes.set(path, (codes.get(path) ?? new Set()).add(code));
  }
  return codes;
}

function isMendable(file: JudgedContract, { configuration }: ContractWorld, codes: ReadonlySet<FindingCode>): boolean {
  const { inResult, path, set, result } = file;
  if (inResult.kind !== 'contract' || inResult.contract.lifecycle === 'draft' || result?.mode !== '100644') return false;
  const needsSignature = contractSetsOf(configuration, path).some((one) => one.signatures === 'required');
  const signature = fieldValue(inResult.contract.document.value, set.fields, 'signature', path);
  const hasMechanical = [...codes].some((code) => mechanical.has(code));
  return hasMechanical && ![...codes].some((code) => pointless.has(code)) && !needsSignature && (signature === undefined || signature === null);
}

function attemptAll(world: ContractWorld, files: readonly JudgedContract[], recheck: Recheck): Attempts {
  const originals = bytesOf(world, files);
  const attempts = new Map<string, Attempt>();
  let current = world;
  for (let round = 0; round < rounds; round += 1) {
    const open = openFiles(current, files, recheck);
    const bumped = open.filter((file) => attempt(file, current, originals, attempts));
    if (bumped.length === 0) break;
    current = mendedWorld(world, contentsOf(attempts));
  }
  return attempts;
}

function openFiles(current: ContractWorld, files: readonly JudgedContract[], recheck: Recheck): readonly JudgedContract[] {
  const paths = new Set(files.map(({ path }) => path));
  const now = current.changed.filter(({ path }) => paths.has(path));
  const codes = codesByPath(recheck(now, current));
  return now.filter(({ path }) => [...(codes.get(path) ?? none)].some((code) => mechanical.has(code)));
}

/** Whether the file could be brought one step further. */
function attempt(file: JudgedContract, current: ContractWorld, originals: ReadonlyMap<string, Uint8Array>, attempts: Map<string, Attempt>): boolean {
  const bytes = originals.get(file.path);
  const bumped = bumpOf(file, current);
  if (bytes === undefined || bumped === null) return false;
  const edits = [...new Map([...(attempts.get(file.path)?.edits ?? []), ...bumped].map((edit) => [edit.pointer, edit])).values()];
  const text = mendedText(bytes, { path: file.path, edits });
  if (text === null) return false;
  attempts.set(file.path, { bytes: new TextEncoder().encode(text), edits });
  return true;
}

function bytesOf({ evidence }: ContractWorld, files: readonly JudgedContract[]): ReadonlyMap<string, Uint8Array> {
  return new Map(
    files.flatMap(({ path, result }) => {
      const answer = result === null ? undefined : evidence.find({ kind: 'blob', blob: result.blob, size: result.size });
      return answer?.kind === 'answered' && answer.value.kind === 'bytes' ? [[path, answer.value.bytes] as const] : [];
    }),
  );
}

function contentsOf(attempts: Attempts): ReadonlyMap<string, Uint8Array> {
  return new Map([...attempts].map(([path, { bytes }]) => [path, bytes]));
}

function codesIn(world: ContractWorld, attempts: Attempts, recheck: Recheck): CodesByPath {
  const mended = mendedWorld(world, contentsOf(attempts));
  return codesByPath(recheck(mended.changed.filter(({ path }) => attempts.has(path)), mended));
}

function mendsOf(world: ContractWorld, attempts: Attempts, before: CodesByPath): readonly Mend[] {
  const total = [...attempts.values()].reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
  if (total > limits.mendedBytes) return [];
  return world.changed.flatMap(({ path, result }) => {
    const found = attempts.get(path);
    const codes = [...(before.get(path) ?? none)].filter((code) => mechanical.has(code)).toSorted();
    return found === undefined || result === null ? [] : [{ path, blob: result.blob, edits: found.edits, codes }];
  });
}
