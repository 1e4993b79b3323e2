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
  /** The one that is named is for other drifts: this one is told. */
  | { readonly kind: 'told'; readonly playbook: Playbook; readonly why: string }
  /** Nothing is done: what is named is not there. */
  | { readonly kind: 'unknown'; readonly why: string };

/** The playbook of every drift for which nothing else is named. */
export const defaultPlaybook = 'open-issue';

/**
 * The playbook that is named, where its trigger covers the drift; none is ever taken by its trigger alone, so that nothing is
 * mended that nobody chose to have mended.
 */
export function choosePlaybook(playbooks: readonly Playbook[], wanted: WantedPlaybook): PlaybookChoice {
  const id = wanted.named ?? defaultPlaybook;
  const playbook = playbooks.find((one) => one.id === id);
  if (playbook === undefined) return { kind: 'unknown', why: `there is no playbook ${JSON.stringify(id.slice(0, 80))}${suggestion(playbooks, id)}` };
  if (isTriggeredBy(playbook.trigger, wanted)) return { kind: 'chosen', playbook };
  const other = playbooks.find((one) => one.id === defaultPlaybook);
  const why = `${playbook.id} is not for drifts of the class ${wanted.observed}`;
  return other === undefined ? { kind: 'unknown', why: `${why}, and there is no playbook "${defaultPlaybook}"` } : { kind: 'told', playbook: other, why };
}

export function isTriggeredBy({ codes, classes }: PlaybookTrigger, { code, observed }: Pick<MeasuredDrift, 'code' | 'observed'>): boolean {
  return classes.includes('*') || classes.includes(observed) || (code !== null && codes.includes(code));
}

function suggestion(playbooks: readonly Playbook[], id: string): string {
  const near = nearestWord(id, playbooks.map((one) => one.id));
  return near === null ? '' : `; did you mean ${JSON.stringify(near)}?`;
}
