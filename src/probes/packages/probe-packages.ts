import type { RequestOf } from '../../domain/probe-request.ts';
import { unavailable } from '../answers.ts';
import type { Answers } from '../answers.ts';
import type { PackageRegistry } from './package-registry.ts';

export async function probePackages(registry: PackageRegistry | null, wanted: readonly RequestOf<'package'>[]): Promise<Answers<'package'>> {
  if (registry === null) return wanted.map((request) => [request, unavailable(new Error('no registry is asked here'))] as const);
  return await Promise.all(wanted.map(async (request) => [request, await registry.ask(request)] as const));
}
