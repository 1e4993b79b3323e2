import { resolve } from 'node:path';
import { parseWitnessKey } from '../audit/cosignature.ts';
import type { Witness } from '../anchors/http-witness.ts';
import { webAddress } from './address-settings.ts';
import { bad, good, quoted, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';

/** Directory of the files to which checkpoints are appended; null: none is written. */
export function anchorDirectorySetting(environment: Environment): Setting<string | null> {
  const text = textOf(environment, 'ANCHOR_DIR');
  return good(text === null ? null : resolve(text));
}

export interface AnchorRepository {
  /** `owner/name`. */
  readonly repository: string;
  readonly branch: string;
}

/** Repository and branch to which checkpoints are committed; null: none is. */
export function anchorRepositorySetting(environment: Environment): Setting<AnchorRepository | null> {
  const repository = textOf(environment, 'ANCHOR_REPOSITORY');
  const branch = textOf(environment, 'ANCHOR_BRANCH');
  if (repository === null) return branch === null ? good(null) : bad('ANCHOR_BRANCH is set without ANCHOR_REPOSITORY, expected the owner/name of the repository that it is in');
  if (!/^[A-Za-z0-9_-]{1,100}\/[A-Za-z0-9._-]{1,100}$/.test(repository)) return bad(`ANCHOR_REPOSITORY is ${quoted(repository)}, expected owner/name`);
  const name = branch ?? 'plumbline-anchors';
  return isBranchName(name) ? good({ repository, branch: name }) : bad(`ANCHOR_BRANCH is ${quoted(name)}, expected the name of a branch`);
}

/** What git takes for one, without the names that need a second look. */
function isBranchName(name: string): boolean {
  return /^[A-Za-z0-9_][A-Za-z0-9._/-]{0,199}$/.test(name) && !/\.\.|\/\/|\/\.|\/$|\.$|\.lock(?:\/|$)/.test(name);
}

/** Witnesses, separated by commas or line ends: of each the address below which it is asked, a blank, and its verifier key. */
export function witnessesSetting(environment: Environment): Setting<readonly Witness[]> {
  const given = (textOf(environment, 'ANCHOR_WITNESSES') ?? '').split(/[,\n]/).map((one) => one.trim()).filter((one) => one !== '');
  const read = given.map(witnessOf);
  const wrong = read.flatMap((one) => (one.kind === 'bad' ? [one.why] : []));
  const witnesses = read.flatMap((one) => (one.kind === 'good' ? [one.value] : []));
  const names = witnesses.map(({ key }) => key.name);
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (wrong.length === 0 && twice !== undefined) return bad(`ANCHOR_WITNESSES names ${quoted(twice)} twice, expected each witness once`);
  return wrong.length === 0 ? good(witnesses) : bad(wrong.join('; '));
}

function witnessOf(text: string): Setting<Witness> {
  const [address = '', keyText = '', ...rest] = text.split(/\s+/);
  const key = rest.length === 0 ? parseWitnessKey(keyText) : null;
  if (key === null) return bad(`ANCHOR_WITNESSES has ${quoted(text)}, expected <https address> <name>+<id>+<base64> with an Ed25519 key that cosigns (type 4)`);
  const url = webAddress('ANCHOR_WITNESSES', address);
  return url.kind === 'bad' ? url : good({ url: url.value, key });
}
