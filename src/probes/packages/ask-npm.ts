import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { answerOfStatus, recorded } from './index-answer.ts';
import type { IndexAnswer } from './index-answer.ts';
import type { Ask, Asked } from './ask-index.ts';

/** What is installed is told by it: versions and tags, without what each of them says of itself. */
const short = 'application/vnd.npm.install-v1+json';

/** Of a package that was unpublished the short form says nothing, and of one with very many versions it is too long: then one version is asked for. */
export async function askNpm(ask: Ask, url: string, name: string, wanted: string | null): Promise<IndexAnswer> {
  const path = `${url}/${name.replace('/', '%2f')}`;
  const first = await ask(path, short);
  if (first.kind === 'trouble') return first;
  if (first.kind === 'too-large') return await askOne(ask, path, name, wanted);
  if (first.status !== 404) return recordOf(first, name);
  const whole = await ask(path, 'application/json');
  return whole.kind === 'answered' ? recordOf(whole, name) : whole.kind === 'trouble' ? whole : { kind: 'trouble', why: 'the registry answered with too much' };
}

function recordOf({ status, bytes, host }: Extract<Asked, { readonly kind: 'answered' }>, name: string): IndexAnswer {
  const told = answerOfStatus(status, host);
  if (told !== null) return told;
  const value = parseJson(bytes);
  if (!isJsonObject(value) || value['name'] !== name) return { kind: 'trouble', why: `${JSON.stringify(host)} answered what is no package of this name, expected one` };
  const { versions = {}, 'dist-tags': tags = {}, time } = value;
  if (!isJsonObject(versions) || !isJsonObject(tags)) return { kind: 'trouble', why: `${JSON.stringify(host)} answered a package without versions, expected some` };
  const names = Object.keys(versions);
  if (names.length === 0 || isUnpublished(time)) return recorded({ kind: 'withdrawn', word: 'unpublished' });
  return recorded({ kind: 'published', versions: new Set(names), tags: new Set(Object.keys(tags)), withdrawn: new Map(names.filter((version) => isSecurityHold(version)).map((version) => [version, 'held by the registry for security'])), isWhole: true });
}

function isUnpublished(time: JsonValue | undefined): boolean {
  return isJsonObject(time) && isJsonObject(time['unpublished']);
}

/** The one version that the registry puts in the place of malware. */
function isSecurityHold(version: string): boolean {
  return /^0\.0\.\d+-security(?:\.\d+)?$/.test(version);
}

async function askOne(ask: Ask, path: string, name: string, wanted: string | null): Promise<IndexAnswer> {
  const isExact = wanted !== null && /^\d+\.\d+\.\d+[\w.+-]*$/.test(wanted);
  const version = isExact ? wanted : 'latest';
  const one = await ask(`${path}/${encodeURIComponent(version)}`, 'application/json');
  if (one.kind === 'trouble') return one;
  if (one.kind === 'too-large') return { kind: 'trouble', why: 'the registry answered with too much' };
  // That the package is there is known by its length.
  if (one.status === 404 && isExact) return recorded({ kind: 'published', versions: new Set(), tags: new Set(), withdrawn: new Map(), isWhole: false, lacking: new Set([version]) });
  const told = answerOfStatus(one.status, one.host);
  if (told !== null) return told.kind === 'record' ? { kind: 'trouble', why: `${JSON.stringify(one.host)} answered ${one.status} for a version, expected 200` } : told;
  const value = parseJson(one.bytes);
  if (!isJsonObject(value) || value['name'] !== name || typeof value['version'] !== 'string') return { kind: 'trouble', why: `${JSON.stringify(one.host)} answered what is no version of this package, expected one` };
  return recorded({ kind: 'published', versions: new Set([value['version']]), tags: new Set(['latest']), withdrawn: new Map(), isWhole: false });
}
