import { positionsIn } from '../../../domain/document/position-at.ts';
import { purlOf } from '../../../domain/dependency/purl.ts';
import { finding, quoted } from '../../../domain/finding.ts';
import type { Finding, FindingInput } from '../../../domain/finding.ts';
import type { SkippedRule } from '../../../domain/verdict.ts';
import { waitForRetry } from '../../../domain/wait-for-retry.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { declaredPackages } from './document-packages.ts';
import type { NamedByChange } from './document-packages.ts';
import type { JudgedPackage, PackageQuestions } from './judged-packages.ts';

/** What registries do not have, what could not be asked, and what nobody may ask. */
export function packageFindings({ added, judged }: PackageQuestions): readonly Finding[] {
  const grouped = (kind: 'untold' | 'unknown') => [...Map.groupBy(judged.filter(({ outcome }) => outcome.kind === kind), ({ outcome, named }) => JSON.stringify([named.path, 'why' in outcome ? outcome.why : '']))].map(([, some]) => some);
  return [
    ...toldOnce(judged).flatMap(missingFinding),
    ...grouped('untold').flatMap((some) => groupFinding(some, 'hallucination/not_checkable')),
    ...grouped('unknown').flatMap((some) => groupFinding(some, 'hallucination/unverifiable')),
    ...added.unread.map(({ path, why }) => finding({ code: 'hallucination/not_checkable', path, subject: 'unread', message: `Cannot tell which packages ${quoted(path)} names: ${why}. It is held: a person may release it.`, expected: 'a file whose packages can be looked up', found: why, next: tier3 })),
    ...added.unavailable.map(({ path, why }) => finding({ code: 'hallucination/unverifiable', path, subject: 'unread', message: `Cannot tell which packages ${quoted(path)} names: it could not be read (${why}).`, next: waitForRetry })),
  ];
}

/** What a file of the change names is told there, and not once more for the evidence that declares it. */
function toldOnce(judged: readonly JudgedPackage[]): readonly JudgedPackage[] {
  const inFiles = new Set(judged.filter(({ named }) => named.path !== null).map(whatIsMissing));
  return judged.filter((one) => one.named.path !== null || !inFiles.has(whatIsMissing(one)));
}

function whatIsMissing({ named: { ecosystem, name, version }, outcome }: JudgedPackage): string {
  const isWhole = outcome.kind === 'missing' && outcome.what === 'package';
  return JSON.stringify([ecosystem, name, isWhole ? null : version, outcome.kind]);
}

const tier3 = 'Ask the approvers of tier 3 to look at it.';

const registries = { npm: 'the registry of npm', pypi: 'the index of Python packages' } as const;

function missingFinding({ named, outcome }: JudgedPackage): readonly Finding[] {
  const { ecosystem, name, version } = named;
  const where = registries[ecosystem];
  if (outcome.kind === 'withdrawn') return [missing(named, { message: `${quoted(name)}${versionIn(version)} was there, and is not any more: ${outcome.word}, says ${where}.`, found: outcome.word })];
  if (outcome.kind === 'nowhere') return [missing(named, { message: `${quoted(name)} is no package: ${outcome.why}.`, found: 'no such package' })];
  if (outcome.kind !== 'missing') return [];
  if (outcome.what === 'version') return [missing(named, { message: `${quoted(name)} has no version that is ${quoted(version ?? '')}, says ${where}.`, found: 'no such version' })];
  return [missing(named, { message: `${quoted(name)} is no package: ${where} has none of this name.`, found: 'no such package' })];
}

function versionIn(version: string | null): string {
  return version === null ? '' : ` ${quoted(version)}`;
}

function missing(named: NamedByChange, { message, found }: Pick<FindingInput, 'message'> & { readonly found: string }): Finding {
  const { ecosystem, name, path } = named;
  return finding({ code: 'hallucination/package_missing', ...placeOf(named), subject: `${purlOf(ecosystem, name)} ${found}`, message, expected: 'a package that exists', found, next: path === null ? 'Name a package that exists in the evidence, or none.' : 'Use a package that exists, or take it out.' });
}

/** Where a file first has the name. */
function placeOf({ path, text, name }: NamedByChange): Pick<FindingInput, 'path' | 'line' | 'column'> {
  if (path === null || text === null) return {};
  const at = [`"${name}"`, `'${name}'`, `/${name}"`, name].map((one) => text.indexOf(one)).find((one) => one !== -1);
  return { path, ...positionsIn(text)(at ?? 0) };
}

/** Names that one finding lists. */
const listed = 10;

/** Many may have one reason: it is told once for each file. */
function groupFinding(some: readonly JudgedPackage[], code: 'hallucination/not_checkable' | 'hallucination/unverifiable'): readonly Finding[] {
  const [first] = some;
  if (first === undefined || !('why' in first.outcome)) return [];
  const { named, outcome } = first;
  const names = [...new Set(some.map((one) => one.named.name))].toSorted();
  const told = `${names.slice(0, listed).map(quoted).join(', ')}${names.length > listed ? ` and ${names.length - listed} more` : ''}`;
  const isHeld = code === 'hallucination/not_checkable';
  return [finding({ code, ...placeOf(named), subject: `${named.ecosystem} ${outcome.why}`, message: `Cannot tell whether ${told} ${names.length === 1 ? 'exists' : 'exist'}: ${outcome.why}.${isHeld ? ' It is held: a person may release it.' : ''}`, expected: 'packages that exist', found: outcome.why, next: isHeld ? tier3 : waitForRetry })];
}

/** Packages that the App will ask for. */
export function leftPackages({ judged }: PackageQuestions): readonly SkippedRule[] {
  const left = judged.filter(({ outcome }) => outcome.kind === 'left');
  return left.length === 0 ? [] : [{ rule: 'hallucination/package_missing', why: `whether ${left.length === 1 ? 'one package exists' : `${left.length} packages exist`} is asked by the App: no registry is asked without --online` }];
}

/** Packages of the change that no document declares, each once. Where no document came that is told by itself. */
export function undeclaredPackages(change: GroundedChange, { added }: PackageQuestions): readonly NamedByChange[] {
  if (change.documents.length === 0) return [];
  const declared = new Set(declaredPackages(change).map(({ type, name }) => `${type}:${name}`));
  const fresh = added.packages.filter(({ isAdded, ecosystem, name }) => isAdded && !declared.has(`${ecosystem}:${name}`));
  return [...new Map(fresh.map((one) => [`${one.ecosystem}:${one.name}`, one])).values()];
}

export function undeclaredFinding(named: NamedByChange): Finding {
  const purl = purlOf(named.ecosystem, named.name);
  return finding({ code: 'hallucination/dependency_undeclared', ...placeOf(named), subject: purl, message: `The change adds ${quoted(named.name)}, and no evidence declares it.`, expected: `${quoted(purl)} in the dependencies of the evidence`, found: 'no declaration', next: 'Let the agent declare it, or ask an approver to look at it.' });
}
