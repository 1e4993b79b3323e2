import type { RequestOf } from '../../domain/probe-request.ts';
import type { ObjectSource } from '../../flows/ports/object-source.ts';
import { unavailable } from '../answers.ts';
import type { Answers } from '../answers.ts';
import { lookAtImports } from './look-at-imports.ts';
import type { ModuleParser } from './module-parser.ts';

export async function probeImports(objects: Pick<ObjectSource, 'tree' | 'blobs'>, parser: ModuleParser | null, wanted: readonly RequestOf<'imports'>[]): Promise<Answers<'imports'>> {
  if (parser === null) return wanted.map((request) => [request, unavailable(new Error('no module is parsed here'))] as const);
  return await Promise.all(wanted.map(async (request) => [request, { kind: 'answered', value: await lookAtImports(objects, parser, request) }] as const));
}
