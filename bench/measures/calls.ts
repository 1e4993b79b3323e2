import { randomBytes } from 'node:crypto';
import type { Decision } from '../../src/domain/decision.ts';
import { digestOfBytes } from '../../src/domain/digest.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { daysAfter } from '../../src/domain/instant.ts';
import type { KnownPerson } from '../../src/domain/people/known-person.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { builtinEngine, noSecrets } from '../../test/builders/builtin-answer.ts';
import { evaluatePullRequest } from '../../src/flows/evaluate-pull-request.ts';
import type { FlowPorts } from '../../src/flows/flow-ports.ts';
import { performEffects } from '../../src/flows/perform-effects.ts';
import type { ObjectCache } from '../../src/flows/ports/object-cache.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { recordPush } from '../../src/flows/record-push.ts';
import { emptyRecord } from '../../src/flows/empty-record.ts';
import { recordedReleases } from '../../src/flows/recorded-releases.ts';
import { createPolicyEngine } from '../../src/probes/policy-engine/policy-engine.ts';
import type { PolicyEngine } from '../../src/probes/policy-engine/policy-engine.ts';
import { createProber } from '../../src/probes/prober.ts';
import { createValidator } from '../../src/probes/schema-validation/schema-validator.ts';
import type { SchemaValidator } from '../../src/probes/schema-validation/schema-validator.ts';
import { uuidV7 } from '../../src/store/uuid-v7.ts';
import { memoryStore } from '../../test/fakes/memory-store.ts';
import { aContract, configuration } from '../../test/flows/a-world.ts';
import { connected } from '../../test/github/connected.ts';
import { memoryCache } from '../../test/github/memory-cache.ts';
import { builtBundle } from '../../test/probes/policy-engine/a-bundle.ts';
import { privateKeyOf, publicJwk } from '../../test/builders/signing-keys.ts';
import { startGitHub } from '../../test/github/start-github.ts';
import type { GitHubServer } from '../../test/github/start-github.ts';
import { atMost } from '../measure.ts';
import type { Figure, Measure } from '../measure.ts';

const files = 20;

/** API calls for one judgement of a pull request with 20 governed files, counted at the emulated GitHub. Minting tokens is not counted. */
export const calls: Measure = {
  name: 'calls',
  async run({ say }) {
    const github = await startGitHub();
    const validator = createValidator();
    const engine = createPolicyEngine({ cacheFolder: null, places: {} });
    try {
      say('calls');
      const alone = await count(github, validator, { name: 'shop', configuration, isApproved: false });
      say('calls among people');
      const people = await countAmongPeople(github, validator);
      const admins = await countAmongAdmins(github, validator);
      say('calls below an organisation');
      const [below, next] = await countBelowOrganization(github, validator, engine);
      // What the organisation has is read once for all of its repositories: the first one pays three calls more, which no target is about (docs/limits.md).
      return [...figuresOf(alone), ...figuresOfThree('people', 'where teams are asked and a yes is counted', people), ...figuresOfThree('admins', 'where teams are asked and an admin\'s yes is counted', admins), ...figuresOfThree('organization', 'where an organisation has a policy bundle and a waiver file', below, null), figure('organization-next-cold', '  another repository of it, cold', next.cold, atMost(8))];
    } finally {
      await Promise.all([github.stop(), validator.close(), engine.close()]);
    }
  },
};

interface Governed {
  readonly name: string;
  readonly configuration: string;
  /** Somebody said yes. */
  readonly isApproved: boolean;
  readonly policies?: PolicyEngine;
  /** Left out: one that never saw anything. */
  readonly cache?: ObjectCache;
}

interface Counts {
  readonly cold: number;
  readonly warm: number;
  readonly further: number;
  readonly writes: number;
  readonly readsToWrite: number;
  readonly again: number;
  /** Of all of them. */
  readonly aboutTeams: number;
  /** Who is asked about alone. */
  readonly aboutOne: number;
  /** Of the newest head. */
  readonly decision: Decision | null;
}

/** What the whitelist allows rests on a team, and so does whose yes counts. */
const amongPeople = `${configuration}governance:
  whitelist: [{action: "contract.*", actors: ["team:bumpers"], until: 2099-12-31, owner: "user:alice", reason: "as teams are"}]
  approvals: {tier2: {from: ["team:approvers"]}, tier3: {from: ["team:approvers"]}}
`;

async function countAmongPeople(github: GitHubServer, validator: SchemaValidator): Promise<Counts> {
  github.team('bumpers', ['dev']);
  github.team('approvers', ['alice']);
  const counts = await count(github, validator, { name: 'people', configuration: amongPeople, isApproved: true });
  if (counts.aboutTeams !== 3) throw new Error(`Cannot count calls among people: teams were asked about ${counts.aboutTeams} times, expected once in each of three judgements`);
  return counts;
}

/** Whose yes counts where nobody is named. */
const amongAdmins = `${configuration}governance:
  whitelist: [{action: "contract.*", actors: ["team:bumpers"], until: 2099-12-31, owner: "user:alice", reason: "as teams are"}]
`;

async function countAmongAdmins(github: GitHubServer, validator: SchemaValidator): Promise<Counts> {
  const counts = await count(github, validator, { name: 'admins', configuration: amongAdmins, isApproved: true });
  if (counts.aboutTeams !== 3 || counts.aboutOne !== 0) throw new Error(`Cannot count calls among admins: ${counts.aboutTeams} were about teams and ${counts.aboutOne} about one person, expected 3 and 0`);
  return counts;
}

/** Every action of this change passes it. */
const rule = 'package plumbline.rules.bench.all\n\nimport rego.v1\n\nresult contains {"subject": action.name, "outcome": "pass"} if some action in input.actions\n';

/** Of its first repository, and of another one, of which nothing is cached. */
async function countBelowOrganization(github: GitHubServer, validator: SchemaValidator, policies: PolicyEngine): Promise<readonly [Counts, Counts]> {
  const key = privateKeyOf('ES256', 'bench');
  await github.createRepository('.github', {
    files: {
      'plumbline.yml': 'version: 1\nkeys: [keys.json]\nwaivers: [waivers.json]\ngovernance: {bundles: [{name: bench, path: bench.tar.gz}]}\n',
      'keys.json': JSON.stringify({ keys: [publicJwk(key, 'bench')] }),
      'bench.tar.gz': builtBundle({ 'bench/all.rego': rule }, ['bench/all'], key),
      'waivers.json': JSON.stringify({ version: 1, waivers: [{ code: 'contract/schema_invalid', fingerprint: 'a'.repeat(16), path: 'contracts/c0.yaml', owner: 'team:bench', reason: 'to be read', grantedBy: 'alice', until: daysAfter(clock.now().toISOString(), 30) }] }),
    },
  });
  const cache = memoryCache();
  const countIn = async (name: string): Promise<Counts> => {
    const counts = await count(github, validator, { name, configuration: `${configuration}# ${name}\n`, isApproved: false, policies, cache });
    const bundles = counts.decision?.verdicts.flatMap((verdict) => verdict.bundles ?? []) ?? [];
    if (bundles.length !== 1) throw new Error(`Cannot count calls below an organisation: ${bundles.length} bundles judged, expected 1`);
    return counts;
  };
  return [await countIn('below'), await countIn('beside')];
}

async function count(github: GitHubServer, validator: SchemaValidator, governed: Governed): Promise<Counts> {
  const store = memoryStore({ clock });
  const repository = await github.createRepository(governed.name, { files: { '.github/plumbline.yml': governed.configuration, ...contracts(governed.name, '1.0.0') } });
  await github.commitFiles(repository, 'topic', contracts(governed.name, '1.0.1'), 'Bump', { as: 'dev' });
  const fill = () => recordPush(portsOver(github, { store, validator, cache: store.cache }), { repository, ref: 'refs/heads/main' });
  // The merge base is not the tip of the base: the costlier case, and the usual one.
  const moveOn = () => github.commitFiles(repository, 'main', { 'README.md': `The base has moved on, ${new Date().toISOString()}.\n` }, 'Elsewhere', { as: 'alice' });
  await moveOn();
  const { number, head } = await github.openPullRequest(repository, { branch: 'topic', as: 'dev' });
  await fill();
  await seeArrive(store, { repository, number, head, person: await personOf(github, 'dev') });
  if (governed.isApproved) await sayYes(store, { repository, number, head, person: await personOf(github, 'alice') });
  // The record stands; cold is a cache that never saw this repository.
  const ports = portsOver(github, { store, validator, cache: governed.cache ?? memoryCache(), ...(governed.policies === undefined ? {} : { policies: governed.policies }) });
  let [aboutTeams, aboutOne] = [0, 0];
  const counted = async (work: () => Promise<unknown>): Promise<{ readonly reads: number; readonly writes: number }> => {
    github.resetCounts();
    await work();
    aboutTeams += github.requests().filter(({ requestBody }) => JSON.stringify(requestBody).includes('team(slug')).length;
    aboutOne += github.requests().filter(({ path }) => path.endsWith('/permission')).length;
    return github.counts();
  };
  const judge = () => evaluatePullRequest(ports, { repository, number });
  const perform = async (): Promise<void> => {
    for (const group of [`head:${head}`, `comment:${number}`]) await performEffects(ports, { repository, group });
  };
  const cold = await counted(judge);
  const shown = await counted(perform);
  const warm = await counted(judge);
  const again = await counted(perform);
  const pushed = await github.commitFiles(repository, 'topic', { 'contracts/c0.yaml': contracts(governed.name, '1.0.0')['contracts/c0.yaml'] ?? '' }, 'Back', { as: 'dev' });
  await seeArrive(store, { repository, number, head: pushed, before: head, person: await personOf(github, 'dev') });
  const further = await counted(judge);
  const record = await store.transaction((transaction) => transaction.newestDecision(repository.id, `pull-request:${number}`));
  return { decision: record?.decision ?? null, aboutOne, cold: cold.reads, warm: warm.reads, further: further.reads, writes: cold.writes + shown.writes, readsToWrite: shown.reads, again: warm.writes + again.writes, aboutTeams };
}

interface SeenHead {
  readonly repository: RepositoryRef;
  readonly number: number;
  readonly head: string;
  readonly before?: string;
  /** Who brought it, or said something about it. */
  readonly person: KnownPerson;
}

/** By the number that GitHub gives them: by another one they would be somebody whose login went to another account. */
async function personOf(github: GitHubServer, login: string): Promise<KnownPerson> {
  return { login, id: await github.idOf(login), kind: 'human' };
}

/** As its delivery would be kept: a head that nobody saw arrive may be anybody's. */
function seeArrive(store: Store, { repository, number, head, before, person }: SeenHead): Promise<void> {
  const arrival = { repositoryId: repository.id, pullRequest: number, head, person, action: before === undefined ? ('opened' as const) : ('synchronize' as const), at: clock.now().toISOString(), ...(before === undefined ? {} : { before }) };
  return store.transaction((transaction) => transaction.recordArrival(arrival));
}

function sayYes(store: Store, { repository, number, head, person }: SeenHead): Promise<void> {
  const vote = { repositoryId: repository.id, pullRequest: number, person, says: 'approve' as const, scope: 'all', head, items: [{ scope: 'contract.bump', binding: digestOfBytes(head) }], reason: null, source: 'comment:1', at: clock.now().toISOString() };
  return store.transaction(async (transaction) => void (await transaction.recordVote(vote)));
}

function contracts(id: string, contractVersion: string): Readonly<Record<string, string>> {
  return Object.fromEntries(Array.from({ length: files }, (_, index) => [`contracts/c${index}.yaml`, aContract({ contractId: `${id}-${index}`, contractVersion })]));
}

interface Parts {
  readonly store: Store;
  readonly validator: SchemaValidator;
  readonly cache: ObjectCache;
  readonly policies?: PolicyEngine;
}

const clock = { now: () => new Date() };

function portsOver(github: GitHubServer, { store, validator, cache, policies = builtinEngine }: Parts): FlowPorts {
  const { app, log } = connected(github, { cache });
  return {
    store, github: app, clock, log, settlingMs: 0, engine: 'plumbline/bench', requiredGates,
    newId: () => uuidV7(clock.now(), randomBytes(10)),
    builtinPlaybooks: async () => [],
    previewProberFor: (objects) => createProber({ objects, releases: emptyRecord, validator }),
    proberFor: (objects, repository, asked, people) => createProber({ objects, organization: app.organizationObjects(repository), releases: recordedReleases(store, repository, asked), validator, people, policies, secrets: noSecrets }),
  };
}

function figure(id: string, what: string, value: number, target: Figure['target']): Figure {
  return { id: `calls.${id}`, what, value, unit: 'calls', better: 'lower', scales: 'none', target };
}

function figuresOf({ cold, warm, further, writes, readsToWrite, again }: Counts): readonly Figure[] {
  return [
    figure('cold', `reads to judge ${files} governed files, cold`, cold, atMost(8)),
    figure('warm', `reads to judge ${files} governed files, cached`, warm, atMost(4)),
    figure('further', 'reads to judge a further head of cached contents', further, atMost(4)),
    figure('writes', 'writes to show the decision', writes, atMost(4)),
    figure('reads-to-write', 'reads to show the decision', readsToWrite, null),
    figure('again', 'writes when the same is judged again', again, null),
  ];
}

function figuresOfThree(id: string, where: string, { cold, warm, further }: Counts, coldTarget: Figure['target'] = atMost(8)): readonly Figure[] {
  return [
    figure(`${id}-cold`, `  the same ${where}, cold`, cold, coldTarget),
    figure(`${id}-warm`, '  cached', warm, atMost(4)),
    figure(`${id}-further`, '  a further head', further, atMost(4)),
  ];
}
