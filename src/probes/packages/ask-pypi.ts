import { pythonVersion } from '../../domain/dependency/python-version.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { pythonName } from '../../domain/python-name.ts';
import { answerOfStatus, recorded } from './index-answer.ts';
import type { IndexAnswer } from './index-answer.ts';
import type { Ask } from './ask-index.ts';

/** The simple index in JSON (PEP 691), with all versions (PEP 700) and the state of the project (PEP 792), else in HTML (PEP 503). */
const forms = 'application/vnd.pypi.simple.v1+json, application/vnd.pypi.simple.v1+html;q=0.2, text/html;q=0.1';

export async function askPypi(ask: Ask, url: string, name: string): Promise<IndexAnswer> {
  const asked = await ask(`${url}/${name}/`, forms);
  if (asked.kind !== 'answered') return asked.kind === 'trouble' ? asked : { kind: 'trouble', why: 'the index answered with too much' };
  const told = answerOfStatus(asked.status, asked.host);
  if (told !== null) return told;
  const project = asked.type.endsWith('+json') || asked.type === 'application/json' ? jsonProject(asked.bytes, name) : asked.type.includes('html') ? htmlProject(asked.bytes) : null;
  return project === null ? { kind: 'trouble', why: `${JSON.stringify(asked.host)} answered what is no page of this project, expected one` } : recordOf(project, name);
}

interface Project {
  readonly state: string;
  /** All versions, where the index tells them; null: by the files. */
  readonly versions: readonly string[] | null;
  readonly files: readonly { readonly name: string; readonly isYanked: boolean }[];
}

function recordOf({ state, versions, files }: Project, name: string): IndexAnswer {
  if (state === 'quarantined') return recorded({ kind: 'withdrawn', word: 'quarantined' });
  const yanked = new Map<string, boolean>();
  for (const file of files) {
    const version = versionOf(file.name, name);
    if (version !== null) yanked.set(version, file.isYanked && (yanked.get(version) ?? true));
  }
  const all = new Set([...yanked.keys(), ...(versions ?? []).flatMap((version) => pythonVersion(version) ?? [])]);
  if (all.size === 0) return recorded({ kind: 'withdrawn', word: 'without any version' });
  return recorded({ kind: 'published', versions: all, tags: new Set(), withdrawn: new Map([...yanked].filter(([, isYanked]) => isYanked).map(([version]) => [version, 'yanked'])), isWhole: true });
}

function jsonProject(bytes: Uint8Array, name: string): Project | null {
  const value = parseJson(bytes);
  if (!isJsonObject(value) || typeof value['name'] !== 'string' || pythonName(value['name']) !== name || !Array.isArray(value['files'])) return null;
  const { versions, files, 'project-status': status } = value;
  return {
    state: isJsonObject(status) && typeof status['status'] === 'string' ? status['status'] : 'active',
    versions: Array.isArray(versions) ? versions.filter((one) => typeof one === 'string') : null,
    files: files.filter(isJsonObject).flatMap(fileOf),
  };
}

function fileOf({ filename, yanked }: JsonObject): readonly Project['files'][number][] {
  return typeof filename === 'string' ? [{ name: filename, isYanked: yanked === true || (typeof yanked === 'string' && yanked !== '') }] : [];
}

/** No part of it may go on past the next `<`, so that links without an end are gone through once. One link for each file. A page without any is a project without files only where it says that it is a simple index. */
function htmlProject(bytes: Uint8Array): Project | null {
  const text = new TextDecoder().decode(bytes);
  const links = [...text.matchAll(/<a\s([^<>]{1,4000})>([^<]{1,500})<\/a>/gi)];
  if (links.length === 0 && !/<meta\s[^<>]{0,200}pypi:repository-version/i.test(text)) return null;
  return { state: /pypi:project-status"\s{1,9}content="quarantined"/i.test(text) ? 'quarantined' : 'active', versions: null, files: links.map(([, attributes = '', name = '']) => ({ name: name.trim(), isYanked: /\sdata-yanked\b/i.test(` ${attributes}`) })) };
}

/** Of a wheel, or of an sdist, of which the name may have dashes; null for what is of no version of it. */
function versionOf(file: string, name: string): string | null {
  const stem = file.replace(/\.(?:whl|egg|zip|tar|tgz|tbz|(?:tar\.)?(?:gz|bz2|xz|zst|z))$/i, '');
  for (let at = stem.indexOf('-'); at !== -1 && at <= 300; at = stem.indexOf('-', at + 1)) {
    const begins = pythonName(stem.slice(0, at));
    if (begins.length > name.length) return null;
    if (begins !== name) continue;
    const rest = stem.slice(at + 1);
    return pythonVersion(/\.(?:whl|egg)$/i.test(file) ? (rest.split('-', 1)[0] ?? '') : rest);
  }
  return null;
}
