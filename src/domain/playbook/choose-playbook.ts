import { quoted } from '../finding.ts';
import { nearestWord } from '../nearest-word.ts';
import type { MeasuredDrift } from './measured-drift.ts';
import type { Playbook, PlaybookTrigger } from './playbook.ts';

/** What asks for a playbook: a drift, and the id that a behaviour or a person names. */
export interface WantedPlaybook extends Pick<MeasuredDrift, 'code' | 'observed'> {
  /** Null: none is named. */
  readonly named: string | null;
}

export type PlaybookChoice =
  | { readonly kind: 'chosen'; readonly playbook: Playbook }
  /** The one that is named is for other drifts, or is not there: this one is told. */
  | { readonly kind: 'told'; readonly playbook: Playbook; readonly why: string };

/** The playbook of every drift for which nothing else is named. It comes with Plumbline, and no other one can have its id. */
export const defaultPlaybook = 'open-issue';

/**
 * The playbook that is named, where its trigger covers the drift; none is ever taken by its trigger alone, so that nothing is
 * mended that nobody chose to have mended. No drift is without one: it would be told nowhere.
 * @throws TypeError Where the default is not among them.
 */
export function choosePlaybook(playbooks: readonly Playbook[], wanted: WantedPlaybook): PlaybookChoice {
  const other = playbooks.find(({ id }) => id === defaultPlaybook);
  if (other === undefined) throw new TypeError('The playbook of drifts for which none is named is missing.');
  const id = wanted.named ?? defaultPlaybook;
  const playbook = playbooks.find((one) => one.id === id);
  if (playbook === undefined) return { kind: 'told', playbook: other, why: `There is no playbook ${quoted(id)}${suggestion(playbooks, id)}, so this is told by ${defaultPlaybook}.` };
  if (isTriggeredBy(playbook.trigger, wanted)) return { kind: 'chosen', playbook };
  return { kind: 'told', playbook: other, why: `${playbook.id} is not for drifts of the class ${wanted.observed}, so this is told by ${defaultPlaybook}.` };
}

export function isTriggeredBy({ codes, classes }: PlaybookTrigger, { code, observed }: Pick<MeasuredDrift, 'code' | 'observed'>): boolean {
  return classes.includes('*') || classes.includes(observed) || (code !== null && codes.includes(code));
}

function suggestion(playbooks: readonly Playbook[], id: string): string {
  const near = nearestWord(id, playbooks.map((one) => one.id));
  return near === null ? '' : ` (did you mean ${quoted(near)}?)`;
}
