import assert from 'node:assert/strict';
import type { ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import type { Answer } from '../../../src/domain/probe-answer.ts';
import type { RequestOf } from '../../../src/domain/probe-request.ts';
import { createPackageRegistry } from '../../../src/probes/packages/package-registry.ts';
import type { PackageRegistry, RegistryOptions } from '../../../src/probes/packages/package-registry.ts';
import { aService } from '../behavior-sources/a-service.ts';
import type { Service } from '../behavior-sources/a-service.ts';

/** What a registry was seen to answer, by path. A path that is not among them was answered 404. */
export type Recorded = Readonly<Record<string, { readonly status?: number; readonly type?: string; readonly body?: unknown; readonly headers?: Readonly<Record<string, string>> }>>;

export interface RecordedRegistry {
  readonly registry: PackageRegistry;
  readonly service: Service;
  /** Paths that were asked for, in order. */
  readonly asked: () => readonly string[];
  readonly ask: (wanted: Partial<RequestOf<'package'>> & Pick<RequestOf<'package'>, 'name'>) => Promise<Answer<'package'>>;
}

/** A registry of npm below `/npm` and an index of PyPI below `/simple`, which answer as they were recorded. */
export async function aRegistry(context: TestContext, recorded: Recorded, options: Partial<RegistryOptions> & { readonly answer?: (response: ServerResponse, path: string) => void } = {}): Promise<RecordedRegistry> {
  const service = await aService(context, (response, request) => {
    const path = decodeURIComponent(request.url ?? '');
    if (options.answer !== undefined) return options.answer(response, path);
    const { status = recorded[path] === undefined ? 404 : 200, type = path.startsWith('/npm/') ? 'application/json' : 'application/vnd.pypi.simple.v1+json', body = '', headers = {} } = recorded[path] ?? {};
    return response.writeHead(status, { 'content-type': type, ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  const registry = createPackageRegistry({ indexes: { npm: { url: `${service.url}npm`, same: ['https://mirror.example'] }, pypi: { url: `${service.url}simple`, same: [] } }, clock: { now: () => new Date(0) }, allowsLoopback: true, connection: { timeoutMs: 2_000 }, ...options });
  return { registry, service, asked: () => service.requests.map(({ path }) => decodeURIComponent(path)), ask: async (wanted) => (await registry.askAll([{ kind: 'package', ecosystem: 'npm', version: null, indexes: [], ...wanted }]))[0]?.[1] ?? assert.fail('no answer came') };
}

export function packument(name: string, versions: readonly string[], more: object = {}): { readonly body: object } {
  return { body: { name, versions: Object.fromEntries(versions.map((version) => [version, {}])), 'dist-tags': { latest: versions.at(-1) }, ...more } };
}

export function simplePage(name: string, files: readonly (readonly [file: string, yanked?: string | boolean])[], more: object = {}): { readonly body: object } {
  return { body: { meta: { 'api-version': '1.1' }, name, files: files.map(([filename, yanked = false]) => ({ filename, yanked })), ...more } };
}
