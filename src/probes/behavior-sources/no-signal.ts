/**
 * A source that gave no measurement. Never a pass and never a drift. `why` names what was found and what was expected; it
 * repeats no text that came over the network and no secret, so that it may be shown to anyone who sees the check.
 */
export interface NoSignal {
  readonly kind: 'no-signal';
  readonly why: string;
}

export function noSignal(why: string): NoSignal {
  return { kind: 'no-signal', why };
}
