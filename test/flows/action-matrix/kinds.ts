import type { Tier } from '../../../src/domain/action/action.ts';
import { aContract, hashOf } from '../../builders/a-contract.ts';
import { markedSecret } from '../../builders/marked-secrets.ts';

/** An action that a kind of change is expected to be, by the table of the specification. */
export interface ExpectedAction {
  readonly action: string;
  readonly tier: Tier;
  readonly path: string;
  /** Of Plumbline's own files, which have rules of their own at the root. */
  readonly own?: boolean;
  readonly contract?: string;
  /** Whether a flag of the contract asks for people, whatever the tier. */
  readonly flagged?: boolean;
}

/** Something that a change does: what it makes of the files of the base, and the actions that this is. */
export interface Kind {
  readonly files: Readonly<Record<string, string>>;
  readonly actions: readonly ExpectedAction[];
}

const actions = ['one', 'two', 'three', 'four'].map((word, index) => `    - {action: infra.${word}, tier: ${index + 1}, paths: ["infra/${word}/**"]}\n`);

/** Which tier a request has: above a repository, since its own numbers only go up. */
export const requests = '  requests: {paths: ["requests/**"], tiers: {service.restart: 2}}\n';

/** The repository's own configuration, without what whoever stands above it would say. */
export function repositoryConfiguration({ without = 'nothing', more = '' } = {}): string {
  const kept = actions.filter((line) => !line.includes(`infra.${without},`)).join('');
  return `version: 1\ncontracts:\n  - {name: workspace, paths: ["contracts/**/*.yaml"], signatures: optional}\nhallucination: {agents: [{login: "helper[bot]", operator: "team:platform"}]}\nwaivers: [".plumbline/waivers.yaml"]\ngovernance:\n  actions:\n${kept}${more}`;
}

export const configurationFile = '.github/plumbline.yml';

const safeWorkflow = 'on: push\npermissions: {contents: read}\njobs: {build: {runs-on: ubuntu-latest, steps: [{run: make}]}}\n';
const guarded = { id: 'guarded', flags: { humanApprovalRequired: true } };

/** What stands at the base beside the configuration. */
export const baseFiles: Readonly<Record<string, string>> = {
  'README.md': 'shop\n',
  'contracts/checkout.yaml': aContract(),
  'contracts/guarded.yaml': aContract(guarded),
  'package.json': '{"name": "shop", "dependencies": {"left-pad": "^1.0.0"}}\n',
  '.github/workflows/ci.yml': safeWorkflow,
};

function plain(action: string, tier: Tier, path: string, text = 'changed\n'): Kind {
  return { files: { [path]: text }, actions: [{ action, tier, path }] };
}

function ofContract(action: string, tier: Tier, file: string, text: string): Kind {
  const path = `contracts/${file}.yaml`;
  return { files: { [path]: text }, actions: [{ action, tier, path, contract: file, ...(file === 'guarded' ? { flagged: true } : {}) }] };
}

const workflow = '.github/workflows/ci.yml';
const request = (action: string): string => `kind: ActionRequest\naction: ${action}\ntarget: shop\nrationale: it hangs\nexpires: 2026-11-25T00:00:00Z\n`;
const waiver = `version: 1\nwaivers:\n  - {code: contract/schema_invalid, fingerprint: "${'0'.repeat(32)}", path: contracts/checkout.yaml, owner: "user:mona", reason: later, grantedBy: "user:mona", until: 2026-12-24}\n`;

/** By the tier of what the kind is mostly about. */
export const kinds: Readonly<Record<Tier, Readonly<Record<string, Kind>>>> = {
  1: {
    documentation: plain('docs.change', 1, 'docs/guide.md'),
    code: plain('code.change', 1, 'src/shop.ts'),
    configured: plain('infra.one', 1, 'infra/one/a.tf'),
    draft: ofContract('contract.draft_change', 1, 'draft', aContract({ id: 'draft', lifecycle: 'draft' })),
  },
  2: {
    configured: plain('infra.two', 2, 'infra/two/a.tf'),
    bump: ofContract('contract.bump', 2, 'checkout', aContract({ version: '1.1.0', previous: hashOf(), spec: { limit: 2 } })),
    release: ofContract('contract.release', 2, 'fresh', aContract({ id: 'fresh' })),
    halt: ofContract('contract.halt', 2, 'checkout', aContract({ flags: { halted: true } })),
    'flagged bump': ofContract('contract.bump', 2, 'guarded', aContract({ ...guarded, version: '1.1.0', previous: hashOf(guarded), spec: { limit: 2 } })),
    dependency: plain('dependency.add', 2, 'package.json', '{"name": "shop", "dependencies": {"left-pad": "^1.0.0", "right-pad": "^1.0.0"}}\n'),
    'new major of a dependency': plain('dependency.bump_major', 2, 'package.json', '{"name": "shop", "dependencies": {"left-pad": "^2.0.0"}}\n'),
    request: plain('request.service.restart', 2, 'requests/restart.yaml', request('service.restart')),
  },
  3: {
    configured: plain('infra.three', 3, 'infra/three/a.tf'),
    workflow: plain('workflow.change', 3, workflow, safeWorkflow.replace('make', 'make all')),
    owners: plain('workflow.change', 3, '.github/CODEOWNERS', '* @acme/platform\n'),
    major: ofContract('contract.bump_major', 3, 'checkout', aContract({ version: '2.0.0', previous: hashOf(), spec: { limit: 2 } })),
    override: ofContract('contract.override_budget', 3, 'checkout', aContract({ flags: { budgetOverride: { until: '2026-11-25T00:00:00Z' } } })),
    deprecation: ofContract('contract.deprecate', 3, 'checkout', aContract({ lifecycle: 'deprecated' })),
    resumption: ofContract('contract.resume', 3, 'guarded', aContract({ id: 'guarded' })),
    request: plain('request.publish', 3, 'requests/publish.yaml', request('publish')),
    configuration: { files: { [configurationFile]: 'more' }, actions: [{ action: 'config.change', tier: 3, path: configurationFile, own: true }] },
    waiver: { files: { '.plumbline/waivers.yaml': waiver }, actions: [{ action: 'waiver.grant', tier: 3, path: '.plumbline/waivers.yaml', own: true }] },
  },
  4: {
    configured: plain('infra.four', 4, 'infra/four/a.tf'),
    permission: {
      files: { [workflow]: safeWorkflow.replace('contents: read', 'contents: write') },
      actions: [{ action: 'workflow.change', tier: 3, path: workflow }, { action: 'workflow.permission_widen', tier: 4, path: workflow }],
    },
    trigger: {
      files: { [workflow]: safeWorkflow.replace('push', 'pull_request_target') },
      actions: [{ action: 'workflow.change', tier: 3, path: workflow }, { action: 'workflow.trigger_untrusted', tier: 4, path: workflow }],
    },
    secret: plain('secret.commit', 4, 'src/keys.ts', `export const key = '${markedSecret}';\n`),
    loosening: {
      files: { [configurationFile]: 'less' },
      actions: [{ action: 'config.change', tier: 3, path: configurationFile, own: true }, { action: 'config.change', tier: 4, path: configurationFile, own: true }],
    },
  },
};
