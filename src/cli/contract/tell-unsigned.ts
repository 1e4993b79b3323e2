import { fieldValue } from '../../domain/contract/contract-field.ts';
import { terminalText } from '../../render/escape.ts';
import type { Terminal } from '../terminal.ts';
import { keysAtBase } from './base-keys.ts';
import type { ContractBase } from './contract-base.ts';
import type { BumpPlan } from './plan-bump.ts';
import { signingStep } from './signing-step.ts';

/** Says of each contract that was written without the signature that it needs how it gets one. */
export async function tellUnsigned(terminal: Terminal, base: ContractBase, plans: readonly BumpPlan[]): Promise<void> {
  if (plans.length === 0) return;
  const keys = await keysAtBase(base, terminal.now());
  for (const { contract, set, to } of plans) {
    const reference = fieldValue(contract.document.value, set.fields, 'kmsKeyRef', contract.path);
    const step = signingStep(to, typeof reference === 'string' && reference !== '' ? reference : null, keys);
    terminal.tell(`${terminalText(`${to.file} needs a signature before it can be merged. ${step}`)}\n`);
  }
}
