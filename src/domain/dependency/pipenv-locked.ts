import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { pythonName } from '../python-name.ts';
import { UnreadDependencies } from './dependency.ts';
import type { Dependency } from './dependency.ts';
import { isContentDigest } from './is-content-digest.ts';
import { extrasIn, markerVariables, repositoryKinds, requirementForm } from './requirement-form.ts';

/** Each field in exactly the form that Pipenv writes: it makes one line for pip of them, as they stand. */
const fields: ReadonlyMap<string, (value: JsonValue) => boolean> = new Map<string, (value: JsonValue) => boolean>([
  ['version', ofText((text) => /^(?:\*|(?:===?)?[\w.+!-]+)$/.test(text) && !text.startsWith('-'))],
  ['hashes', (value) => Array.isArray(value) && value.every((one) => typeof one === 'string' && isContentDigest(one))],
  ['extras', (value) => extrasIn(value) !== null],
  ['index', ofText((text) => /^[\w .-]+$/.test(text))],
  ['editable', (value) => typeof value === 'boolean'],
  ['ref', ofText((text) => /^[\w./+@][\w./+@-]*$/.test(text))],
  ['subdirectory', ofText((text) => requirementForm.isPath(`./${text}`))],
  ...['path', 'file'].map((name) => [name, ofText((text) => requirementForm.isPath(text) || (text.includes('://') && requirementForm.isAddress(text)))] as const),
  ...repositoryKinds.map((name) => [name, ofText(requirementForm.isAddress)] as const),
  ...['markers', ...markerVariables].map((name) => [name, ofText(requirementForm.isMarker)] as const),
]);

function ofText(isForm: (text: string) => boolean): (value: JsonValue) => boolean {
  return (value) => typeof value === 'string' && isForm(value);
}

/**
 * An entry of `Pipfile.lock`. One that is a text is a version, which Pipenv installs without any digest.
 * @throws UnreadDependencies For a name, a field or a value that Pipenv would not write.
 */
export function pipenvLocked(name: string, entry: JsonValue, indexOf: (name: string) => string): Dependency {
  const told = typeof entry === 'string' ? { version: entry } : entry;
  if (!isJsonObject(told) || !requirementForm.isName(name) || !Object.entries(told).every(([field, value]) => fields.get(field)?.(value) === true)) throw new UnreadDependencies('it has a package that Pipenv would not write');
  const [version, index, hashes] = [told['version'], told['index'], told['hashes']];
  const places = [...repositoryKinds, 'file', 'path'].flatMap((field) => textsAt(told, field));
  const source = [...(places.length > 0 || typeof index !== 'string' ? places : [indexOf(index)]), ...['ref', 'subdirectory'].flatMap((field) => textsAt(told, field))];
  const [place, ...others] = source;
  const isFolder = place !== undefined && others.length === 0 && places.length === 1 && requirementForm.isPath(place);
  return { name: pythonName(name), kind: 'lock', wanted: typeof version === 'string' ? version.replace(/^==/, '') : '', source: source.length === 0 ? null : source.join(' '), hashes: Array.isArray(hashes) ? hashes.filter((hash) => typeof hash === 'string') : [], isDirect: false, ...(isFolder ? { place } : {}) };
}

function textsAt(entry: JsonObject, field: string): readonly string[] {
  const value = entry[field];
  return typeof value === 'string' ? [value] : [];
}
