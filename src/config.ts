import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { apiUrlSetting, hostSetting, publicUrlSetting, serverDatabaseSetting } from './config/address-settings.ts';
import { appKeySetting, logKeySetting } from './config/key-settings.ts';
import { anchorDirectorySetting, anchorRepositorySetting, witnessesSetting } from './config/anchor-settings.ts';
import type { AnchorRepository } from './config/anchor-settings.ts';
import type { Witness } from './anchors/http-witness.ts';
import { behaviorHostsSetting, behaviorSecretsSetting } from './config/behavior-settings.ts';
import { actionsIssuerSetting } from './config/issuer-address.ts';
import { bundleRulesSetting } from './config/bundle-rules.ts';
import { apiIssuerSetting } from './config/api-settings.ts';
import type { ApiIssuer } from './config/api-settings.ts';
import { contractKeysSetting } from './config/contract-keys.ts';
import { judgeSetting } from './config/judge-settings.ts';
import type { JudgeSettings } from './config/judge-settings.ts';
import { packageIndexesSetting } from './config/package-indexes.ts';
import { readKeySettings } from './config/key-service-settings.ts';
import type { KeySettings } from './config/key-service-settings.ts';
import { previousLogKeysSetting } from './config/previous-log-keys.ts';
import type { PreviousLogKey } from './config/previous-log-keys.ts';
import type { KeptSecret } from './config/kept-secret.ts';
import { keptForEver, retentionSetting } from './config/retention-settings.ts';
import type { Secret } from './config/secret.ts';
import { bad, choiceSetting, good, integerSetting, quoted, textOf } from './config/settings.ts';
import type { Environment, Setting } from './config/settings.ts';
import type { ReadText } from './config/text-or-file.ts';
import { previousSecretSetting, webhookSecretSetting } from './config/webhook-secret.ts';
import { Failure } from './domain/failure.ts';
import type { RetentionPeriods } from './flows/retention/retention-periods.ts';
import type { PublicKey } from './domain/signature/public-key.ts';
import type { SourceGrant } from './probes/behavior-sources/source-grants.ts';
import type { SourceRules } from './probes/behavior-sources/source-rules.ts';
import type { PackageIndexes } from './probes/packages/package-index.ts';
import type { OpaPlaces } from './probes/policy-engine/find-opa.ts';

export interface Config extends KeySettings {
  /** `development` asks less at start (shorter secrets, no public address, a log key of its own) and listens on loopback only. */
  readonly mode: 'production' | 'development';
  readonly appId: number;
  /** PKCS#8 PEM. */
  readonly privateKey: KeptSecret;
  readonly webhookSecret: KeptSecret;
  /** The other one during a change; null: none is looked for. */
  readonly previousWebhookSecret: KeptSecret | null;
  /** Null: the embedded store in the data directory. */
  readonly databaseUrl: Secret | null;
  readonly dataDirectory: string;
  /** PKCS#8 PEM; null: kept in the key service, or in the data directory. */
  readonly logKey: Secret | null;
  /** Keys that signed the audit log before. */
  readonly previousLogKeys: readonly PreviousLogKey[];
  /** Public keys that may sign contracts in every repository, beside its own. */
  readonly contractKeys: readonly PublicKey[];
  /** Hosts that behaviours may be measured at. */
  readonly behaviorHosts: readonly string[];
  /** Secrets that behaviours may send, each to some hosts and by some repositories. */
  readonly behaviorSecrets: readonly SourceGrant[];
  /** Where OPA is looked for, which compiles the policies of repositories. */
  readonly opaPlaces: OpaPlaces;
  /** Registries that are asked whether packages exist. */
  readonly packageIndexes: PackageIndexes;
  /** Whoever judges claims of agents beside Plumbline; null: nobody. */
  readonly judge: JudgeSettings | null;
  /** From where ready bundles of policies may be fetched. */
  readonly bundleRules: SourceRules;
  readonly host: string;
  readonly port: number;
  readonly apiUrl: string;
  readonly publicUrl: string;
  /** Whose tokens runs of workflows have: GitHub's, or that of a GitHub of one's own. */
  readonly actionsIssuer: string;
  /** Whose tokens the API takes; null: it answers 401. */
  readonly apiIssuer: ApiIssuer | null;
  /** Requests to the API that one subject is given by this process. */
  readonly apiRequestsPerMinute: number;
  /** The operator's own, that stand before the server: what they say of who asks is believed. */
  readonly apiProxies: number;
  readonly logLevel: LogLevel;
  /** Jobs that run at once in this process. */
  readonly concurrency: number;
  readonly leaseMs: number;
  /** How long GitHub may take to name the pull request that brought a commit. */
  readonly settlingMs: number;
  readonly pollMs: number;
  /** Writes to GitHub that one installation is given in a minute, by all processes together. */
  readonly writesPerMinute: number;
  /** Processes on the same store, each of which keeps its part of the budgets. */
  readonly replicas: number;
  /** When a log is sealed: after so long, or so many entries. */
  readonly sealing: { readonly everyMs: number; readonly everyEntries: number };
  /** How long what entries open to is kept. */
  readonly retention: RetentionPeriods;
  readonly anchorDirectory: string | null;
  readonly anchorRepository: AnchorRepository | null;
  /** Milliseconds between two commits to it. */
  readonly anchorCommitMs: number;
  readonly witnesses: readonly Witness[];
  /** Milliseconds that an anchor may be behind before it is an alarm. */
  readonly anchorLateMs: number;
  /** Milliseconds in which the server verifies each of its logs once. */
  readonly selfAuditMs: number;
}

const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * The settings of the server. There are no insecure defaults: what protects something has to be set.
 * @throws Failure CONFIG_INVALID that lists everything wrong at once, without any secret.
 */
export function readConfig(environment: Environment, readText: ReadText = (path) => readFileSync(path, 'utf8')): Config {
  const wrong: string[] = [];
  const take = <Value>(setting: Setting<Value> | { readonly kind: 'all-bad'; readonly why: readonly string[] }, otherwise: Value): Value => {
    if (setting.kind === 'good') return setting.value;
    wrong.push(...(setting.kind === 'bad' ? [setting.why] : setting.why));
    return otherwise;
  };
  const mode = take<Config['mode']>(choiceSetting(environment, 'PLUMBLINE_MODE', ['production', 'development'], 'production'), 'production');
  const isDevelopment = mode === 'development';
  const port = take(integerSetting(environment, 'PORT', { least: 0, most: 65_535, otherwise: 3000 }), 0);
  const appId = take(appIdSetting(environment), 0);
  const privateKey = take<KeptSecret | null>(appKeySetting({ environment, readText, isDevelopment }), null);
  const webhookSecret = take<KeptSecret | null>(webhookSecretSetting({ environment, readText, isDevelopment }), null);
  const publicUrl = take(publicUrlSetting(environment, port, isDevelopment), '');
  const writesPerMinute = take(integerSetting(environment, 'GITHUB_WRITES_PER_MINUTE', { least: 10, most: 100_000, otherwise: 80 }), 80);
  const commitMinutes = take(integerSetting(environment, 'ANCHOR_COMMIT_MINUTES', { least: 1, most: 1_440, otherwise: 60 }), 60);
  const settings = {
    mode,
    appId,
    previousWebhookSecret: take(previousSecretSetting({ environment, readText, isDevelopment }), null),
    databaseUrl: take(serverDatabaseSetting(environment, isDevelopment), null),
    dataDirectory: resolve(textOf(environment, 'DATA_DIR') ?? 'data'),
    logKey: take(logKeySetting(environment, isDevelopment), null),
    ...readKeySettings({ environment, readText, isDevelopment, take }),
    previousLogKeys: take(previousLogKeysSetting(environment, readText), []),
    behaviorHosts: take(behaviorHostsSetting(environment), []),
    behaviorSecrets: take(behaviorSecretsSetting(environment, readText), []),
    contractKeys: take(contractKeysSetting(environment, readText), []),
    bundleRules: take(bundleRulesSetting(environment), { hosts: [], allowsLoopback: false }),
    packageIndexes: take(packageIndexesSetting(environment), { npm: null, pypi: null }),
    judge: take(judgeSetting({ environment, readText, isDevelopment }), null),
    opaPlaces: { OPA_PATH: environment['OPA_PATH'], PATH: environment['PATH'] },
    host: take(hostSetting(environment, isDevelopment), ''),
    port,
    apiUrl: take(apiUrlSetting(environment), ''),
    publicUrl,
    apiIssuer: take(apiIssuerSetting(environment, { publicUrl, isDevelopment }), null),
    apiRequestsPerMinute: take(integerSetting(environment, 'API_REQUESTS_PER_MINUTE', { least: 10, most: 100_000, otherwise: 300 }), 10),
    apiProxies: take(integerSetting(environment, 'API_PROXIES', { least: 0, most: 5, otherwise: 0 }), 0),
    actionsIssuer: take(actionsIssuerSetting(environment, isDevelopment), ''),
    logLevel: take<LogLevel>(choiceSetting(environment, 'LOG_LEVEL', logLevels, 'info'), 'info'),
    concurrency: take(integerSetting(environment, 'WORKER_CONCURRENCY', { least: 1, most: 64, otherwise: 4 }), 1),
    leaseMs: take(integerSetting(environment, 'LEASE_MS', { least: 5_000, most: 600_000, otherwise: 60_000 }), 5_000),
    settlingMs: take(integerSetting(environment, 'SETTLING_MS', { least: 0, most: 45_000, otherwise: 30_000 }), 0),
    pollMs: take(integerSetting(environment, 'POLL_MS', { least: 50, most: 60_000, otherwise: 1_000 }), 50),
    writesPerMinute,
    // With less than ten a minute a process could not open one remediation at once.
    replicas: take(integerSetting(environment, 'REPLICAS', { least: 1, most: Math.max(1, Math.floor(writesPerMinute / 10)), otherwise: 1 }), 1),
    sealing: { everyMs: 1_000 * take(integerSetting(environment, 'SEAL_EVERY_SECONDS', { least: 5, most: 3_600, otherwise: 60 }), 60), everyEntries: take(integerSetting(environment, 'SEAL_EVERY_ENTRIES', { least: 1, most: 1_000_000, otherwise: 1_000 }), 1_000) },
    retention: take(retentionSetting(environment), keptForEver),
    anchorDirectory: take(anchorDirectorySetting(environment), null),
    anchorRepository: take(anchorRepositorySetting(environment), null),
    anchorCommitMs: 60_000 * commitMinutes,
    witnesses: take(witnessesSetting(environment), []),
    // A branch gets a commit now and then: until the next one it is not late.
    anchorLateMs: 60_000 * take(integerSetting(environment, 'ANCHOR_LATE_MINUTES', { least: commitMinutes + 5, most: 43_200, otherwise: commitMinutes + 120 }), 0),
    selfAuditMs: 3_600_000 * take(integerSetting(environment, 'SELF_AUDIT_HOURS', { least: 1, most: 720, otherwise: 24 }), 24),
  };
  if (privateKey === null || webhookSecret === null || wrong.length > 0) throw invalid(wrong);
  return { ...settings, privateKey, webhookSecret };
}

function appIdSetting(environment: Environment): Setting<number> {
  const text = textOf(environment, 'APP_ID');
  if (text === null) return bad('APP_ID is not set: copy it from the GitHub App settings');
  const value = /^\d{1,15}$/.test(text) ? Number(text) : 0;
  return value > 0 ? good(value) : bad(`APP_ID is ${quoted(text)}, expected the number from the GitHub App settings`);
}

function invalid(wrong: readonly string[]): Failure {
  const title = wrong.length === 1 ? '1 setting is wrong' : `${wrong.length} settings are wrong`;
  return new Failure('CONFIG_INVALID', `Cannot start: ${title}\n${wrong.map((line) => `  ${line}`).join('\n')}`);
}
