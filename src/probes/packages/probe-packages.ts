import type { Answer, PackageAnswer } from '../../domain/probe-answer.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { unavailable } from '../answers.ts';
import type { Answers } from '../answers.ts';
import type { PackageRegistry } from './package-registry.ts';
import { popularNames } from './popular-names.ts';

type Wanted = RequestOf<'package'>;

/** Asks for each, and says of what was asked whether its name is near a popular one. */
export async function probePackages(registry: PackageRegistry | null, wanted: readonly Wanted[]): Promise<Answers<'package'>> {
  if (registry === null) return wanted.map((request) => [request, unavailable(new Error('no registry is asked here'))] as const);
  return await Promise.all((await registry.askAll(wanted)).map(async ([request, answer]) => [request, await withNearName(request, answer)] as const));
}

async function withNearName({ ecosystem, name }: Wanted, answer: Answer<'package'>): Promise<Answer<'package'>> {
  if (answer.kind !== 'answered' || (answer.value.kind !== 'exists' && answer.value.kind !== 'missing')) return answer;
  const near = (await popularNames(ecosystem)).nearestTo(name);
  const value: PackageAnswer = near === null ? answer.value : { ...answer.value, near };
  return { kind: 'answered', value };
}
