export type PersonKind = 'human' | 'agent' | 'app';

/** Somebody whose hand is in a change. */
export interface Contributor {
  /** As GitHub writes it; an App's ends in `[bot]`. */
  readonly login: string;
  /** Other logins under which they were told, before they were renamed; left out: none. */
  readonly formerly?: readonly string[];
  /** Stays when the login changes; null where only the login is known. */
  readonly id: number | null;
  readonly kind: PersonKind;
  /** How the hand got in: opened it, pushed to it, wrote or committed a commit of it, asked our App for one. */
  readonly via: readonly ('author' | 'pusher' | 'commit' | 'asked')[];
}

/**
 * Why there may be hands in a change that are not known. `unseen`: a head was not seen to arrive. `unlisted`: it has more commits, or
 * more authors, than are read. `unasked`: nobody who knows was asked.
 */
export interface UnknownHands {
  readonly kind: 'unseen' | 'unlisted' | 'unasked';
  readonly why: string;
}

/** Everybody whose hand is known to be in a change. */
export interface Contributors {
  readonly people: readonly Contributor[];
  /** Agents that trailers of its commits name, who are nobody's accounts; left out: none. */
  readonly named?: readonly string[];
  /** Our App's own account, where it is among them; left out: it is not, or older versions did not tell. */
  readonly own?: string;
  /** Why there may be others, who match nothing and may be anybody. Null when there are none. */
  readonly unknown: readonly [UnknownHands, ...UnknownHands[]] | null;
}

/** Null when everybody is known. */
export function whyUnknown({ unknown }: Pick<Contributors, 'unknown'>): string | null {
  return unknown === null ? null : unknown.map(({ why }) => why).join('; ');
}

/** One login, however it is written. */
export function foldedLogin(login: string): string {
  return login.toLowerCase();
}

export function isSameLogin(one: string, other: string): boolean {
  return foldedLogin(one) === foldedLogin(other);
}
