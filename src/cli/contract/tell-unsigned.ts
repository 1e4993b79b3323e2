import { fieldValue } from '../../domain/contract/contract-field.ts';
import { signingStep } from '../../gates/contract/signing-step.ts';
import { terminalText } from '../../render/escape.ts';
import { typedHere } from '../check/typed-here.ts';
import type { Terminal } from '../terminal.ts';
import { keysAtBase } from './base-keys.ts';
import type { ContractBase } from './contract-base.ts';
import type { BumpPlan } from './plan-bump.ts';

/** Says of each contract that was written without the signature that it needs how it gets one. */
export async function tellUnsigned(terminal: Terminal, base: ContractBase, plans: readonly BumpPlan[]): Promise<void> {
  if (plans.length === 0) return;
  const keys = await keysAtBase(base);
  for (const { contract, set, to } of plans) {
    const step = signingStep(to.path, fieldValue(contract.document.value, set.fields, 'kmsKeyRef', contract.path), keys, terminal.now().getTime());
    terminal.tell(`${terminalText(`${to.file} needs a signature before it can be merged. ${typedHere(step, base.standing)}`)}\n`);
  }
}
