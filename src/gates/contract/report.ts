import type { ContractField } from '../../domain/configuration/configuration.ts';
import { fieldPointer } from '../../domain/contract/contract-field.ts';
import type { Document } from '../../domain/document/document.ts';
import { finding } from '../../domain/finding.ts';
import type { Finding, FindingInput } from '../../domain/finding.ts';
import { idOf } from './judged-contract.ts';
import type { JudgedContract } from './judged-contract.ts';

type Words = Omit<FindingInput, 'path' | 'contract' | 'line' | 'column'>;

/** A finding at a part of what R has at the path; without a document there, at the path as a whole. */
export function reportAt(file: JudgedContract, pointer: string, words: Words): Finding {
  const document = documentOf(file);
  const contract = idOf(file.inResult);
  return finding({ ...words, path: file.path, ...(contract === null ? {} : { contract }), ...(document === null ? {} : document.positionOf(pointer)) });
}

export function reportField(file: JudgedContract, field: ContractField, words: Words): Finding {
  return reportAt(file, fieldPointer(file.set.fields, field), words);
}

function documentOf({ inResult }: JudgedContract): Document | null {
  if (inResult.kind === 'contract') return inResult.contract.document;
  return inResult.kind === 'incomplete' ? inResult.document : null;
}
