import satisfies from 'semver/functions/satisfies.js';
import { compareText } from '../../../domain/compare-text.ts';
import { limits } from '../../../domain/limits.ts';
import type { OwnPackage } from '../../../domain/module/imports-answer.ts';
import type { Answer } from '../../../domain/probe-answer.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import type { GroundedChange } from '../grounded-change.ts';
import { addedPackages } from './added-packages.ts';
import type { AddedPackages } from './added-packages.ts';
import { documentEcosystems, documentPackages } from './document-packages.ts';
import type { NamedByChange } from './document-packages.ts';
import { importsAnswer } from './imports-request.ts';
import { isKnownAtBase } from './known-at-base.ts';
import { changedPlaces, placeOutcome, placeRequest } from './own-places.ts';
import type { OwnPlace } from './own-places.ts';
import type { PackageOutcome } from './package-outcome.ts';
import { indexesFor, packageWorld } from './package-world.ts';
import type { PackageWorld } from './package-world.ts';
import { isPrivateName } from './private-names.ts';

/** A package that the change adds or a document names, and what is known of it. */
export interface JudgedPackage {
  readonly named: NamedByChange;
  readonly outcome: PackageOutcome;
}

export interface PackageQuestions {
  readonly added: AddedPackages;
  readonly judged: readonly JudgedPackage[];
  readonly requests: readonly RequestOf<'package' | 'file-at'>[];
}

/** What of them is asked, and what came of it. While what decides that is not known nothing is asked: a name may be private. */
export function judgedPackages(change: GroundedChange): PackageQuestions {
  const added = addedPackages(change.snapshot, change.evidence);
  const world = packageWorld(change, documentEcosystems(change));
  const imports = importsAnswer(change);
  const named = [...added.packages.toSorted((a, b) => Number(b.isDirect) - Number(a.isDirect) || compareText(a.name, b.name)), ...documentPackages(change, added)];
  const requests = new Map<string, RequestOf<'package'>>();
  const judged = named.map((one): JudgedPackage => {
    const why = world.unavailable ?? (imports.kind === 'unavailable' ? imports.why : null);
    const told = why === null ? withoutAsking(one, { change, world, added, own: imports.own }) : { kind: 'unknown' as const, why };
    if (told !== null) return { named: one, outcome: told };
    const request = requestOf(one, world);
    const key = JSON.stringify(request);
    if (!requests.has(key) && requests.size === limits.askedPackages) return { named: one, outcome: { kind: 'untold', why: `the change names more than ${limits.askedPackages} that would have to be asked for` } };
    requests.set(key, request);
    return { named: one, outcome: outcomeOf(change.evidence.find(request)) };
  });
  const looked = changedPlaces(change.snapshot);
  const places = added.places.map((place, index): JudgedPackage => {
    if (index >= limits.askedPackages) return { named: namedPlace(place), outcome: { kind: 'untold', why: `the change takes more than ${limits.askedPackages} from the repository itself` } };
    return { named: namedPlace(place), outcome: imports.kind === 'unavailable' ? { kind: 'unknown', why: imports.why } : placeOutcome(place, { looked, evidence: change.evidence, own: imports.own }) };
  });
  return { added, judged: [...judged, ...places], requests: [...added.places.slice(0, limits.askedPackages).flatMap((place) => placeRequest(place, looked) ?? []), ...requests.values()] };
}

function namedPlace({ ecosystem, name, path, text }: OwnPlace): NamedByChange {
  return { ecosystem, name, version: null, path, text, isNew: false, isAdded: false, isDirect: true, indexes: [], elsewhere: null, isMember: false };
}

interface KnownWithoutAsking {
  readonly change: GroundedChange;
  readonly world: PackageWorld;
  readonly added: AddedPackages;
  readonly own: readonly OwnPackage[] | null;
}

/** Null: it has to be asked for. */
function withoutAsking(named: NamedByChange, { change, world, added, own }: KnownWithoutAsking): PackageOutcome | null {
  const { ecosystem, name, version } = named;
  if (ecosystem === 'pypi' && added.inside.has(name)) return { kind: 'proven' };
  if (named.isMember) return { kind: 'untold', why: 'it is to be a member of the workspace, and no lock file of this change knows it as one' };
  const known = isKnownAtBase(world.proven, named);
  if (known === 'version') return { kind: 'proven' };
  if (ecosystem === 'npm' && own?.some((one) => one.name === name && answers(one, version)) === true) return { kind: 'proven' };
  if (isPrivateName(change.configuration, ecosystem, name)) return known === 'name' ? { kind: 'proven' } : { kind: 'untold', why: 'its name is listed as private in `registries`' };
  if (named.elsewhere !== null) return { kind: 'untold', why: 'it comes from an address, or from an index that the file names, and no registry can tell of it' };
  return ecosystem === 'npm' && own === null ? { kind: 'untold', why: 'whether it is a member of the workspace is not known' } : null;
}

function answers({ version }: OwnPackage, wanted: string | null): boolean {
  return version === null || wanted === null || (wanted.length <= 256 && satisfies(version, wanted, { loose: true, includePrerelease: true }));
}

function requestOf({ ecosystem, name, version, indexes, path }: NamedByChange, world: PackageWorld): RequestOf<'package'> {
  return { kind: 'package', ecosystem, name, version, indexes: [...new Set([...indexesFor(world, ecosystem, name, path), ...indexes])].toSorted(compareText) };
}

function outcomeOf(answer: Answer<'package'> | undefined): PackageOutcome {
  if (answer?.kind !== 'answered') return { kind: 'unknown', why: answer?.why ?? 'it was not asked' };
  return answer.value.kind === 'unasked' ? { kind: 'untold', why: answer.value.why } : answer.value;
}
