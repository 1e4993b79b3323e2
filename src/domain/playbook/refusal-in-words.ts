import { quoted } from '../finding.ts';
import type { Refusal } from './plan.ts';

/** Why a playbook makes no plan of a drift, for people: what was found, what was expected, and one next step. */
export function refusalInWords(playbook: string, { path, found, expected, next }: Refusal): string {
  return `The playbook \`${playbook}\` can not be followed here: found ${found}${path === null ? '' : ` at ${quoted(path)}`}, expected ${expected}. ${next}`;
}
