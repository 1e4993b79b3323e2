import type { Configuration } from '../../../src/domain/configuration/configuration.ts';
import type { Release } from '../../../src/domain/release.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { contractGate } from '../../../src/gates/contract/contract-gate.ts';
import { releaseOf } from '../../builders/a-contract.ts';
import { aConfiguration } from '../../builders/a-configuration.ts';
import { aFile } from '../../builders/a-file.ts';
import type { FileInput, SideInput } from '../../builders/a-file.ts';
import { aSnapshot } from '../../builders/a-snapshot.ts';
import type { Content } from '../../builders/content.ts';
import { judgeWith } from '../../builders/evidence-of.ts';
import type { World } from '../../builders/evidence-of.ts';

export interface ChangeInput {
  /** By path. */
  readonly files: Readonly<Record<string, Omit<FileInput, 'path'>>>;
  readonly configured?: Partial<Configuration>;
  /** Texts that were released, by path, in order. Left out: what the base has. */
  readonly released?: readonly (readonly [path: string, text: string])[];
  readonly world?: World;
}

/** The contract gate's verdict about a change, in a world where every content can be read and the record is whole. */
export function judgeChange({ files, configured, released, world }: ChangeInput): Verdict {
  const inputs = Object.entries(files);
  const contents = inputs.flatMap(([, { mergeBase, base, head }]) => [mergeBase, base, head].filter(isContent));
  const configuration = aConfiguration(configured);
  const texts = released ?? standing(inputs);
  const releases: readonly Release[] = texts.map(([path, text]) => releaseOf(text, path, configuration));
  const snapshot = aSnapshot({ files: inputs.map(([path, input]) => aFile({ path, ...input })), ...(configured === undefined ? {} : { configured }) });
  return judgeWith(contractGate, snapshot, { contents: [...contents, ...texts.map(([, text]) => text)], releases, ...world });
}

/** `severity code path:line`, sorted. */
export function told(verdict: Verdict): readonly string[] {
  return verdict.findings.map((one) => `${one.severity} ${one.code} ${one.path ?? '-'}${one.line === null ? '' : `:${one.line}`}`).toSorted();
}

function standing(inputs: readonly (readonly [string, Omit<FileInput, 'path'>])[]): readonly (readonly [string, string])[] {
  return inputs.flatMap(([path, { base, roles }]) => (typeof base === 'string' && /^lifecycle: "(?!draft)/m.test(base) && roles === undefined ? [[path, base] as const] : []));
}

function isContent(side: SideInput | undefined): side is Content {
  return typeof side === 'string' || side instanceof Uint8Array;
}
