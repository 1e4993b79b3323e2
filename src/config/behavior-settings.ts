import { dirname, resolve } from 'node:path';
import { formatOf, readDocument } from '../domain/document/read-document.ts';
import { isJsonObject } from '../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import type { SourceGrant } from '../probes/behavior-sources/source-grants.ts';
import { Secret } from './secret.ts';
import { bad, good, quoted, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';
import type { ReadText } from './text-or-file.ts';

/** Hosts that behaviours may be measured at, separated by commas or spaces: `host`, or `host:port` where it is not the one of https. */
export function behaviorHostsSetting(environment: Environment): Setting<readonly string[]> {
  const hosts = (textOf(environment, 'BEHAVIOR_HOSTS') ?? '').split(/[\s,]+/).filter((host) => host !== '');
  const wrong = hosts.find((host) => !isHost(host));
  return wrong === undefined ? good(hosts) : bad(`BEHAVIOR_HOSTS has ${quoted(wrong)}, ${expectedHost}`);
}

const expectedHost = 'expected a host as a URL writes it, such as metrics.example.com or metrics.example.com:8443';

function isHost(text: string): boolean {
  return URL.parse(`https://${text}/`)?.host === text && !text.includes('*');
}

/**
 * Secrets that behaviours may send, from the file that BEHAVIOR_SECRETS_FILE names, as JSON or YAML:
 * `secrets: {NAME: {value or file, repositories: [owner/name or id], hosts: [host]}}`. Files are named from where it stands. No value is ever quoted.
 */
export function behaviorSecretsSetting(environment: Environment, readText: ReadText): Setting<readonly SourceGrant[]> {
  const path = textOf(environment, 'BEHAVIOR_SECRETS_FILE');
  if (path === null) return good([]);
  const text = textFrom(path, readText);
  if (text === null) return bad(`BEHAVIOR_SECRETS_FILE names ${quoted(path)}, which can not be read`);
  const reading = readDocument(new TextEncoder().encode(text), formatOf(path));
  if (reading.kind === 'problem') return bad(`BEHAVIOR_SECRETS_FILE names a file that is no JSON or YAML: line ${reading.problem.position.line}`);
  const { value } = reading.document;
  const secrets = isJsonObject(value) ? value['secrets'] : undefined;
  if (!isJsonObject(value) || !isJsonObject(secrets) || Object.keys(value).length !== 1) return bad('BEHAVIOR_SECRETS_FILE names a file without `secrets`, expected an object with that key alone');
  const grants = Object.entries(secrets).map(([name, grant]) => grantOf(name, grant, (file) => textFrom(resolve(dirname(path), file), readText)));
  const wrong = grants.flatMap((grant) => (typeof grant === 'string' ? [grant] : []));
  return wrong.length === 0 ? good(grants.filter((grant) => typeof grant !== 'string')) : bad(`BEHAVIOR_SECRETS_FILE: ${wrong.join('; ')}`);
}

function textFrom(path: string, readText: ReadText): string | null {
  try {
    return readText(path);
  } catch {
    return null;
  }
}

/** The grant, or what is wrong with it. */
function grantOf(name: string, grant: JsonValue, read: (file: string) => string | null): SourceGrant | string {
  const of = `the secret ${quoted(name)}`;
  if (!/^[A-Z][A-Z0-9_]{0,99}$/.test(name)) return `${of} has a name that no behaviour can say, expected capital letters, digits and _`;
  if (!isJsonObject(grant)) return `${of} is no object`;
  const unknown = Object.keys(grant).find((key) => !['value', 'file', 'repositories', 'hosts'].includes(key));
  if (unknown !== undefined) return `${of} has ${quoted(unknown)}, expected value or file, repositories and hosts`;
  const [repositories, hosts, value] = [repositoriesOf(grant), textsOf(grant, 'hosts'), valueOf(grant, read)];
  if (repositories === null) return `${of} has no list of repositories, expected owner/name of each, or the number that GitHub gave it`;
  if (hosts === null || !hosts.every(isHost)) return `${of} has no list of hosts, ${expectedHost}`;
  return value === null ? `${of} has no value of 1 to 4096 visible characters, expected \`value\`, or \`file\` with the file that has it` : { name, repositories, hosts, secret: new Secret(value) };
}

function repositoriesOf(grant: JsonObject): SourceGrant['repositories'] | null {
  const list = grant['repositories'];
  const named = Array.isArray(list) ? list.filter((one) => (typeof one === 'number' ? Number.isSafeInteger(one) && one > 0 : typeof one === 'string' && /^[\w.-]+\/[\w.-]+$/.test(one))) : [];
  return Array.isArray(list) && named.length > 0 && named.length === list.length ? named : null;
}

function textsOf(grant: JsonObject, key: string): readonly string[] | null {
  const list = grant[key];
  const texts = Array.isArray(list) ? list.filter((one) => typeof one === 'string') : [];
  return Array.isArray(list) && texts.length > 0 && texts.length === list.length ? texts : null;
}

function valueOf(grant: JsonObject, read: (file: string) => string | null): string | null {
  const { value, file } = { value: grant['value'], file: grant['file'] };
  if ((value === undefined) === (file === undefined)) return null;
  const text = typeof file === 'string' ? read(file)?.trim() : value;
  return typeof text === 'string' && /^[\x21-\x7e]{1,4096}$/.test(text) ? text : null;
}
