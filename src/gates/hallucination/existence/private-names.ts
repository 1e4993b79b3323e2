import type { Configuration } from '../../../domain/configuration/configuration.ts';
import type { Ecosystem } from '../../../domain/dependency/dependency-file.ts';
import { isJsonObject } from '../../../domain/json-value.ts';
import { pythonName } from '../../../domain/python-name.ts';

/** Whether `registries` of the configuration says that a name is of a private index: by a name with `*` for any text, or by its scope. */
export function isPrivateName({ document }: Pick<Configuration, 'document'>, ecosystem: Ecosystem, name: string): boolean {
  const registries = document['registries'];
  if (!isJsonObject(registries)) return false;
  const listed = Object.entries(registries).filter(([key]) => key === ecosystem || key.startsWith(`${ecosystem}.`) || key.startsWith(`${ecosystem}-`)).flatMap(([, registry]) => (isJsonObject(registry) ? [registry['names'] ?? []].flat() : []));
  return listed.some((pattern) => typeof pattern === 'string' && fits(pattern, ecosystem, name));
}

function fits(pattern: string, ecosystem: Ecosystem, name: string): boolean {
  const [plain, wanted] = ecosystem === 'pypi' ? [pythonName(name), pythonName(pattern)] : [name.toLowerCase(), pattern.toLowerCase()];
  return matches(wanted, plain) || (/^@[^/*]+\/?$/.test(wanted) && plain.startsWith(`${wanted.replace(/\/$/, '')}/`));
}

/** In time that grows with both lengths alone: each part is looked for where the one before it ends. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  if (parts.length === 1) return pattern === name;
  if (name.length < first.length + last.length || !name.startsWith(first) || !name.endsWith(last)) return false;
  let at = first.length;
  for (const part of parts.slice(1, -1)) {
    const found = name.indexOf(part, at);
    if (found === -1 || found + part.length > name.length - last.length) return false;
    at = found + part.length;
  }
  return true;
}
