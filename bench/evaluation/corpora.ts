import type { Corpus } from './corpus.ts';

type Package = Pick<Corpus, 'package' | 'range' | 'versions'>;

interface ContractShape {
  readonly path: string;
  readonly id: string;
  readonly versionAt: readonly string[];
}

/** Enough to see how a line goes on, few enough to be judged in minutes. */
const few = 12;
const many = 20;

/** What those who install a package rely on, and what they do not: by member of its manifest. */
const manifestChanges = {
  breaking: ['exports', 'main', 'module', 'types', 'bin', 'type', 'engines', 'peerDependencies', 'license', 'os', 'cpu'],
  additive: ['dependencies', 'optionalDependencies', 'files'],
  cosmetic: ['version', 'previousContractRef', 'description', 'keywords', 'author', 'contributors', 'maintainers', 'funding', 'homepage', 'bugs', 'repository', 'scripts', 'devDependencies', 'publishConfig'],
} as const;

const manifestSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  type: 'object',
  required: ['name', 'version'],
  properties: Object.fromEntries(Object.entries(manifestChanges).flatMap(([change, names]) => names.map((name) => [name, { 'x-plumbline-change': change }]))),
  additionalProperties: { 'x-plumbline-change': 'cosmetic' },
};

/** One document in place that says its own version. Without a schema nothing says what may change: the size of a bump is then only observed. */
function contract(name: string, { path, id, versionAt }: ContractShape, schema: object | null, which: Package): Corpus {
  const fields = `{contractId: ${id}, contractVersion: /${versionAt.join('/')}, lifecycle: {value: active}}`;
  const set = `{name: documents, paths: ["${path}"], fields: ${fields}, signatures: optional${schema === null ? '' : ', schema: rules.schema.json'}}`;
  const configuration = `version: 1\ncontracts: [${set}]\n${schema === null ? 'rules: {contract/version_bump_too_small: observe}\n' : ''}`;
  return {
    name,
    ...which,
    place: (published) => (published === path ? path : null),
    judged: { kind: 'contracts', versionAt },
    rules: { '.github/plumbline.yml': configuration, ...(schema === null ? {} : { 'rules.schema.json': JSON.stringify(schema) }) },
  };
}

function manifest(name: string): Corpus {
  return contract(`manifest of ${name}`, { path: 'package.json', id: '/name', versionAt: ['version'] }, manifestSchema, { package: name, range: '*', versions: few });
}

function iconSet(name: string): Corpus {
  return contract(`icon set ${name}`, { path: 'info.json', id: '/prefix', versionAt: ['version'] }, null, { package: `@iconify-json/${name}`, range: '*', versions: many });
}

function schemas(name: string, layout: 'in-place' | 'versioned', place: Corpus['place'], which: Package): Corpus {
  const configuration = `version: 1\nschemas:\n  - {paths: ["schemas/**/*.json"], compatibility: backward, layout: ${layout}}\n`;
  return { name, ...which, place, judged: { kind: 'schemas' }, rules: { '.github/plumbline.yml': configuration } };
}

/** The schema of a configuration file, which each version of a package ships. */
function schema(name: string, published: RegExp, versions = many): Corpus {
  return schemas(`schema of ${name}`, 'in-place', (path) => (published.test(path) ? 'schemas/configuration.schema.json' : null), { package: name, range: '*', versions });
}

/** One file per version of the specification, all in each version of the package. */
function asyncapi(path: string): string | null {
  return /^schemas\/[\d.]+(?:-without-\$id)?\.json$/.test(path) ? path : null;
}

export const corpora: readonly Corpus[] = [
  iconSet('tabler'),
  iconSet('carbon'),
  manifest('webpack'),
  manifest('knip'),
  contract('interface of figma', { path: 'openapi/openapi.yaml', id: '/info/title', versionAt: ['info', 'version'] }, null, { package: '@figma/rest-api-spec', range: '*', versions: few }),
  schema('knip', /^schema\.json$/),
  schema('turbo', /^schema\.json$/),
  schema('lerna', /^schemas\/lerna-schema\.json$/),
  schema('webpack', /^schemas\/WebpackOptions\.json$/),
  schema('@angular/cli', /^lib\/config\/schema\.json$/),
  schema('@cspell/cspell-types', /^cspell\.schema\.json$/),
  schema('@biomejs/biome', /^configuration_schema\.json$/),
  schema('oxlint', /^configuration_schema\.json$/),
  schema('vega-lite', /^build\/vega-lite-schema\.json$/, few),
  schema('@octokit/webhooks-schemas', /^schema\.json$/, few),
  schemas('specifications of asyncapi', 'versioned', asyncapi, { package: '@asyncapi/specs', range: '*', versions: few }),
];
