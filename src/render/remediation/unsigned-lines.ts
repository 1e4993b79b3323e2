import type { UnsignedContract } from '../../domain/playbook/plan.ts';
import { clip } from '../clip.ts';
import { count } from '../count.ts';
import { markdownCode } from '../escape.ts';

const mostContracts = 10;

/** Who has to sign what before the merge; nothing where nobody has to. */
export function unsignedLines(unsigned: readonly UnsignedContract[]): readonly string[] {
  if (unsigned.length === 0) return [];
  const lines = unsigned.slice(0, mostContracts).map(({ path, contractId, key }) => `- ${markdownCode(clip(contractId, 150))}: whoever holds the key ${key === null ? '(the contract names none)' : markdownCode(clip(key, 150))} runs ${markdownCode(`plumbline contract sign ${clip(path, 300)}`)} on this branch`);
  const rest = unsigned.length > mostContracts ? [`- and ${count(unsigned.length - mostContracts, 'more contract')}`] : [];
  return [`**It is not signed.** Plumbline holds no key of yours. Before the merge:\n\n${[...lines, ...rest].join('\n')}`];
}
