import type { RequestOf } from '../domain/probe-request.ts';
import type { Release } from '../domain/release.ts';
import type { ReleaseElsewhere } from '../domain/releases-of-id.ts';
import { schemaPlace } from '../domain/schema/schema-place.ts';
import type { ReleaseReader } from '../flows/ports/prober.ts';
import { unavailable } from './answers.ts';
import type { Answers, Unavailable } from './answers.ts';

/** One read per branch entry, for all ids of it. */
export async function probeReleases(reader: ReleaseReader, wanted: readonly RequestOf<'releases'>[]): Promise<Answers<'releases'>> {
  return await perEntry(wanted, async (entry, requests) => {
    const { unknown, ...read } = await reader.releases(entry, requests.map((request) => request.contractId));
    const [own, unsure, rivals, elsewhere, possible] = [byId(read.own), byId(read.unsure), byId(read.rivals), byId(read.elsewhere), byId(read.possible)];
    return requests.map((request) => [request, answered({ own: own(request.contractId), unsure: unsure(request.contractId).map(({ version }) => version), rivals: rivals(request.contractId), elsewhere: elsewhere(request.contractId).map(onlyContent), possible: possible(request.contractId).map(onlyContent), unknown })]);
  });
}

function byId(releases: readonly Release[]): (contractId: string) => readonly Release[] {
  const groups = Map.groupBy(releases, (release) => release.contractId);
  return (contractId) => groups.get(contractId) ?? [];
}

/** Nothing else of another entry may count, or become an input of the decision. */
function onlyContent({ entry, version, contentHash, path, commit }: Release): ReleaseElsewhere {
  return { entry, version, contentHash, path, commit };
}

export async function probePaths(reader: ReleaseReader, wanted: readonly RequestOf<'paths'>[]): Promise<Answers<'paths'>> {
  return await perEntry(wanted, async (entry, requests) => {
    const releases = await reader.releasesAt(entry, requests.map((request) => request.path));
    const byPath = Map.groupBy(releases, (release) => release.path);
    return requests.map((request) => [request, answered(byPath.get(request.path) ?? [])]);
  });
}

export async function probeSchemaVersions(reader: ReleaseReader, wanted: readonly RequestOf<'schema-versions'>[]): Promise<Answers<'schema-versions'>> {
  return await perEntry(wanted, async (entry, requests) => {
    const versions = await reader.schemaVersions(entry, requests.map((request) => request.family));
    const byFamily = Map.groupBy(versions, (version) => schemaPlace(version.path).family);
    return requests.map((request) => [request, answered(byFamily.get(request.family) ?? [])]);
  });
}

export async function probeRecords(reader: ReleaseReader, wanted: readonly RequestOf<'record'>[]): Promise<Answers<'record'>> {
  return await perEntry(wanted, async (entry, requests) => {
    const value = await reader.recordState(entry);
    return requests.map((request) => [request, { kind: 'answered', value }]);
  });
}

function answered<Value>(value: Value): Answered<Value> {
  return { kind: 'answered', value };
}

interface Answered<Value> {
  readonly kind: 'answered';
  readonly value: Value;
}

type Pairs<Request, Given> = readonly (readonly [Request, Given])[];

/** Trouble with one entry spoils the requests about that entry only. */
async function perEntry<Request extends { readonly entry: string }, Value>(wanted: readonly Request[], read: (entry: string, requests: readonly Request[]) => Promise<Pairs<Request, Answered<Value>>>): Promise<Pairs<Request, Answered<Value> | Unavailable>> {
  const groups = Map.groupBy(wanted, (request) => request.entry);
  const answers = await Promise.all([...groups].map(async ([entry, requests]) => await read(entry, requests).catch((error: unknown) => requests.map((request) => [request, unavailable(error)] as const))));
  return answers.flat();
}
