import type { ErrorObject } from 'ajv';
import { quoted } from '../finding.ts';
import { globProblem } from '../glob/glob-problem.ts';
import { nearestWord } from '../nearest-word.ts';

/** What is wrong at one place of a configuration, in words. */
export interface Violation {
  /** JSON pointer of the place. */
  readonly pointer: string;
  readonly message: string;
  readonly expected: string;
  readonly found: string;
  readonly next: string;
}

/** Puts one of ajv's errors about a schema of our own into words. `whole` is what the document as a whole is called. */
export function describeViolation(error: ErrorObject, whole = 'configuration'): Violation {
  const name = unknownName(error);
  if (name !== null) return unknownKey(error, name, whole);
  const found = shown(error.data);
  const expected = expectedBy(error, found);
  const key = keyName(error.instancePath, whole);
  const what = error.keyword === 'format' && error.schema === 'glob' ? `${found}: ${globProblem(String(error.data)) ?? 'no pattern'}` : found;
  return { pointer: error.instancePath, message: `Cannot use \`${key}\`: found ${what}, expected ${expected}.`, expected, found, next: `Correct \`${key}\`.` };
}

/** The key that an error is about when it is one that the schema does not know. */
function unknownName(error: ErrorObject): string | null {
  const name: unknown = error.keyword === 'additionalProperties' ? error.params['additionalProperty'] : undefined;
  const named: unknown = error.propertyName ?? name;
  return typeof named === 'string' && error.keyword !== 'propertyNames' ? named : null;
}

function unknownKey(error: ErrorObject, name: string, whole: string): Violation {
  const known = knownNames(error);
  const near = nearestWord(name, known);
  const place = error.instancePath === '' ? `the ${whole}` : `\`${keyName(error.instancePath, whole)}\``;
  const expected = near === null ? listed(known) : `\`${near}\``;
  return {
    pointer: `${error.instancePath}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`,
    message: `Cannot use the key ${quoted(name)} in ${place}: it is not known.${near === null ? '' : ` Did you mean \`${near}\`?`}`,
    expected: expected === '' ? 'a known key' : expected,
    found: quoted(name),
    next: near === null ? `Remove ${quoted(name)}.` : `Write \`${near}\` instead.`,
  };
}

function knownNames(error: ErrorObject): readonly string[] {
  if (error.keyword === 'enum') return Array.isArray(error.schema) ? error.schema.map(String) : [];
  const properties: unknown = error.parentSchema?.['properties'];
  return typeof properties === 'object' && properties !== null ? Object.keys(properties) : [];
}

function expectedBy(error: ErrorObject, found: string): string {
  const { schema } = error;
  switch (error.keyword) {
    case 'required':
      return `the key \`${String(error.params['missingProperty'])}\``;
    case 'type':
      // Without quotes YAML reads a number, or yes and no.
      if (schema === 'string' && (typeof error.data === 'number' || typeof error.data === 'boolean')) return `string, in quotes: ${JSON.stringify(String(error.data))}`;
      return Array.isArray(schema) ? schema.join(' or ') : String(schema);
    case 'enum':
      return closest(error, found);
    case 'minimum':
      return `at least ${String(schema)}`;
    case 'maximum':
      return `at most ${String(schema)}`;
    case 'minProperties':
    case 'maxProperties':
      return `${error.keyword === 'minProperties' ? 'at least' : 'at most'} ${String(schema)} keys`;
    case 'anyOf':
      return `the key ${listed(requiredIn(schema))}`;
    case 'dependencies':
    case 'dependentRequired':
      return `the key \`${String(error.params['missingProperty'])}\` beside \`${String(error.params['property'])}\``;
    case 'const':
      return JSON.stringify(schema);
    case 'format':
      return formats[String(schema)] ?? String(schema);
    case 'pattern':
      return patterns[String(schema)] ?? `text that matches ${String(schema)}`;
    default:
      return error.message?.replace(/^must (NOT )?(have|be|match) ?/, (_, not: string | undefined) => (not === undefined ? '' : 'no ')) ?? error.keyword;
  }
}

/** The keys of which our own schemas ask for one. */
function requiredIn(schema: unknown): readonly string[] {
  const arms: readonly unknown[] = Array.isArray(schema) ? schema : [];
  return arms.flatMap((arm) => (typeof arm === 'object' && arm !== null && 'required' in arm && Array.isArray(arm.required) ? arm.required.map(String) : []));
}

function closest(error: ErrorObject, found: string): string {
  const known = knownNames(error);
  const near = nearestWord(found.replaceAll('"', ''), known);
  return near === null ? listed(known) : `\`${near}\``;
}

const formats: Readonly<Record<string, string>> = {
  zone: 'a time zone such as Europe/Berlin or UTC',
  cron: 'five fields as in cron that match some day, such as "17 3 * * *"',
  glob: 'a path pattern such as "contracts/**/*.yaml"',
  date: 'a day such as 2027-03-31',
  end: 'a day such as 2027-03-31, or an instant with its zone',
  'rule-mode': '"observe", "enforce" or "warn until <yyyy-mm-dd>"',
  'json-pointer': 'a JSON pointer such as "/metadata/version"',
  'bundle-path': 'a path in the repository that ends in .tar.gz, such as "policies/team.tar.gz"',
  'repository-path': 'a path in the repository such as "baselines/latency.json"',
  'template-path': 'a path in the repository, or "org:<path>"',
  'answer-pointer': 'a JSON pointer such as "/latency", or "/" for all of the answer',
  'web-url': 'an address such as "https://metrics.example.com/checkout", without a user and a fragment',
  'schema-reference': '"builtin:<name>/v<number>", a path in the repository, or "org:<path>"',
};

const patterns: Readonly<Record<string, string>> = {
  '^(observe|enforce|warn until \\d{4}-\\d{2}-\\d{2})$': '"observe", "enforce" or "warn until <yyyy-mm-dd>"',
  '^(user|team|app):[^\\s:]+$': '"user:<login>", "team:<name>" or "app:<slug>"',
  '^[0-9*/,-]+( [0-9A-Za-z*/,-]+){4}$': 'five fields as in cron, such as "17 3 * * *"',
  '^[1-9][0-9]{0,5}[smhd]$': 'a duration such as "15m", "24h" or "7d"',
  '^sha256:[0-9a-f]{64}$': '"sha256:" and 64 hex digits',
  '^[a-z0-9][a-z0-9-]{0,49}$': 'a name of small letters, digits and dashes such as "team"',
  '^(user|team):[^\\s:]+$': '"user:<login>" or "team:<name>"',
};

function listed(words: readonly string[]): string {
  return words.length > 9 ? 'a known one' : words.map((word) => `\`${word}\``).join(' or ');
}

function keyName(pointer: string, whole: string): string {
  const names = pointer.split('/').slice(1).map((name) => name.replaceAll('~1', '/').replaceAll('~0', '~'));
  return names.length === 0 ? whole : names.join('.');
}

function shown(value: unknown): string {
  if (typeof value === 'string') return quoted(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
